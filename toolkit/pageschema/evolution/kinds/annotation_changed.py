"""A keyword changed that asserts nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pageschema.evolution.edit import Edit
from pageschema.evolution.kind import ChangeKind, Named, subject
from pageschema.evolution.meaning import is_annotation
from pageschema.evolution.pairing import Pair


def _detect(pair: Pair, edits: Sequence[Edit]) -> Iterator[Named]:
    for edit in edits:
        if is_annotation(edit.keyword):
            what = "was added" if edit.added else "was removed" if edit.removed else "is another one"
            told = f"the {edit.keyword} of {subject(pair)} {what}"
            yield Named(pointer=pair.after.pointer, message=told, edits=(edit,))


ANNOTATION_CHANGED = ChangeKind(
    name="annotation-changed",
    summary="changes a title, a default or another keyword that decides nothing about validity",
    old={"type": "object", "title": "Invoice", "properties": {"total": {"type": "number"}}},
    new={"type": "object", "title": "Bill", "properties": {"total": {"type": "number"}}},
    backward="yes",
    forward="yes",
    detect=_detect,
    silent=True,
)
