"""A property has another name and the same schema."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from pageschema import jsontext
from pageschema.evolution.edit import Edit
from pageschema.evolution.kind import ChangeKind, Named, called, member
from pageschema.evolution.meaning import meaning
from pageschema.evolution.pairing import Pair

SIMILAR = 0.6


def _detect(pair: Pair, edits: Sequence[Edit]) -> Iterator[Named]:
    required = {edit.key: edit for edit in edits if edit.keyword == "required"}
    members = [edit for edit in edits if edit.keyword == "properties" and edit.key is not None]
    gone = _by_meaning([(edit, edit.before, edit.key in required) for edit in members if edit.removed])
    new = _by_meaning([(edit, edit.after, edit.key in required) for edit in members if edit.added])
    for key, (removed, *more) in gone.items():
        if more or len(new.get(key, ())) != 1:
            continue  # Which of them became which is anyone's guess.
        added = new[key][0]
        if not _one_field(removed, added, required=removed.key in required):
            continue
        where = member(pair.after.pointer, added)
        named = [required[edit.key] for edit in (removed, added) if edit.key in required]
        yield Named(
            pointer=where,
            message=f"field '{jsontext.clip(str(removed.key), 60)}' is now {called(where)}",
            edits=(removed, added, *named),
        )


def _one_field(removed: Edit, added: Edit, *, required: bool) -> bool:
    """Return whether two fields of one schema are likely the same: alike in name, in description, or both needed."""
    if SequenceMatcher(None, str(removed.key), str(added.key)).ratio() >= SIMILAR:
        return True
    said = [field.get("description") if isinstance(field, dict) else None for field in (removed.before, added.after)]
    return said[0] == said[1] and (said[0] is not None or required)


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
