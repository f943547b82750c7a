"""Asks for the key when a request is sent, and hands its result to anyone."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import Visit
from pageschema.emulator.fault import Fault, Trip


def _knows(visit: Visit, own: str) -> bool:
    return visit.method == "GET" or visit.key == own


FAULT = Fault(
    name="checks-key-only-on-post",
    summary="Asks for the key when a request is sent, and hands its result to anyone.",
    trips=(Trip(check="result-without-key"),),
    apply=lambda behaviour: replace(behaviour, knows_key=_knows),
)
