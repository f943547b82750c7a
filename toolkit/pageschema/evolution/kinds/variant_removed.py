"""A union has one alternative less."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pageschema.evolution.edit import Edit
from pageschema.evolution.kind import ChangeKind, Named, quoted, subject
from pageschema.evolution.pairing import Pair


def _detect(pair: Pair, edits: Sequence[Edit]) -> Iterator[Named]:
    for edit in edits:
        if edit.keyword in {"anyOf", "oneOf"} and edit.key is not None and edit.removed:
            told = f"{subject(pair)} may no longer be {quoted(edit.before)}"
            yield Named(pointer=pair.after.pointer, message=told, edits=(edit,))


VARIANT_REMOVED = ChangeKind(
    name="variant-removed",
    summary="takes an alternative out of a union; extractions stored with it break",
    old={"properties": {"payment": {"anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "boolean"}]}}},
    new={"properties": {"payment": {"anyOf": [{"type": "string"}, {"type": "integer"}]}}},
    backward="no",
    forward="yes",
    detect=_detect,
)
