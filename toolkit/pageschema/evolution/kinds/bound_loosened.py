"""A bound on a number, a length or a count is wider."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pageschema.evolution.edit import Edit
from pageschema.evolution.kind import ChangeKind, Named, subject
from pageschema.evolution.kinds import _bounds
from pageschema.evolution.pairing import Pair


def _detect(pair: Pair, edits: Sequence[Edit]) -> Iterator[Named]:
    for edit in edits:
        if _bounds.tightens(edit) is False:
            yield Named(pointer=pair.after.pointer, message=f"{subject(pair)} {_bounds.worded(edit)}", edits=(edit,))


BOUND_LOOSENED = ChangeKind(
    name="bound-loosened",
    summary="widens a bound; old readers refuse what is let through now",
    old={"type": "object", "properties": {"name": {"type": "string", "maxLength": 20}}},
    new={"type": "object", "properties": {"name": {"type": "string", "maxLength": 100}}},
    backward="yes",
    forward="no",
    detect=_detect,
)
