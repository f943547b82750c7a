"""What tells the branches of a union apart, as far as their text shows it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any

_CONTAINERS = frozenset({"object", "array"})
_ALL_TYPES = frozenset({"array", "boolean", "null", "number", "object", "string"})
_MOST_REFERENCES = 20
_MOST_BRANCHES = 60

Target = Callable[[str], Any]
"""Returns what a local reference names, None if it is none."""


def holds_containers(value: Any) -> bool:
    """Return whether a value is an object or an array."""
    return isinstance(value, (dict, list))


def branch_of_containers(branches: Sequence[Any], target: Target) -> Any:
    """Return the one branch that takes objects and arrays, None where several do or none does."""
    found = [branch for branch in branches if _types(_resolved(branch, target)) & _CONTAINERS]
    return found[0] if len(found) == 1 else None


def are_disjoint(branches: Sequence[Any], target: Target) -> bool:
    """Return whether no value can be of two *branches*: by its type, or by a constant that each requires."""
    if len(branches) > _MOST_BRANCHES:
        return False
    resolved = [_resolved(branch, target) for branch in branches]
    return all(_apart(one, other, target) for one, other in combinations(resolved, 2))


def _apart(one: Any, other: Any, target: Target) -> bool:
    if one is False or other is False:
        return True
    if not isinstance(one, dict) or not isinstance(other, dict):
        return False
    common = _types(one) & _types(other)
    if not common or _have_no_value_in_common(one, other):
        return True
    if common != {"object"}:
        return False
    return any(
        _have_no_value_in_common(_field(one, name, target), _field(other, name, target))
        for name in _required(one) & _required(other)
    )


def _have_no_value_in_common(one: Any, other: Any) -> bool:
    first, second = _values(one), _values(other)
    return first is not None and second is not None and not first & second


def _values(schema: Any) -> frozenset[str] | None:
    """Return the texts that a schema allows; None where it may allow another."""
    if not isinstance(schema, dict):
        return None
    listed = [schema["const"]] if "const" in schema else schema.get("enum")
    if not isinstance(listed, list) or not all(isinstance(each, (str, bool)) for each in listed):
        return None
    return frozenset(json.dumps(each) for each in listed)


def _types(schema: Any) -> frozenset[str]:
    """Return the types that a schema may take, numbers and whole numbers alike."""
    if schema is False:
        return frozenset()
    if not isinstance(schema, dict):
        return _ALL_TYPES
    if (values := _values(schema)) is not None:
        return frozenset("string" if value[0] == '"' else "boolean" for value in values)
    listed = schema.get("type", [*_ALL_TYPES])
    types = [listed] if isinstance(listed, str) else listed
    return frozenset("number" if each == "integer" else each for each in types)


def _required(schema: dict[str, Any]) -> set[str]:
    required = schema.get("required")
    return {each for each in required if isinstance(each, str)} if isinstance(required, list) else set()


def _field(schema: dict[str, Any], name: str, target: Target) -> Any:
    properties = schema.get("properties")
    return _resolved(properties.get(name), target) if isinstance(properties, dict) else None


def _resolved(schema: Any, target: Target) -> Any:
    """Return *schema*, or what it refers to where that is all that it says by its first words."""
    for _ in range(_MOST_REFERENCES):
        if not isinstance(schema, dict) or not isinstance(schema.get("$ref"), str) or "type" in schema:
            return schema
        schema = target(schema["$ref"])
    return True
