"""Loses requests for html between two services: their state is unknown."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.store import Job, Store


def _find(store: Store, request_id: str) -> Job | None:
    job = store.jobs.get(request_id)
    return None if job is not None and job.output_format == "html" else job


FAULT = Fault(
    name="loses-html-requests",
    summary="Loses requests for html between two services: their state is unknown.",
    trips=(Trip(check="endless-poll"),),
    apply=lambda behaviour: replace(behaviour, find=_find),
)
