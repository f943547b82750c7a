"""Fails with a 500 on a poll for an id that nobody was given."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.submission import CRASH

FAULT = Fault(
    name="crashes-on-unknown-id",
    summary="Fails with a 500 on a poll for an id that nobody was given.",
    trips=(Trip(check="server-error"),),
    apply=lambda behaviour: replace(behaviour, unknown=lambda _: CRASH),
)
