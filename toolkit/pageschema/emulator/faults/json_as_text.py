"""Sends its JSON as text/html, the default of its framework."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import Visit
from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.submission import Answer


def _answer(answer: Answer, _visit: Visit) -> Answer:
    return replace(answer, headers={**answer.headers, "content-type": "text/html; charset=utf-8"})


FAULT = Fault(
    name="json-as-text",
    summary="Sends its JSON as text/html, the default of its framework.",
    trips=(Trip(check="undocumented-response"),),
    apply=lambda behaviour: replace(behaviour, answer=_answer),
)
