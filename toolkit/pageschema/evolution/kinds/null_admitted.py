"""A value may be null."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pageschema.evolution.edit import NULLABLE, Edit
from pageschema.evolution.kind import ChangeKind, Named, subject
from pageschema.evolution.pairing import Pair


def _detect(pair: Pair, edits: Sequence[Edit]) -> Iterator[Named]:
    for edit in edits:
        if edit.keyword == NULLABLE and edit.after:
            yield Named(pointer=pair.after.pointer, message=f"{subject(pair)} may now be null", edits=(edit,))


NULL_ADMITTED = ChangeKind(
    name="null-admitted",
    summary="lets a value be null; old readers refuse it",
    old={"type": "object", "properties": {"total": {"type": "number"}}},
    new={"type": "object", "properties": {"total": {"anyOf": [{"type": "number"}, {"type": "null"}]}}},
    backward="yes",
    forward="no",
    detect=_detect,
)
