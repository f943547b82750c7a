"""Whether an instance holds a property that nobody declared: told apart from the code under test, and more loosely.

Every subschema that might apply to an object counts, whichever branch holds. So this never objects to a property that
some reading of the schema declares; what it objects to is foreign to all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema import pointer

_SPEAKS = ("additionalProperties", "unevaluatedProperties", "patternProperties")


def holds_only_declared(root: Any, instance: Any) -> bool:
    """Return whether no object in *instance* has a property that is foreign to a schema which declares some."""
    return _holds(root, [root], instance)


def _holds(root: Any, schemas: list[Any], value: Any) -> bool:
    if any(_takes_anything(root, schema) for schema in schemas):
        return True  # A branch that declares nothing says nothing: whoever takes it may write anything.
    parts = [part for schema in schemas for part in _in_place(root, schema, set())]
    if isinstance(value, dict):
        declared = {name for part in parts for name in part.get("properties", ())}
        closes = any("properties" in part for part in parts)
        if closes and not any(key in part for part in parts for key in _SPEAKS) and not declared >= value.keys():
            return False
        return all(_holds(root, list(_of_member(parts, name)), member) for name, member in value.items())
    if isinstance(value, list) and not any("contains" in part for part in parts):
        # Which items are contained is not told here; a contained one is closed otherwise than the rest.
        return all(_holds(root, list(_of_item(parts, index)), item) for index, item in enumerate(value))
    return True


def _in_place(root: Any, schema: Any, seen: set[int]) -> Iterator[dict[str, Any]]:
    if not isinstance(schema, dict) or id(schema) in seen:
        return
    seen.add(id(schema))
    yield schema
    inner = [part for key in ("allOf", "anyOf", "oneOf") for part in schema.get(key, ())]
    inner += [schema[key] for key in ("then", "else") if key in schema]
    inner += schema.get("dependentSchemas", {}).values()
    if "$ref" in schema:
        inner.append(pointer.resolve(root, schema["$ref"][1:]))
    for part in inner:
        yield from _in_place(root, part, seen)


def _takes_anything(root: Any, schema: Any) -> bool:
    """Return whether some choice of branches declares no property at all."""
    if not isinstance(schema, dict):
        return True
    if "properties" in schema:
        return False
    if "$ref" in schema and not _takes_anything(root, pointer.resolve(root, schema["$ref"][1:])):
        return False
    joint = [*schema.get("allOf", ()), *schema.get("dependentSchemas", {}).values()]
    joint += [schema[key] for key in ("then", "else") if key in schema and "if" in schema]
    return all(_takes_anything(root, part) for part in joint) and all(
        any(_takes_anything(root, part) for part in schema[key]) for key in ("anyOf", "oneOf") if schema.get(key)
    )


def _of_member(parts: list[dict[str, Any]], name: str) -> Iterator[Any]:
    for part in parts:
        if name in part.get("properties", {}):
            yield part["properties"][name]
        yield from part.get("patternProperties", {}).values()
        yield from (part[key] for key in ("additionalProperties", "unevaluatedProperties") if key in part)


def _of_item(parts: list[dict[str, Any]], index: int) -> Iterator[Any]:
    for part in parts:
        if index < len(part.get("prefixItems", ())):
            yield part["prefixItems"][index]
        yield from (part[key] for key in ("items", "unevaluatedItems") if key in part)
