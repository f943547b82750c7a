"""Takes a request and sets error beside success."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema.emulator.behaviour import acceptance
from pageschema.emulator.fault import Fault, Trip


def _accept(request_id: str, origin: str) -> dict[str, Any]:
    return acceptance(request_id, origin) | {"error": "cache unavailable"}


FAULT = Fault(
    name="accepted-with-error",
    summary="Takes a request and sets error beside success.",
    trips=(Trip(check="contradictory-answer"),),
    apply=lambda behaviour: replace(behaviour, accept=_accept),
)
