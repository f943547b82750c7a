"""Says success: true in refusals: a default of its answer class."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import put
from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.submission import Answer, Refusal


def _put(refusal: Refusal, key: str | None) -> Answer:
    honest = put(refusal, key)
    return honest if honest.media_type else replace(honest, content={"success": True, **honest.content})


FAULT = Fault(
    name="refusal-says-success",
    summary="Says success: true in refusals: a default of its answer class.",
    trips=(Trip(check="contradictory-answer"),),
    apply=lambda behaviour: replace(behaviour, refuse=_put),
)
