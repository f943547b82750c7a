"""Sends page_count as a string."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.store import Job


def _finish(_job: Job, body: dict[str, Any]) -> dict[str, Any]:
    return body | {"page_count": str(body["page_count"])}


FAULT = Fault(
    name="page-count-as-text",
    summary="Sends page_count as a string.",
    trips=(Trip(check="undocumented-response"),),
    apply=lambda behaviour: replace(behaviour, finish=_finish),
)
