"""Keeps the request under way in a global: the first of two gets the schema of the second."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.store import Job, Store


def _find(store: Store, request_id: str) -> Job | None:
    job = store.jobs.get(request_id)
    if job is not None and job.polls == 0:
        job.schema_text = next(reversed(store.jobs.values())).schema_text
    return job


FAULT = Fault(
    name="mixes-requests-under-way",
    summary="Keeps the request under way in a global: the first of two gets the schema of the second.",
    trips=(Trip(check="results-mixed"),),
    apply=lambda behaviour: replace(behaviour, find=_find),
)
