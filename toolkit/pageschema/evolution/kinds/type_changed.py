"""A place holds values of another type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pageschema.evolution.edit import Edit
from pageschema.evolution.kind import ChangeKind, Named, subject
from pageschema.evolution.pairing import Pair, types_of

_SAYS_TYPE = frozenset({"type", "anyOf", "oneOf"})


def _detect(pair: Pair, edits: Sequence[Edit]) -> Iterator[Named]:
    before, after = types_of(pair.before), types_of(pair.after)
    said = tuple(edit for edit in edits if edit.keyword in _SAYS_TYPE and edit.key is None)
    if said and before != after:
        told = f"{subject(pair)} was {_worded(before)} and is now {_worded(after)}"
        yield Named(pointer=pair.after.pointer, message=told, edits=said)


def _worded(types: frozenset[str] | None) -> str:
    return "of any type" if types is None else " or ".join(sorted(types))


TYPE_CHANGED = ChangeKind(
    name="type-changed",
    summary="changes the type of a value; a number is no text to either side",
    old={"type": "object", "properties": {"total": {"type": "string"}}},
    new={"type": "object", "properties": {"total": {"type": "number"}}},
    backward="no",
    forward="no",
    detect=_detect,
)
