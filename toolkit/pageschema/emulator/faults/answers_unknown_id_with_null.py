"""Answers a poll for an id that nobody was given with an empty object."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.submission import Answer

FAULT = Fault(
    name="answers-unknown-id-with-null",
    summary="Answers a poll for an id that nobody was given with an empty object.",
    trips=(
        Trip(check="unknown-id-answered"),
        Trip(check="undocumented-response"),
    ),
    apply=lambda behaviour: replace(behaviour, unknown=lambda _: Answer(content={})),
)
