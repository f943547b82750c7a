"""The `format` of a value is another one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pageschema.evolution.edit import Edit
from pageschema.evolution.kind import ChangeKind, Named, quoted, subject
from pageschema.evolution.pairing import Pair


def _detect(pair: Pair, edits: Sequence[Edit]) -> Iterator[Named]:
    for edit in edits:
        if edit.keyword == "format":
            before = "none" if edit.added else quoted(edit.before)
            after = "none" if edit.removed else quoted(edit.after)
            told = f"the format of {subject(pair)} was {before} and is now {after}; readers that assert it may refuse"
            yield Named(pointer=pair.after.pointer, message=told, edits=(edit,))


FORMAT_CHANGED = ChangeKind(
    name="format-changed",
    summary="changes a format; it asserts nothing by the letter, but readers may check it",
    old={"type": "object", "properties": {"due": {"type": "string", "format": "date"}}},
    new={"type": "object", "properties": {"due": {"type": "string", "format": "date-time"}}},
    backward="yes",
    forward="yes",
    detect=_detect,
    silent=True,
)
