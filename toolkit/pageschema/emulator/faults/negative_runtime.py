"""Measures the runtime with a clock that was set back meanwhile."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.store import Job


def _finish(_job: Job, body: dict[str, Any]) -> dict[str, Any]:
    return body | {"runtime": -0.75}


FAULT = Fault(
    name="negative-runtime",
    summary="Measures the runtime with a clock that was set back meanwhile.",
    trips=(Trip(check="impossible-figure"),),
    apply=lambda behaviour: replace(behaviour, finish=_finish),
)
