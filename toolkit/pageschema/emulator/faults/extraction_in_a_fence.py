"""Hands on the fence that the model wrote around its JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.store import Job


def _finish(_job: Job, body: dict[str, Any]) -> dict[str, Any]:
    if body["status"] != "complete":
        return body
    return body | {"extraction_schema_json": f"```json\n{body['extraction_schema_json']}\n```"}


FAULT = Fault(
    name="extraction-in-a-fence",
    summary="Hands on the fence that the model wrote around its JSON.",
    trips=(Trip(check="nonconforming-extraction"),),
    apply=lambda behaviour: replace(behaviour, finish=_finish),
)
