"""Sends every refusal with status 200."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import put
from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.submission import Answer, Refusal


def _put(refusal: Refusal, key: str | None) -> Answer:
    return replace(put(refusal, key), status=200)


FAULT = Fault(
    name="refuses-with-200",
    summary="Sends every refusal with status 200.",
    trips=(
        Trip(check="undocumented-response"),
        Trip(check="unknown-id-answered"),
    ),
    apply=lambda behaviour: replace(behaviour, refuse=_put),
)
