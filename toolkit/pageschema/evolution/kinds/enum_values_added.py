"""More values are listed, or the list is dropped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pageschema.evolution.edit import Edit
from pageschema.evolution.kind import ChangeKind, Named, quoted, subject
from pageschema.evolution.pairing import Pair


def _detect(pair: Pair, edits: Sequence[Edit]) -> Iterator[Named]:
    for edit in edits:
        if edit.keyword == "enum" and edit.key == "added":
            told = f"{subject(pair)} may also be {', '.join(map(quoted, edit.after[:5]))}"
            told += f" and {len(edit.after) - 5} more" if len(edit.after) > 5 else ""
            yield Named(pointer=pair.after.pointer, message=told, edits=(edit,))
        elif edit.keyword == "enum" and edit.key is None and edit.removed:
            told = f"{subject(pair)} is no longer one of {len(edit.before)} listed values"
            yield Named(pointer=pair.after.pointer, message=told, edits=(edit,))


ENUM_VALUES_ADDED = ChangeKind(
    name="enum-values-added",
    summary="adds to the values that a field may have; old readers do not know them",
    old={"type": "object", "properties": {"currency": {"enum": ["EUR", "USD"]}}},
    new={"type": "object", "properties": {"currency": {"enum": ["EUR", "USD", "GBP"]}}},
    backward="yes",
    forward="no",
    detect=_detect,
)
