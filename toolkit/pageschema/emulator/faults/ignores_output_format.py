"""Always writes markdown, whatever output_format asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.store import Job


def _finish(_job: Job, body: dict[str, Any]) -> dict[str, Any]:
    return body | {"output_format": "markdown", "html": None, "json": None}


FAULT = Fault(
    name="ignores-output-format",
    summary="Always writes markdown, whatever output_format asks for.",
    trips=(Trip(check="other-mode-used"),),
    apply=lambda behaviour: replace(behaviour, finish=_finish),
)
