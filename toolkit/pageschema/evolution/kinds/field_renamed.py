"""A property has another name and the same schema."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pageschema import jsontext
from pageschema.evolution.edit import Edit
from pageschema.evolution.kind import ChangeKind, Named, called, member
from pageschema.evolution.meaning import meaning
from pageschema.evolution.pairing import Pair


def _detect(pair: Pair, edits: Sequence[Edit]) -> Iterator[Named]:
    required = {edit.key: edit for edit in edits if edit.keyword == "required"}
    members = [edit for edit in edits if edit.keyword == "properties" and edit.key is not None]
    gone = _by_meaning([(edit, edit.before, edit.key in required) for edit in members if edit.removed])
    new = _by_meaning([(edit, edit.after, edit.key in required) for edit in members if edit.added])
    for key, (removed, *more) in gone.items():
        if more or len(new.get(key, ())) != 1:
            continue  # Which of them became which is anyone's guess.
        added = new[key][0]
        where = member(pair.after.pointer, added)
        named = [required[edit.key] for edit in (removed, added) if edit.key in required]
        yield Named(
            pointer=where,
            message=f"field '{jsontext.clip(str(removed.key), 60)}' is now {called(where)}",
            edits=(removed, added, *named),
        )


def _by_meaning(members: list[tuple[Edit, Any, bool]]) -> dict[Any, list[Edit]]:
    found: dict[Any, list[Edit]] = {}
    for edit, schema, required in members:
        found.setdefault((meaning(schema), required), []).append(edit)
    return found


FIELD_RENAMED = ChangeKind(
    name="field-renamed",
    summary="gives a field another name; whoever asks for the old one finds nothing",
    old={"type": "object", "properties": {"sum": {"type": "number"}}, "required": ["sum"]},
    new={"type": "object", "properties": {"total": {"type": "number"}}, "required": ["total"]},
    backward="no",
    forward="no",
    detect=_detect,
    fields=True,
)
