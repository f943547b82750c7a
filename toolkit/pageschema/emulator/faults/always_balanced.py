"""Runs every request in balanced mode, and bills it so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.store import Job


def _finish(_job: Job, body: dict[str, Any]) -> dict[str, Any]:
    return body | {"extraction_mode": "balanced"}


FAULT = Fault(
    name="always-balanced",
    summary="Runs every request in balanced mode, and bills it so.",
    trips=(Trip(check="other-mode-used"),),
    apply=lambda behaviour: replace(behaviour, finish=_finish),
)
