"""A bound on a number, a length or a count is narrower."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pageschema.evolution.edit import Edit
from pageschema.evolution.kind import ChangeKind, Named, subject
from pageschema.evolution.kinds import _bounds
from pageschema.evolution.pairing import Pair


def _detect(pair: Pair, edits: Sequence[Edit]) -> Iterator[Named]:
    for edit in edits:
        if _bounds.tightens(edit):
            yield Named(pointer=pair.after.pointer, message=f"{subject(pair)} {_bounds.worded(edit)}", edits=(edit,))


BOUND_TIGHTENED = ChangeKind(
    name="bound-tightened",
    summary="narrows a bound; stored extractions outside it break",
    old={"type": "object", "properties": {"name": {"type": "string", "maxLength": 100}}},
    new={"type": "object", "properties": {"name": {"type": "string", "maxLength": 20}}},
    backward="no",
    forward="yes",
    detect=_detect,
)
