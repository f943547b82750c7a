"""Drops what its schema class does not know when a schema is saved, such as integer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.store import SavedSchema


def _keep(saved: SavedSchema, content: dict[str, Any], as_new: bool) -> None:  # noqa: FBT001 - upstream's flag.
    kept = {name: {k: v for k, v in field.items() if k != "type"} for name, field in content["properties"].items()}
    content = {**content, "properties": kept}
    if as_new:
        saved.versions.append(content)
    else:
        saved.versions[-1] = content


FAULT = Fault(
    name="saves-without-descriptions",
    summary="Drops what its schema class does not know when a schema is saved, such as integer.",
    trips=(Trip(check="saved-schema-changed"),),
    apply=lambda behaviour: replace(behaviour, keep=_keep),
)
