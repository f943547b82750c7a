"""Gives a field's _meta as a sentence instead of an object."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema import jsontext
from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.store import Job


def _finish(_job: Job, body: dict[str, Any]) -> dict[str, Any]:
    if body["status"] != "complete":
        return body
    value = jsontext.parse(body["extraction_schema_json"])
    assert isinstance(value, dict)  # noqa: S101 - tells the type checker.
    told = {name: "found" if name.endswith("_meta") else item for name, item in value.items()}
    return body | {"extraction_schema_json": jsontext.dumps(told)}


FAULT = Fault(
    name="meta-as-text",
    summary="Gives a field's _meta as a sentence instead of an object.",
    trips=(Trip(check="nonconforming-extraction"),),
    apply=lambda behaviour: replace(behaviour, finish=_finish),
)
