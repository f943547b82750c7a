"""Answers an edit of a saved schema as if it had kept it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.store import SavedSchema


def _keep(saved: SavedSchema, content: dict[str, Any], as_new: bool) -> None:  # noqa: FBT001 - upstream's flag.
    if as_new:
        saved.versions.append(content)


FAULT = Fault(
    name="edit-is-not-saved",
    summary="Answers an edit of a saved schema as if it had kept it.",
    trips=(
        Trip(check="saved-schema-changed"),
        Trip(check="wrong-schema-version"),
    ),
    apply=lambda behaviour: replace(behaviour, keep=_keep),
)
