"""Shows the first half of the key in a refusal."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import put
from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.submission import Answer, Refusal


def _put(refusal: Refusal, key: str | None) -> Answer:
    if key and refusal.status == 400:
        refusal = replace(refusal, detail=f"{refusal.detail} (key {key[: 2 * len(key) // 3]}...)")
    return put(refusal, key)


FAULT = Fault(
    name="echoes-part-of-key",
    summary="Shows the first half of the key in a refusal.",
    trips=(Trip(check="key-echoed"),),
    apply=lambda behaviour: replace(behaviour, refuse=_put),
)
