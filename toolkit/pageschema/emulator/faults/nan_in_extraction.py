"""Writes NaN for a number that was not found, which is no JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.store import Job


def _finish(_job: Job, body: dict[str, Any]) -> dict[str, Any]:
    if body["status"] != "complete":
        return body
    return body | {"extraction_schema_json": '{"total": NaN}'}


FAULT = Fault(
    name="nan-in-extraction",
    summary="Writes NaN for a number that was not found, which is no JSON.",
    trips=(Trip(check="nonconforming-extraction"),),
    apply=lambda behaviour: replace(behaviour, finish=_finish),
)
