"""Overwrites the current version where a new one was asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.store import SavedSchema


def _keep(saved: SavedSchema, content: dict[str, Any], as_new: bool) -> None:  # noqa: ARG001, FBT001 - that is the fault.
    saved.versions[-1] = content


FAULT = Fault(
    name="new-version-overwrites",
    summary="Overwrites the current version where a new one was asked for.",
    trips=(
        Trip(check="saved-schema-changed"),
        Trip(check="wrong-schema-version"),
        Trip(check="valid-refused"),
    ),
    apply=lambda behaviour: replace(behaviour, keep=_keep),
)
