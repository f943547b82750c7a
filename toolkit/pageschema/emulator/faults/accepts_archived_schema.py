"""Extracts by a saved schema that was archived."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.store import SavedSchema


def _pick(saved: SavedSchema, version: int | None) -> dict[str, Any] | None:
    return saved.at(version)


FAULT = Fault(
    name="accepts-archived-schema",
    summary="Extracts by a saved schema that was archived.",
    trips=(Trip(check="unknown-resource-accepted"),),
    apply=lambda behaviour: replace(behaviour, pick=_pick),
)
