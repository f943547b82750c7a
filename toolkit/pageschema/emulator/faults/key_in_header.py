"""Sends the key back in a header that its proxy uses for routing."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import Visit
from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.submission import Answer


def _answer(answer: Answer, visit: Visit) -> Answer:
    return replace(answer, headers={**answer.headers, "x-routed-by": visit.key or ""})


FAULT = Fault(
    name="key-in-header",
    summary="Sends the key back in a header that its proxy uses for routing.",
    trips=(Trip(check="key-echoed"),),
    apply=lambda behaviour: replace(behaviour, answer=_answer),
)
