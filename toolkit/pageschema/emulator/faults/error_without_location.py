"""Leaves loc empty in a 422, so that nobody sees which field is wrong."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import put
from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.submission import Answer, Refusal


def _put(refusal: Refusal, key: str | None) -> Answer:
    if isinstance(refusal.detail, list):
        refusal = replace(refusal, detail=[each | {"loc": []} for each in refusal.detail])
    return put(refusal, key)


FAULT = Fault(
    name="error-without-location",
    summary="Leaves loc empty in a 422, so that nobody sees which field is wrong.",
    trips=(Trip(check="error-without-field"),),
    apply=lambda behaviour: replace(behaviour, refuse=_put),
)
