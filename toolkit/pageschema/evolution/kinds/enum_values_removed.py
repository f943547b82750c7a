"""Fewer values are listed, or a list is imposed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pageschema.evolution.edit import Edit
from pageschema.evolution.kind import ChangeKind, Named, quoted, subject
from pageschema.evolution.pairing import Pair


def _detect(pair: Pair, edits: Sequence[Edit]) -> Iterator[Named]:
    for edit in edits:
        if edit.keyword == "enum" and edit.key == "removed":
            told = f"{subject(pair)} may no longer be {', '.join(map(quoted, edit.before[:5]))}"
            told += f" and {len(edit.before) - 5} more" if len(edit.before) > 5 else ""
            yield Named(pointer=pair.after.pointer, message=told, edits=(edit,))
        elif edit.keyword == "enum" and edit.key is None and edit.added:
            told = f"{subject(pair)} has to be one of {len(edit.after)} listed values"
            yield Named(pointer=pair.after.pointer, message=told, edits=(edit,))


ENUM_VALUES_REMOVED = ChangeKind(
    name="enum-values-removed",
    summary="takes values away that a field could have; extractions stored with them break",
    old={"type": "object", "properties": {"currency": {"enum": ["EUR", "USD", "GBP"]}}},
    new={"type": "object", "properties": {"currency": {"enum": ["EUR", "USD"]}}},
    backward="no",
    forward="yes",
    detect=_detect,
)
