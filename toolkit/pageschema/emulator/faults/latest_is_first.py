"""Extracts by the first version where none is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.store import SavedSchema


def _pick(saved: SavedSchema, version: int | None) -> dict[str, Any] | None:
    return None if saved.archived else saved.at(version or 1)


FAULT = Fault(
    name="latest-is-first",
    summary="Extracts by the first version where none is asked for.",
    trips=(Trip(check="wrong-schema-version"),),
    apply=lambda behaviour: replace(behaviour, pick=_pick),
)
