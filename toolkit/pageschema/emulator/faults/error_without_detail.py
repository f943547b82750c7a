"""Sends refusals with another member than detail."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import put
from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.submission import Answer, Refusal


def _put(refusal: Refusal, key: str | None) -> Answer:
    honest = put(refusal, key)
    return honest if honest.media_type else replace(honest, content={"message": refusal.detail})


FAULT = Fault(
    name="error-without-detail",
    summary="Sends refusals with another member than detail.",
    trips=(Trip(check="undocumented-response"),),
    apply=lambda behaviour: replace(behaviour, refuse=_put),
)
