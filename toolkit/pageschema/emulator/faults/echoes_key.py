"""Repeats the key that was sent in the text of a refusal, from where it gets into logs."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import put
from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.submission import Answer, Refusal


def _put(refusal: Refusal, key: str | None) -> Answer:
    if key and isinstance(refusal.detail, str) and refusal.status in {400, 401}:
        refusal = replace(refusal, detail=f"{refusal.detail} (key: {key})")
    return put(refusal, key)


FAULT = Fault(
    name="echoes-key",
    summary="Repeats the key that was sent in the text of a refusal, from where it gets into logs.",
    trips=(Trip(check="key-echoed"),),
    apply=lambda behaviour: replace(behaviour, refuse=_put),
)
