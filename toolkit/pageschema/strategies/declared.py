"""A page schema as its writer reads it: an object has the properties that it declares, and no others.

Without that, a union of a model and one derived from it is no more than the model: whatever the derived one adds is
also something that the open model lets pass. And generated extractions would be full of keys that nobody writes.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from pageschema import pointer
from pageschema.schema import Place, children, local_target, walk

_ANYTHING: dict[str, Any] = {"not": {"const": "\0"}}
"""As good as `true`, which says nothing and would be forgotten."""

_IN_PLACE = frozenset(
    {
        "$ref", "allOf", "anyOf", "dependentRequired", "dependentSchemas", "else", "if", "not", "oneOf",
        "then",
    }
)  # fmt: skip
_CONTENT = frozenset(
    {
        "additionalProperties", "contains", "items", "maxProperties", "minProperties", "patternProperties",
        "prefixItems", "properties", "propertyNames", "required", "unevaluatedItems", "unevaluatedProperties",
    }
)  # fmt: skip
_ELSEWHERE = frozenset({"$anchor", "$dynamicAnchor", "$dynamicRef", "$id"})
"""Where references may lead along these, it is not known which schemas speak of the same values."""
_OF_VALUES = frozenset({"additionalProperties", "items", "prefixItems", "properties"})


def declared(root: dict[str, Any]) -> dict[str, Any]:
    """Return *root* with each object closed that declares properties and says nothing about others.

    An object that more than one schema speaks of stays as it is: closing one of them would shut out the others'
    properties. What only `required` names counts as declared.

    Args:
        root: A schema in which no part stands in two places; it is not modified.
    """
    closed = copy.deepcopy(root)
    if any(
        isinstance(place.schema, dict) and place.schema.keys() & (_ELSEWHERE if place.pointer else _ELSEWHERE - {"$id"})
        for place in walk(root)
    ):
        return closed
    for where, alone in _places(root).items():
        schema = pointer.resolve(closed, where)
        if not alone or not isinstance(schema, dict) or not isinstance(schema.get("properties"), dict):
            continue
        if schema.get("additionalProperties", False) in (True, {}):
            schema["additionalProperties"] = _ANYTHING
        elif not schema.keys() & (_IN_PLACE | {"additionalProperties", "unevaluatedProperties", "patternProperties"}):
            for name in schema.get("required", ()):
                schema["properties"].setdefault(name, {})
            if schema.get("minProperties", 0) <= len(schema["properties"]):
                schema["additionalProperties"] = False
    return closed


def _places(root: dict[str, Any]) -> dict[str, bool]:
    """Return the pointers of all subschemas that come into use, and whether each speaks of its values alone."""
    found: dict[str, bool] = {}
    stack = [("", True)]
    while stack:
        where, alone = stack.pop()
        alone = alone and found.get(where, True)
        if found.get(where) == alone:
            continue
        found[where] = alone
        schema = pointer.resolve(root, where)
        if not isinstance(schema, dict):
            continue
        reference = schema.get("$ref")
        if isinstance(reference, str):
            target = _target(root, reference)
            if target is not None:
                stack.append((target, alone and _says_only(schema, "$ref")))
        stack += [
            (place.pointer, alone and _is_alone(root, schema, place))
            for place in children(Place(pointer=where, schema=schema))
            if place.keyword not in {"$defs", "definitions"}
        ]
    return found


def _target(root: dict[str, Any], reference: str) -> str | None:
    """Return the pointer that a local reference stands for, or None where nothing stands."""
    from urllib.parse import unquote

    try:
        local_target(root, reference)
    except KeyError:
        return None
    return unquote(reference[1:])


def _is_alone(root: dict[str, Any], parent: dict[str, Any], place: Place) -> bool:
    """Return whether no other part of *parent* speaks of the values that *place* speaks of."""
    if place.keyword in _OF_VALUES:
        return not parent.keys() & (_IN_PLACE | {"contains", "patternProperties", "unevaluatedItems"})
    if place.keyword == "allOf":
        return _says_only(parent, "allOf") and len(parent["allOf"]) == 1
    if place.keyword == "anyOf":
        return _says_only(parent, "anyOf")
    if place.keyword == "oneOf":
        return _says_only(parent, "oneOf") and _are_told_apart([_kinds(root, each) for each in parent["oneOf"]])
    return False


def _says_only(schema: dict[str, Any], keyword: str) -> bool:
    return schema.keys() & (_IN_PLACE | _CONTENT) == {keyword}


def _kinds(root: dict[str, Any], schema: Any) -> dict[str | None, set[str]]:
    """Return what a value of *schema* shows it by: its type (None) and required properties of fixed values."""
    for _ in range(9):
        if isinstance(schema, dict) and isinstance(schema.get("$ref"), str):
            try:
                schema = local_target(root, schema["$ref"])
            except KeyError:
                return {}
    if not isinstance(schema, dict) or not isinstance(schema.get("type"), str):
        return {}
    properties = schema.get("properties", {})
    shown = {name: set(_fixed(properties.get(name))) for name in schema.get("required", ())}
    return {None: {schema["type"]}} | {name: values for name, values in shown.items() if values}


def _fixed(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if "const" in schema:
            yield repr(schema["const"])
        else:
            yield from map(repr, schema.get("enum", ()))


def _are_told_apart(kinds: list[dict[str | None, set[str]]]) -> bool:
    return all(
        any(one[name].isdisjoint(other[name]) for name in one.keys() & other.keys())
        for index, one in enumerate(kinds)
        for other in kinds[:index]
    )
