"""Says complete with nothing in extraction_schema_json."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.store import Job


def _finish(_job: Job, body: dict[str, Any]) -> dict[str, Any]:
    if body["status"] != "complete":
        return body
    return body | {"extraction_schema_json": None}


FAULT = Fault(
    name="complete-without-extraction",
    summary="Says complete with nothing in extraction_schema_json.",
    trips=(Trip(check="nonconforming-extraction"),),
    apply=lambda behaviour: replace(behaviour, finish=_finish),
)
