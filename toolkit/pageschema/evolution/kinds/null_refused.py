"""A value may no longer be null."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pageschema.evolution.edit import NULLABLE, Edit
from pageschema.evolution.kind import ChangeKind, Named, subject
from pageschema.evolution.pairing import Pair


def _detect(pair: Pair, edits: Sequence[Edit]) -> Iterator[Named]:
    for edit in edits:
        if edit.keyword == NULLABLE and not edit.after:
            yield Named(pointer=pair.after.pointer, message=f"{subject(pair)} may no longer be null", edits=(edit,))


NULL_REFUSED = ChangeKind(
    name="null-refused",
    summary="refuses null where it was taken; extractions stored with it break",
    old={"type": "object", "properties": {"total": {"anyOf": [{"type": "number"}, {"type": "null"}]}}},
    new={"type": "object", "properties": {"total": {"type": "number"}}},
    backward="no",
    forward="yes",
    detect=_detect,
)
