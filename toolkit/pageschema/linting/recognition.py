"""Telling a page schema from what people send in its place: data, a bare map of fields, a wrapper, an OpenAPI document.

One value is one kind of thing, so that one mistake is one finding. The evidence is what stands under each root key: a
keyword with a value that the keyword can have, or something else. A *field* called ``type`` or ``items`` has a schema
there, which those keywords cannot have.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from pageschema import jsontext, pointer
from pageschema.errors import InvalidJSON
from pageschema.linting import type_names


class Kind(StrEnum):
    """What a root object is."""

    SCHEMA = "schema"
    INSTANCE = "instance"
    PROPERTY_MAP = "property map"
    WRAPPER = "wrapper"
    OPENAPI = "OpenAPI document"


WRAPPINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("OpenAI's response_format", ("response_format", "json_schema", "schema")),
    ("OpenAI's response_format", ("json_schema", "schema")),
    ("OpenAI's text format", ("text", "format", "schema")),
    ("OpenAI's text format", ("format", "schema")),
    ("a tool definition", ("function", "parameters")),
    ("a tool definition", ("input_schema",)),
    ("a tool definition", ("inputSchema",)),
    ("a tool definition", ("parameters",)),
    ("a saved extraction schema", ("schema_json",)),
    ("the form that /extract takes", ("page_schema",)),
    ("a generation config", ("response_schema",)),
    ("a generation config", ("responseSchema",)),
    ("a request to Ollama", ("format",)),
    ("LlamaExtract's form", ("data_schema",)),
    ("a wrapper", ("json_schema",)),
    ("a wrapper", ("schema",)),
)
"""What wraps a schema, and the keys that lead to it."""


def kind_of(root: dict[str, Any]) -> Kind:
    """Return what *root* is; `Kind.SCHEMA` wherever the evidence is not clear."""
    if is_schema_map(root.get("properties")):
        return Kind.SCHEMA
    if any(isinstance(root.get(key), str) for key in ("openapi", "swagger")) or root.keys() >= {"paths", "components"}:
        return Kind.OPENAPI
    if wrapping(root) is not None:
        return Kind.WRAPPER
    fields = candidate_fields(root)
    if not fields or list(fields) == ["properties"]:
        return Kind.SCHEMA
    keywords = root.keys() - fields.keys()
    if not keywords & _APPLICATORS - {"$defs", "definitions"} and (
        "type" not in keywords or "object" in _folded(root["type"])
    ):
        if all(_may_be_field(value) for value in fields.values()) and (
            any(_is_field(value) for value in fields.values()) or _is_described_twice(fields)
        ):
            return Kind.PROPERTY_MAP
        if not keywords & (_APPLICATORS | {"type", "required", "$schema"}) and not any(map(_is_field, fields.values())):
            return Kind.INSTANCE
    return Kind.SCHEMA


def candidate_fields(root: dict[str, Any]) -> dict[str, Any]:
    """Return the members of *root* that are no keyword with a value such as the keyword can have."""
    is_array = "array" in _folded(root.get("type"))
    return {
        key: value
        for key, value in root.items()
        if not (
            key.startswith("x-") or (key in _WELL_FORMED and _WELL_FORMED[key](value) and (key != "items" or is_array))
        )
    }


def wrapping(root: dict[str, Any]) -> tuple[str, str, Any] | None:
    """Return what wraps a schema in *root*, the pointer to it, and the schema, decoded if it is JSON text."""
    if "properties" in root:
        return None
    for what, keys in WRAPPINGS:
        where = pointer.build(keys)
        try:
            inner = pointer.resolve(root, where)
        except KeyError:
            continue
        if isinstance(inner, str):
            inner = decoded(inner)
        if not isinstance(inner, dict) or not is_schema_map(inner.get("properties")):
            continue
        if any(isinstance(value, dict) and _is_field(value) for key, value in root.items() if key != keys[0]):
            continue  # a map of fields, one of which is called `schema`
        return what, where, inner
    return None


def decoded(text: str) -> Any:
    """Return the object that *text* holds as JSON, be it encoded more than once, or None."""
    value: Any = text
    while isinstance(value, str) and value.lstrip()[:1] in ("{", '"'):
        try:
            value = jsontext.parse(value, max_depth=jsontext.MAX_SCHEMA_DEPTH)
        except InvalidJSON:
            return None
    return value if isinstance(value, dict) else None


def is_schema_map(value: Any) -> bool:
    """Return whether *value* can stand under ``properties``."""
    return isinstance(value, dict) and all(isinstance(schema, (dict, bool)) for schema in value.values())


def field_schema(value: Any) -> Any:
    """Return the schema for a field of a bare map: the value, or the schema that a type name stands for."""
    return type_names.meant(value) if isinstance(value, str) else value


def _is_field(value: Any) -> bool:
    """Whether *value* is the schema of a field beyond doubt, or a type name in place of one."""
    if isinstance(value, str):
        return value in type_names.NAMES
    if not isinstance(value, dict):
        return False
    return any(key in value and _WELL_FORMED[key](value[key]) for key in _TELLING) or (
        isinstance(value.get("type"), str)
        and type_names.meant(value["type"]) is not None
        and all(key in _WELL_FORMED for key in value)
    )


def _may_be_field(value: Any) -> bool:
    if isinstance(value, str):
        return type_names.meant(value) is not None
    return _is_field(value) or (isinstance(value, dict) and all(key in _WELL_FORMED for key in value))


def _is_described_twice(fields: dict[str, Any]) -> bool:
    """Whether *fields* are two or more that have nothing but a description."""
    return len(fields) > 1 and all(
        isinstance(v, dict) and isinstance(v.get("description"), str) for v in fields.values()
    )


def _folded(names: Any) -> list[str]:
    return [name.casefold() for name in (names if isinstance(names, list) else [names]) if isinstance(name, str)]


def _is_type(value: Any) -> bool:
    names = _folded(value)
    return bool(names) and all(name in type_names.NAMES for name in names)


def _is_schema_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _is_instance_of(*types: type) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, types)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_schema(value: Any) -> bool:
    return isinstance(value, (dict, bool))


_APPLICATORS = frozenset({"$ref", "allOf", "anyOf", "oneOf", "enum", "const", "items", "$defs", "definitions"})
_TELLING = ("type", "$ref", "enum", "anyOf", "oneOf", "allOf", "properties", "items", "const")
_WELL_FORMED: dict[str, Callable[[Any], bool]] = {
    **dict.fromkeys(
        ("title", "description", "$comment", "$id", "$schema", "$anchor", "format", "pattern"), _is_instance_of(str)
    ),
    **dict.fromkeys(("allOf", "anyOf", "oneOf"), _is_schema_list),
    **dict.fromkeys(("$defs", "definitions", "patternProperties", "dependentSchemas"), is_schema_map),
    **dict.fromkeys(
        ("additionalProperties", "unevaluatedProperties", "propertyNames", "not", "if", "then"), _is_schema
    ),
    **dict.fromkeys(("else", "contains", "items", "additionalItems", "unevaluatedItems"), _is_schema),
    **dict.fromkeys(
        ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength"),
        _is_number,
    ),
    **dict.fromkeys(
        ("minItems", "maxItems", "minProperties", "maxProperties", "minContains", "maxContains"), _is_number
    ),
    **dict.fromkeys(
        ("uniqueItems", "deprecated", "readOnly", "writeOnly", "nullable", "strict"), _is_instance_of(bool)
    ),
    "$ref": _is_instance_of(str),
    "type": _is_type,
    "properties": is_schema_map,
    "required": _is_names,
    "enum": _is_instance_of(list),
    "examples": _is_instance_of(list),
    "const": lambda value: not isinstance(value, dict),
    "default": lambda value: not _is_field(value),
}
