"""A union has one more alternative."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pageschema.evolution.edit import Edit
from pageschema.evolution.kind import ChangeKind, Named, quoted, subject
from pageschema.evolution.pairing import Pair


def _detect(pair: Pair, edits: Sequence[Edit]) -> Iterator[Named]:
    for edit in edits:
        if edit.keyword in {"anyOf", "oneOf"} and edit.key is not None and edit.added:
            told = f"{subject(pair)} may also be {quoted(edit.after)}"
            yield Named(pointer=pair.after.pointer, message=told, edits=(edit,))


VARIANT_ADDED = ChangeKind(
    name="variant-added",
    summary="adds an alternative to a union; old readers refuse it",
    old={"properties": {"payment": {"anyOf": [{"type": "string"}, {"type": "integer"}]}}},
    new={"properties": {"payment": {"anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "boolean"}]}}},
    backward="yes",
    forward="no",
    detect=_detect,
)
