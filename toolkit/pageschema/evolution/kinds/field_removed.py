"""An optional property is no longer declared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pageschema.evolution.edit import Edit
from pageschema.evolution.kind import ChangeKind, Named, called, member
from pageschema.evolution.pairing import Pair


def _detect(pair: Pair, edits: Sequence[Edit]) -> Iterator[Named]:
    required = {edit.key for edit in edits if edit.keyword == "required" and edit.removed}
    for edit in edits:
        if edit.keyword == "properties" and edit.key is not None and edit.removed and edit.key not in required:
            where = member(pair.before.pointer, edit)
            yield Named(pointer=where, message=f"{called(where)} was removed; it was optional", edits=(edit,))


FIELD_REMOVED = ChangeKind(
    name="field-removed",
    summary="takes an optional field away; new extractions lack it",
    old={"type": "object", "properties": {"number": {"type": "string"}, "total": {"type": "number"}}},
    new={"type": "object", "properties": {"number": {"type": "string"}}},
    backward="yes",
    forward="yes",
    detect=_detect,
    fields=True,
)
