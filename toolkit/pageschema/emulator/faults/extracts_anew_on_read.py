"""Extracts anew whenever a result is read, and gets another value."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema import jsontext
from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.store import Job


def _finish(job: Job, body: dict[str, Any]) -> dict[str, Any]:
    if body["status"] != "complete" or job.polls <= 2:
        return body
    value = jsontext.parse(body["extraction_schema_json"])
    assert isinstance(value, dict)  # noqa: S101 - tells the type checker.
    changed = {name: item + 1 if isinstance(item, (int, float)) else item for name, item in value.items()}
    return body | {"extraction_schema_json": jsontext.dumps(changed)}


FAULT = Fault(
    name="extracts-anew-on-read",
    summary="Extracts anew whenever a result is read, and gets another value.",
    trips=(Trip(check="result-changed"),),
    apply=lambda behaviour: replace(behaviour, finish=_finish),
)
