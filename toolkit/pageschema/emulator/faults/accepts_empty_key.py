"""Takes an empty key for the one of its own tests."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import Visit
from pageschema.emulator.fault import Fault, Trip


def _knows(visit: Visit, own: str) -> bool:
    return visit.key in {own, ""}


FAULT = Fault(
    name="accepts-empty-key",
    summary="Takes an empty key for the one of its own tests.",
    trips=(Trip(check="broken-accepted", clause="api-key"),),
    apply=lambda behaviour: replace(behaviour, knows_key=_knows),
)
