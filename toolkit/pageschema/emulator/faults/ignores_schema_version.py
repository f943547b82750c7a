"""Extracts by the latest version, whichever was asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.store import SavedSchema


def _pick(saved: SavedSchema, _version: int | None) -> dict[str, Any] | None:
    return None if saved.archived else saved.at(None)


FAULT = Fault(
    name="ignores-schema-version",
    summary="Extracts by the latest version, whichever was asked for.",
    trips=(Trip(check="wrong-schema-version"),),
    apply=lambda behaviour: replace(behaviour, pick=_pick),
)
