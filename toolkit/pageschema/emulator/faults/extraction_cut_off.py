"""Cuts an extraction off where the model ran out of tokens, and calls it complete."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.store import Job


def _finish(_job: Job, body: dict[str, Any]) -> dict[str, Any]:
    if body["status"] != "complete":
        return body
    return body | {"extraction_schema_json": body["extraction_schema_json"][:-2]}


FAULT = Fault(
    name="extraction-cut-off",
    summary="Cuts an extraction off where the model ran out of tokens, and calls it complete.",
    trips=(Trip(check="nonconforming-extraction"),),
    apply=lambda behaviour: replace(behaviour, finish=_finish),
)
