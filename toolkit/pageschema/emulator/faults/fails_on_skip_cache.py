"""Takes a request with skip_cache and fails in its result."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.store import Job


def _finish(job: Job, body: dict[str, Any]) -> dict[str, Any]:
    return body | ({"status": "failed", "success": False, "error": "cache miss"} if job.submission.skip_cache else {})


FAULT = Fault(
    name="fails-on-skip-cache",
    summary="Takes a request with skip_cache and fails in its result.",
    trips=(Trip(check="valid-refused"),),
    apply=lambda behaviour: replace(behaviour, finish=_finish),
)
