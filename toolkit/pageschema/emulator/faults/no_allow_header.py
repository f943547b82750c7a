"""Refuses another method without saying which one is allowed."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import put
from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.submission import Answer, Refusal


def _put(refusal: Refusal, key: str | None) -> Answer:
    return put(replace(refusal, headers={}), key)


FAULT = Fault(
    name="no-allow-header",
    summary="Refuses another method without saying which one is allowed.",
    trips=(Trip(check="allow-missing"),),
    apply=lambda behaviour: replace(behaviour, refuse=_put),
)
