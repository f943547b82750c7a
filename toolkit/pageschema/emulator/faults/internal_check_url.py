"""Sends clients to the name that its worker has inside the cluster."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema.emulator.behaviour import acceptance
from pageschema.emulator.fault import Fault, Trip


def _accept(request_id: str, _origin: str) -> dict[str, Any]:
    return acceptance(request_id, "http://extract-worker.internal:8080")


FAULT = Fault(
    name="internal-check-url",
    summary="Sends clients to the name that its worker has inside the cluster.",
    trips=(Trip(check="foreign-check-url"),),
    apply=lambda behaviour: replace(behaviour, accept=_accept),
)
