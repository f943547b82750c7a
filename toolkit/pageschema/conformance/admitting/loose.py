"""The API's keys where no schema is sure to look at them: beside the fields of a branch that was not taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pageschema.conformance.admitting.keywords import ON_ARRAYS, ON_OBJECTS
from pageschema.conformance.shape import Shape

if TYPE_CHECKING:
    from pageschema.conformance.admitting.writing import Writing


def has_loose(writing: Writing, shape: Shape) -> bool:
    """Return whether keys may stand at, or below, a place that no schema is sure to speak of."""
    return any(
        not each.is_certain(schema) and schema.keys() & (ON_OBJECTS | ON_ARRAYS)
        for each in writing.reachable(shape)
        for schema in each.applying
    )


def siblings_of(writing: Writing, shape: Shape) -> dict[str, Any]:
    """Return a schema of nothing but the API's keys, at a place and below it."""
    return {"$ref": writing.defined(("siblings", shape), lambda: _write_siblings(writing, shape))}


def _write_siblings(writing: Writing, shape: Shape) -> dict[str, Any]:
    writing.spend(1 + len(shape.siblings) + len(shape.names))
    properties: dict[str, Any] = {name: writing.sibling(suffix) for name, suffix in shape.siblings.items()}
    for name in sorted(shape.names):
        if writing.has_names(shape.field(name)):
            properties[name] = siblings_of(writing, shape.field(name))
        else:
            properties[name] = True
    written: dict[str, Any] = {"properties": properties} if properties else {}
    if writing.has_names(shape.field(None)):
        written["additionalProperties"] = siblings_of(writing, shape.field(None))
    if any(writing.has_names(shape.item(index)) for index in range(shape.places + 1)):
        written["prefixItems"] = [siblings_of(writing, shape.item(index)) for index in range(shape.places)]
        written["items"] = siblings_of(writing, shape.item(shape.places))
        if not shape.places:
            del written["prefixItems"]
    return written
