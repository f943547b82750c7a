"""Gives parse_quality_score in percent, not from 0 to 5."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.store import Job


def _finish(_job: Job, body: dict[str, Any]) -> dict[str, Any]:
    return body | {"parse_quality_score": 92.0}


FAULT = Fault(
    name="quality-in-percent",
    summary="Gives parse_quality_score in percent, not from 0 to 5.",
    trips=(Trip(check="impossible-figure"),),
    apply=lambda behaviour: replace(behaviour, finish=_finish),
)
