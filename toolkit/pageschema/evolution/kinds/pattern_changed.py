"""A string has to match another regular expression."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pageschema.evolution.edit import Edit
from pageschema.evolution.kind import ChangeKind, Named, quoted, subject
from pageschema.evolution.pairing import Pair


def _detect(pair: Pair, edits: Sequence[Edit]) -> Iterator[Named]:
    for edit in edits:
        if edit.keyword == "pattern":
            if edit.added:
                told = f"has to match {quoted(edit.after)} now"
            elif edit.removed:
                told = f"need not match {quoted(edit.before)} any more"
            else:
                told = f"has to match {quoted(edit.after)}, no longer {quoted(edit.before)}"
            yield Named(pointer=pair.after.pointer, message=f"{subject(pair)} {told}", edits=(edit,))


PATTERN_CHANGED = ChangeKind(
    name="pattern-changed",
    summary="changes the pattern of a text",
    old={"type": "object", "properties": {"code": {"type": "string", "pattern": "^[a-z]{3}$"}}},
    new={"type": "object", "properties": {"code": {"type": "string", "pattern": "^[A-Z]{3}$"}}},
    backward="no",
    forward="no",
    detect=_detect,
)
