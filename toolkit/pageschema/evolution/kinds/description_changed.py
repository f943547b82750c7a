"""The words that steer the extraction are other ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pageschema.evolution.edit import Edit
from pageschema.evolution.kind import ChangeKind, Named, subject
from pageschema.evolution.pairing import Pair


def _detect(pair: Pair, edits: Sequence[Edit]) -> Iterator[Named]:
    for edit in edits:
        if edit.keyword == "description":
            what = "was added" if edit.added else "was removed" if edit.removed else "is worded otherwise"
            told = f"the description of {subject(pair)} {what}"
            yield Named(pointer=pair.after.pointer, message=told, edits=(edit,))


DESCRIPTION_CHANGED = ChangeKind(
    name="description-changed",
    summary="rewords a description; everything stays valid, yet the model is told something else",
    old={"type": "object", "properties": {"total": {"type": "number", "description": "The sum"}}},
    new={"type": "object", "properties": {"total": {"type": "number", "description": "The sum, with tax"}}},
    backward="yes",
    forward="yes",
    detect=_detect,
    silent=True,
)
