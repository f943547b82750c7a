"""Says processing again when a result that was complete is read again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.result import PROCESSING
from pageschema.emulator.store import Job


def _finish(job: Job, body: dict[str, Any]) -> dict[str, Any]:
    return PROCESSING if job.polls > 2 else body


FAULT = Fault(
    name="falls-back-to-processing",
    summary="Says processing again when a result that was complete is read again.",
    trips=(Trip(check="result-changed"),),
    apply=lambda behaviour: replace(behaviour, finish=_finish),
)
