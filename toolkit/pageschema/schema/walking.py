"""Walking a JSON Schema by position, so that a *property* called ``default`` or ``$ref`` is not taken for a keyword.

Source: JSON Schema 2020-12 core, section 10 (applicators) and 8.2.4 (``$defs``); draft-07 ``definitions`` and
``dependencies`` are walked too, since schemas in the field still carry them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from pageschema import pointer

ONE = frozenset(
    {
        "additionalItems", "additionalProperties", "contains", "contentSchema", "else", "if", "not", "propertyNames",
        "then", "unevaluatedItems", "unevaluatedProperties",
    }
)  # fmt: skip
MANY = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
NAMED = frozenset({"$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties"})


APPLICATORS = ONE | MANY | NAMED | {"items"}
"""Keywords that hold subschemas."""


class Place(NamedTuple):
    """One subschema of a schema: its pointer, its value, and the position it stands in.

    `keyword` is the applicator that holds it ("" for the root) and `key` its name or index there, if any. `parent` is
    the schema around it.
    """

    pointer: str
    schema: Any
    keyword: str = ""
    key: str | int | None = None
    parent: Place | None = None

    @property
    def is_property(self) -> bool:
        """Whether this is the schema of a declared property."""
        return self.keyword == "properties"


def walk(schema: Any) -> Iterator[Place]:
    """Yield every subschema of *schema*, the root first, parents before children, in the order of the text.

    Only objects and booleans are subschemas; anything else in their position is left to the metaschema to refuse.
    """
    stack = [Place(pointer="", schema=schema)]
    while stack:
        place = stack.pop()
        yield place
        if isinstance(place.schema, dict) and not APPLICATORS.isdisjoint(place.schema):
            stack.extend(reversed(list(children(place))))


def children(place: Place) -> Iterator[Place]:
    """Yield the direct subschemas of *place*."""
    if not isinstance(place.schema, dict):
        return
    for keyword, value in place.schema.items():
        if keyword not in APPLICATORS:
            continue
        where = f"{place.pointer}/{keyword}"
        for key, child in _members(keyword, value):
            if isinstance(child, (dict, bool)):
                yield Place(where if key is None else pointer.join(where, key), child, keyword, key, place)


def map_schema(schema: Any, change: Callable[[dict[str, Any]], Any]) -> Any:
    """Return *schema* with *change* applied to each object subschema, children first. The argument is not modified."""
    if not isinstance(schema, dict):
        return schema
    rebuilt: dict[str, Any] = {}
    for keyword, value in schema.items():
        if keyword in NAMED and isinstance(value, dict):
            rebuilt[keyword] = {name: map_schema(child, change) for name, child in value.items()}
        elif (keyword in MANY or keyword == "items") and isinstance(value, list):
            rebuilt[keyword] = [map_schema(child, change) for child in value]
        elif keyword in ONE or keyword == "items":
            rebuilt[keyword] = map_schema(value, change)
        else:
            rebuilt[keyword] = value
    return change(rebuilt)


def local_target(root: Any, reference: str) -> Any:
    """Return the subschema of *root* that a local ``$ref`` such as ``#/$defs/Line`` names.

    Raises:
        KeyError: The reference is not a local pointer, or nothing stands there.
    """
    from urllib.parse import unquote

    if reference == "#":
        return root
    if not reference.startswith("#/"):
        raise KeyError(reference)
    return pointer.resolve(root, unquote(reference[1:]))


def _members(keyword: str, value: Any) -> Iterable[tuple[str | int | None, Any]]:
    if keyword in NAMED and isinstance(value, dict):
        return value.items()
    if (keyword in MANY or keyword == "items") and isinstance(value, list):
        return enumerate(value)
    return [(None, value)] if keyword in ONE or keyword == "items" else ()
