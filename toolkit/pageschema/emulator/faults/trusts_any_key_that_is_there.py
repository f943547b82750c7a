"""Asks that there is a key, and never looks it up."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import Visit
from pageschema.emulator.fault import Fault, Trip


def _knows(visit: Visit, _own: str) -> bool:
    return bool(visit.key)


FAULT = Fault(
    name="trusts-any-key-that-is-there",
    summary="Asks that there is a key, and never looks it up.",
    trips=(
        Trip(check="broken-accepted", clause="api-key"),
        Trip(check="result-without-key"),
    ),
    apply=lambda behaviour: replace(behaviour, knows_key=_knows),
)
