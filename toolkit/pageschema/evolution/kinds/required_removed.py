"""A property that had to be there is optional."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pageschema import jsontext, pointer
from pageschema.evolution.edit import Edit
from pageschema.evolution.kind import ChangeKind, Named
from pageschema.evolution.pairing import Pair


def _detect(pair: Pair, edits: Sequence[Edit]) -> Iterator[Named]:
    for edit in edits:
        if edit.keyword == "required" and edit.key is not None and edit.removed:
            declared = isinstance(pair.after.schema, dict) and edit.key in pair.after.schema.get("properties", {})
            where = pointer.join(pair.after.pointer, *(("properties", edit.key) if declared else ()))
            name = jsontext.clip(str(edit.key), 60)
            yield Named(pointer=where, message=f"field '{name}' is no longer required", edits=(edit,))


REQUIRED_REMOVED = ChangeKind(
    name="required-removed",
    summary="makes a required field optional; old readers refuse extractions without it",
    old={"type": "object", "properties": {"total": {"type": "number"}}, "required": ["total"]},
    new={"type": "object", "properties": {"total": {"type": "number"}}},
    backward="yes",
    forward="no",
    detect=_detect,
)
