"""Answers a poll for an id that nobody was given with 'processing', instead of 404."""

from dataclasses import replace

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.result import PROCESSING
from pageschema.emulator.submission import Answer

FAULT = Fault(
    name="answers-unknown-id",
    summary="Answers a poll for an id that nobody was given with 'processing', instead of 404.",
    trips=(Trip(check="unknown-id-answered"),),
    apply=lambda behaviour: replace(behaviour, unknown=lambda _: Answer(content=PROCESSING)),
)
