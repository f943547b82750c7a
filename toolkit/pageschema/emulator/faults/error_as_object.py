"""Sends detail as an object of field and reason, which no client expects."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import put
from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.submission import Answer, Refusal


def _put(refusal: Refusal, key: str | None) -> Answer:
    if refusal.status < 500:
        refusal = replace(refusal, detail={"reason": refusal.detail})
    return put(refusal, key)


FAULT = Fault(
    name="error-as-object",
    summary="Sends detail as an object of field and reason, which no client expects.",
    trips=(Trip(check="undocumented-response"),),
    apply=lambda behaviour: replace(behaviour, refuse=_put),
)
