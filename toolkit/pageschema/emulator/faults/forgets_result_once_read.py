"""Deletes a result when it has been read once."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.store import Job, Store


def _find(store: Store, request_id: str) -> Job | None:
    job = store.jobs.get(request_id)
    return None if job is not None and job.polls > 1 else job


FAULT = Fault(
    name="forgets-result-once-read",
    summary="Deletes a result when it has been read once.",
    trips=(Trip(check="result-changed"),),
    apply=lambda behaviour: replace(behaviour, find=_find),
)
