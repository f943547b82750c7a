"""Any other difference that may decide what is valid, so that none goes unlisted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pageschema.evolution.edit import COMBINATOR, WHOLE, Edit
from pageschema.evolution.kind import ChangeKind, Named, quoted, subject
from pageschema.evolution.pairing import Pair


def _detect(pair: Pair, edits: Sequence[Edit]) -> Iterator[Named]:
    for edit in edits:
        yield Named(pointer=pair.after.pointer, message=f"{subject(pair)}: {_worded(edit)}", edits=(edit,))


def _worded(edit: Edit) -> str:
    if edit.keyword in {COMBINATOR, WHOLE}:
        return f"{quoted(edit.before)} is now {quoted(edit.after)}"
    name = edit.keyword if edit.key is None or isinstance(edit.key, int) else f"{edit.keyword} '{edit.key}'"
    if edit.added:
        return f"{name} was added: {quoted(edit.after)}"
    if edit.removed:
        return f"{name} was removed: {quoted(edit.before)}"
    return f"{name} was {quoted(edit.before)} and is now {quoted(edit.after)}"


CONSTRAINT_CHANGED = ChangeKind(
    name="constraint-changed",
    summary="changes what no other kind names",
    old={"type": "object", "properties": {"step": {"type": "integer", "multipleOf": 2}}},
    new={"type": "object", "properties": {"step": {"type": "integer", "multipleOf": 3}}},
    backward="no",
    forward="no",
    detect=_detect,
)
