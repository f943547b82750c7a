"""Keywords by what they speak of, and the small schemas that are written again and again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

TYPES = ("array", "boolean", "null", "number", "object", "string")
NOTHING: dict[str, Any] = {"not": {}}

AS_THEY_STAND = frozenset(
    {
        "exclusiveMaximum", "exclusiveMinimum", "format", "maxItems", "maxLength", "maximum", "minItems", "minLength",
        "minimum", "multipleOf", "pattern", "type",
    }
)  # fmt: skip
ON_OBJECTS = frozenset(
    {
        "additionalProperties", "dependentRequired", "dependentSchemas", "maxProperties", "minProperties",
        "patternProperties", "properties", "propertyNames", "required", "unevaluatedProperties",
    }
)  # fmt: skip
CLOSING = frozenset({"additionalProperties", "patternProperties", "unevaluatedProperties"})
ON_ARRAYS = frozenset(
    {"contains", "items", "maxContains", "minContains", "prefixItems", "unevaluatedItems", "uniqueItems"}
)
IN_PLACE = frozenset({"$ref", "allOf", "anyOf", "else", "if", "not", "oneOf", "then"})
VALUES = frozenset({"const", "enum", "type"})
SAYING = AS_THEY_STAND | ON_OBJECTS | ON_ARRAYS | IN_PLACE | VALUES


def or_null(written: Any) -> Any:
    """Return a schema that takes null too."""
    if not isinstance(written, dict):
        return written or {"type": "null"}
    if set(written) == {"anyOf"}:
        branches = written["anyOf"]
        return written if {"type": "null"} in branches else {"anyOf": [*branches, {"type": "null"}]}
    if written.keys() & (IN_PLACE | {"const"}):
        return {"anyOf": [written, {"type": "null"}]}
    widened = dict(written)
    if "type" in written:
        types = [written["type"]] if isinstance(written["type"], str) else written["type"]
        widened["type"] = types if "null" in types else [*types, "null"]
    if "enum" in written and None not in written["enum"]:
        widened["enum"] = [*written["enum"], None]
    return widened


def are_several(schemas: Iterable[tuple[Any, bool]]) -> bool:
    """Return whether more than one schema speaks of a place."""
    return sum(isinstance(schema, dict) for schema, _ in schemas) > 1


def never_null(names: Iterable[str]) -> dict[str, Any]:
    """Return a schema that refuses null for any of *names*, twice negated: it declares none of them."""
    declared = {name: {"type": [each for each in TYPES if each != "null"]} for name in sorted(names)}
    return {"not": {"not": {"properties": declared}}}
