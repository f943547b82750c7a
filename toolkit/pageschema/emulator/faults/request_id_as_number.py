"""Sends request_id as a number, as its database has it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema.emulator.behaviour import acceptance
from pageschema.emulator.fault import Fault, Trip


def _accept(request_id: str, origin: str) -> dict[str, Any]:
    return acceptance(request_id, origin) | {"request_id": len(request_id)}


FAULT = Fault(
    name="request-id-as-number",
    summary="Sends request_id as a number, as its database has it.",
    trips=(Trip(check="undocumented-response"),),
    apply=lambda behaviour: replace(behaviour, accept=_accept),
)
