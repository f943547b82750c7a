"""Bounds on hostile schemas, counted before anything slow is asked of them."""

from __future__ import annotations

import contextlib
from typing import Any

from pageschema import schema as schemas

MAX_IN_PLACE = 20_000
"""Most subschemas that may apply to one value: past that a validator may need minutes for a small instance."""

MAX_LEVELS = 240
"""jsonschema-rs refuses 255, and some levels are needed for what is built around a schema."""

_LISTS = ("allOf", "anyOf", "oneOf")
_SINGLES = ("not", "if", "then", "else")


def objection(schema: Any) -> str:
    """Return why *schema* is not worked with, or ``""``."""
    if not isinstance(schema, (dict, bool)):
        return "a schema is an object or a boolean"
    if _deeper_than(schema, MAX_LEVELS):
        return f"the schema is nested deeper than {MAX_LEVELS} levels"
    sizes: dict[int, int] = {}
    if any(in_place_size(schema, place.schema, sizes) > MAX_IN_PLACE for place in schemas.walk(schema)):
        return f"more than {MAX_IN_PLACE} subschemas may apply to one value"
    return ""


def in_place_size(root: Any, schema: Any, sizes: dict[int, int]) -> int:
    """Return how many subschemas may apply to one value that *schema*, a part of *root*, is applied to.

    References are followed, each target is counted once and remembered in *sizes*; a loop counts as one.
    """
    if not isinstance(schema, dict):
        return 1
    if id(schema) in sizes:
        return sizes[id(schema)]
    sizes[id(schema)] = 1
    total = 1 + sum(in_place_size(root, child, sizes) for child in _in_place(root, schema))
    sizes[id(schema)] = total
    return total


def _in_place(root: Any, schema: dict[str, Any]) -> list[Any]:
    found = [schema[keyword] for keyword in _SINGLES if keyword in schema]
    for keyword in _LISTS:
        if isinstance(schema.get(keyword), list):
            found.extend(schema[keyword])
    if isinstance(schema.get("dependentSchemas"), dict):
        found.extend(schema["dependentSchemas"].values())
    if isinstance(schema.get("$ref"), str):
        with contextlib.suppress(KeyError):  # The validators say what is wrong with it.
            found.append(schemas.local_target(root, schema["$ref"]))
    return found


def _deeper_than(value: Any, levels: int) -> bool:
    layer = [value]
    for _ in range(levels):
        layer = [
            child
            for item in layer
            if isinstance(item, (dict, list))
            for child in (item.values() if isinstance(item, dict) else item)
        ]
        if not layer:
            return False
    return True
