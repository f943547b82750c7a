"""Sends clients to an address that its router does not know."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema.emulator.behaviour import acceptance
from pageschema.emulator.fault import Fault, Trip


def _accept(request_id: str, origin: str) -> dict[str, Any]:
    return acceptance(request_id, origin) | {"request_check_url": f"{origin}/api/v1/results/{request_id}"}


FAULT = Fault(
    name="dead-check-url",
    summary="Sends clients to an address that its router does not know.",
    trips=(Trip(check="dead-check-url"),),
    apply=lambda behaviour: replace(behaviour, accept=_accept),
)
