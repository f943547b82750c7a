"""Leaves an error of an earlier try in a result that succeeded."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.store import Job


def _finish(_job: Job, body: dict[str, Any]) -> dict[str, Any]:
    if body["status"] != "complete":
        return body
    return body | {"error": "inference worker lost, retrying"}


FAULT = Fault(
    name="complete-with-error",
    summary="Leaves an error of an earlier try in a result that succeeded.",
    trips=(Trip(check="contradictory-answer"),),
    apply=lambda behaviour: replace(behaviour, finish=_finish),
)
