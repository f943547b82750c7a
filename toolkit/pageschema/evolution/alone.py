"""One change made alone, so that it can be asked whom it breaks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pageschema import pointer
from pageschema import schema as schemas
from pageschema.evolution.comparison import Direction
from pageschema.evolution.edit import MISSING, Edit, apply
from pageschema.evolution.pairing import Pair, Side

OTHER = "other side"


def alone(pair: Pair, edits: Sequence[Edit], direction: Direction) -> Any:
    """Return the writer's schema with one change made, the way the reader has it, or None where that cannot be written.

    Args:
        pair: Where the schemas differ.
        edits: The change.
        direction: ``backward``: the old schema writes and gets the change; ``forward``: the new one, and loses it.
    """
    here, there = (pair.before, pair.after) if direction == "backward" else (pair.after, pair.before)
    made = [edit if direction == "backward" else edit.reversed() for edit in edits]
    if any(_has_anchor(side.root) for side in (here, there)):
        return None
    moved = [_moved(edit) for edit in made]
    changed = _put(here.root, pointer.parse(here.pointer), apply(_at(here), moved))
    if moved == made or not isinstance(changed, dict):
        return changed
    definitions = {**changed.get("$defs", {}), OTHER: schemas.rebase(there.root, _PREFIX)}
    return {**changed, "$defs": definitions}


def either(*readers: Any) -> Any:
    """Return a schema for what any of *readers* takes."""
    names = [f"reader {index}" for index in range(len(readers))]
    roots = {
        name: schemas.rebase(root, pointer.build(["$defs", name])) for name, root in zip(names, readers, strict=True)
    }
    return {"anyOf": [{"$ref": "#" + pointer.build(["$defs", name])} for name in names], "$defs": roots}


_PREFIX = pointer.build(["$defs", OTHER])


def _moved(edit: Edit) -> Edit:
    """Return *edit* with what it brings from the other side referring to that side."""
    if edit.after is MISSING or edit.keyword in {"enum", "required", "const"}:
        return edit
    moved = _rebase(edit.after)
    return Edit(keyword=edit.keyword, key=edit.key, before=edit.before, after=moved)


def _rebase(value: Any) -> Any:
    if isinstance(value, list):
        return [_rebase(item) for item in value]
    if isinstance(value, str) and value.startswith("#"):
        return f"#{_PREFIX}{value[1:]}"
    return schemas.rebase(value, _PREFIX)


def _at(side: Side) -> Any:
    return pointer.resolve(side.root, side.pointer)


def _put(root: Any, parts: tuple[str, ...], value: Any) -> Any:
    """Return *root* with *value* where *parts* lead."""
    if not parts:
        return value
    head, rest = parts[0], parts[1:]
    if isinstance(root, list):
        index = int(head)
        return [*root[:index], _put(root[index], rest, value), *root[index + 1 :]]
    return {key: _put(child, rest, value) if key == head else child for key, child in root.items()}


def _has_anchor(root: Any) -> bool:
    """Return whether *root* names places in ways that clash once it stands beside another schema."""
    return any(
        isinstance(place.schema, dict)
        and ("$anchor" in place.schema or "$dynamicAnchor" in place.schema or ("$id" in place.schema and place.pointer))
        for place in schemas.walk(root)
    )
