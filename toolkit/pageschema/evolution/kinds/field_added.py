"""An optional property is declared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pageschema.evolution.edit import Edit
from pageschema.evolution.kind import ChangeKind, Named, called, member
from pageschema.evolution.pairing import Pair


def _detect(pair: Pair, edits: Sequence[Edit]) -> Iterator[Named]:
    required = {edit.key for edit in edits if edit.keyword == "required" and edit.added}
    for edit in edits:
        if edit.keyword == "properties" and edit.key is not None and edit.added and edit.key not in required:
            where = member(pair.after.pointer, edit)
            yield Named(pointer=where, message=f"{called(where)} was added, optional", edits=(edit,))


FIELD_ADDED = ChangeKind(
    name="field-added",
    summary="adds an optional field; readers that ignore what they do not know keep working",
    old={"type": "object", "properties": {"number": {"type": "string"}}},
    new={"type": "object", "properties": {"number": {"type": "string"}, "total": {"type": "number"}}},
    backward="yes",
    forward="yes",
    detect=_detect,
    fields=True,
)
