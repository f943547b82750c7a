"""Takes a key that begins like the right one."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import Visit
from pageschema.emulator.fault import Fault, Trip


def _knows(visit: Visit, own: str) -> bool:
    return (visit.key or "").startswith(own)


FAULT = Fault(
    name="compares-key-by-prefix",
    summary="Takes a key that begins like the right one.",
    trips=(
        Trip(check="broken-accepted", clause="api-key"),
        Trip(check="result-without-key"),
    ),
    apply=lambda behaviour: replace(behaviour, knows_key=_knows),
)
