"""Looks results up by the document alone: the next schema gets what the last one asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema.emulator.behaviour import Behaviour
from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.store import Job


def _apply(behaviour: Behaviour) -> Behaviour:
    kept: dict[Any, Any] = {}

    def finish(job: Job, body: dict[str, Any]) -> dict[str, Any]:
        if body["status"] != "complete" or job.submission.upload is None:
            return body
        first = kept.setdefault(job.submission.upload, body["extraction_schema_json"])
        return body | {"extraction_schema_json": first}

    return replace(behaviour, finish=finish)


FAULT = Fault(
    name="caches-by-document",
    summary="Looks results up by the document alone: the next schema gets what the last one asked for.",
    trips=(Trip(check="nonconforming-extraction"),),
    apply=_apply,
)
