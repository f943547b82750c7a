"""An object takes no other properties than its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pageschema.evolution.edit import Edit
from pageschema.evolution.kind import ChangeKind, Named, subject
from pageschema.evolution.pairing import Pair


def _detect(pair: Pair, edits: Sequence[Edit]) -> Iterator[Named]:
    for edit in edits:
        if edit.keyword in {"additionalProperties", "unevaluatedProperties"} and edit.after is False:
            told = f"{subject(pair)} takes no undeclared properties any more"
            yield Named(pointer=pair.after.pointer, message=told, edits=(edit,))


OBJECT_CLOSED = ChangeKind(
    name="object-closed",
    summary="closes an object; what writers fill without declaring it is refused",
    old={"type": "object", "additionalProperties": True, "properties": {"total": {"type": "number"}}},
    new={"type": "object", "additionalProperties": False, "properties": {"total": {"type": "number"}}},
    backward="no",
    forward="yes",
    detect=_detect,
)
