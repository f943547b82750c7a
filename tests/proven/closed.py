"""The `declared` reading, for instances and written apart from the product: does one hold only what is declared?

`comes_back(schema, instance)` walks an instance and its schema together. Wherever the parts of a schema that hold for
an object declare ``properties`` and none says anything about others, its members have to be declared by one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema
import referencing

_SPEAKS = ("additionalProperties", "unevaluatedProperties", "patternProperties")
_Found = tuple[frozenset[str] | None, bool]
"""What is declared for an object (None: nothing was said), and whether something is said about others."""


def comes_back(schema: Any, instance: Any) -> bool:
    """Return whether *instance* is valid, and can come back from a writer that fills only declared properties."""
    return jsonschema.Draft202012Validator(schema, registry=referencing.Registry()).is_valid(instance) and _fills(
        schema, schema, instance
    )


def _fills(root: Any, schema: Any, value: Any) -> bool:
    if not isinstance(value, dict):
        return any(True for _ in _ways(root, schema, value))
    return any(names is None or speaks or value.keys() <= names for names, speaks in _ways(root, schema, value))


def _ways(root: Any, schema: Any, value: Any) -> Iterator[_Found]:
    """Yield each way in which *value* comes back under *schema*, one for each choice of alternatives."""
    if not isinstance(schema, dict):
        if schema:
            yield None, False
        return
    if not all(_fills(root, part, child) for part, child in _children(schema, value)):
        return
    own = frozenset(schema["properties"]) if "properties" in schema else None
    found: list[_Found] = [(own, any(keyword in schema for keyword in _SPEAKS))]
    for choices in _groups(root, schema, value):
        found = [_both(one, other) for one in found for choice in choices for other in _ways(root, choice, value)]
    yield from dict.fromkeys(found)


def _groups(root: Any, schema: dict[str, Any], value: Any) -> Iterator[list[Any]]:
    """Yield the parts that hold for the same value; of each group, one is chosen."""
    if "$ref" in schema:
        yield [_resolve(root, schema["$ref"])]
    yield from ([part] for part in schema.get("allOf", ()))
    for keyword in ("anyOf", "oneOf"):
        if keyword in schema:
            yield [branch for branch in schema[keyword] if _holds(root, branch, value)]
    if "if" in schema:
        branch = "then" if _holds(root, schema["if"], value) else "else"
        yield [schema.get(branch, True)]
    for name, part in schema.get("dependentSchemas", {}).items():
        if isinstance(value, dict) and name in value:
            yield [part]


def _children(schema: dict[str, Any], value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, dict):
        declared = schema.get("properties", {})
        yield from ((declared[name], child) for name, child in value.items() if name in declared)
        others = schema.get("additionalProperties", True)
        if not schema.get("patternProperties"):
            yield from ((others, child) for name, child in value.items() if name not in declared)
    if isinstance(value, list):
        first = schema.get("prefixItems", [])
        yield from zip(first, value, strict=False)
        yield from ((schema.get("items", True), child) for child in value[len(first) :])


def _both(one: _Found, other: _Found) -> _Found:
    names = other[0] if one[0] is None else one[0] if other[0] is None else one[0] | other[0]
    return names, one[1] or other[1]


def _resolve(root: Any, reference: str) -> Any:
    where = root.get("$id", "").removesuffix("#")
    resource = referencing.jsonschema.DRAFT202012.create_resource(root)
    registry = referencing.Registry().with_resource(where, resource).crawl()
    return registry.resolver(base_uri=where).lookup(reference).contents


def _holds(root: Any, schema: Any, value: Any) -> bool:
    validator = jsonschema.Draft202012Validator(root, registry=referencing.Registry())
    return bool(validator.evolve(schema=schema).is_valid(value))
