"""Announces more bytes of a result than it sends."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import Visit
from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.submission import Answer


def _answer(answer: Answer, _visit: Visit) -> Answer:
    complete = isinstance(answer.content, dict) and answer.content.get("output_format") == "html"
    return replace(answer, headers={**answer.headers, "content-length": "99999"}) if complete else answer


FAULT = Fault(
    name="cuts-its-answer-off",
    summary="Announces more bytes of a result than it sends.",
    trips=(Trip(check="no-answer"),),
    apply=lambda behaviour: replace(behaviour, answer=_answer),
)
