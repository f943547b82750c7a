"""A property is declared and required at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pageschema.evolution.edit import Edit
from pageschema.evolution.kind import ChangeKind, Named, called, member
from pageschema.evolution.pairing import Pair


def _detect(pair: Pair, edits: Sequence[Edit]) -> Iterator[Named]:
    required = {edit.key: edit for edit in edits if edit.keyword == "required" and edit.added}
    for edit in edits:
        if edit.keyword == "properties" and edit.added and edit.key in required:
            where = member(pair.after.pointer, edit)
            yield Named(pointer=where, message=f"{called(where)} was added, required", edits=(edit, required[edit.key]))


REQUIRED_FIELD_ADDED = ChangeKind(
    name="required-field-added",
    summary="adds a field that must be there; extractions stored before lack it",
    old={"type": "object", "properties": {"number": {"type": "string"}}},
    new={
        "type": "object",
        "properties": {"number": {"type": "string"}, "total": {"type": "number"}},
        "required": ["total"],
    },
    backward="no",
    forward="yes",
    detect=_detect,
    fields=True,
)
