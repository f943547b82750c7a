"""Fails with a 500 when a result is read again."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.store import Job, Store
from pageschema.emulator.submission import CRASH, Refusal


def _find(store: Store, request_id: str) -> Job | Refusal | None:
    job = store.jobs.get(request_id)
    return CRASH if job is not None and job.polls > 1 else job


FAULT = Fault(
    name="crashes-on-second-read",
    summary="Fails with a 500 when a result is read again.",
    trips=(Trip(check="server-error"),),
    apply=lambda behaviour: replace(behaviour, find=_find),
)
