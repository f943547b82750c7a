"""An object takes other properties than its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pageschema.evolution.edit import Edit
from pageschema.evolution.kind import ChangeKind, Named, subject
from pageschema.evolution.pairing import Pair


def _detect(pair: Pair, edits: Sequence[Edit]) -> Iterator[Named]:
    for edit in edits:
        if edit.keyword in {"additionalProperties", "unevaluatedProperties"} and edit.before is False:
            told = f"{subject(pair)} takes undeclared properties now"
            yield Named(pointer=pair.after.pointer, message=told, edits=(edit,))


OBJECT_OPENED = ChangeKind(
    name="object-opened",
    summary="opens an object; old readers refuse what nobody declared to them",
    old={"type": "object", "additionalProperties": False, "properties": {"total": {"type": "number"}}},
    new={"type": "object", "additionalProperties": True, "properties": {"total": {"type": "number"}}},
    backward="yes",
    forward="no",
    detect=_detect,
)
