"""Names the field file in every 422."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import put
from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.submission import Answer, Refusal


def _put(refusal: Refusal, key: str | None) -> Answer:
    if isinstance(refusal.detail, list):
        refusal = replace(refusal, detail=[each | {"loc": ["body", "file"]} for each in refusal.detail])
    return put(refusal, key)


FAULT = Fault(
    name="error-blames-file",
    summary="Names the field file in every 422.",
    trips=(Trip(check="error-without-field"),),
    apply=lambda behaviour: replace(behaviour, refuse=_put),
)
