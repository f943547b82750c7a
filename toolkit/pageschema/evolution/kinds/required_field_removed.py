"""A property that was required is no longer declared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pageschema.evolution.edit import Edit
from pageschema.evolution.kind import ChangeKind, Named, called, member
from pageschema.evolution.pairing import Pair


def _detect(pair: Pair, edits: Sequence[Edit]) -> Iterator[Named]:
    required = {edit.key: edit for edit in edits if edit.keyword == "required" and edit.removed}
    for edit in edits:
        if edit.keyword == "properties" and edit.removed and edit.key in required:
            where = member(pair.before.pointer, edit)
            yield Named(
                pointer=where,
                message=f"{called(where)} was removed; it was required",
                edits=(edit, required[edit.key]),
            )


REQUIRED_FIELD_REMOVED = ChangeKind(
    name="required-field-removed",
    summary="takes a required field away; old readers still ask for it",
    old={
        "type": "object",
        "properties": {"number": {"type": "string"}, "total": {"type": "number"}},
        "required": ["total"],
    },
    new={"type": "object", "properties": {"number": {"type": "string"}}},
    backward="yes",
    forward="no",
    detect=_detect,
    fields=True,
)
