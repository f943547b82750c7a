"""The keywords of JSON Schema: which there are, which type each is about, and what value each takes.

Source: JSON Schema 2020-12, core and validation.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

OF_TYPE: dict[str, frozenset[str]] = {
    "string": frozenset({"minLength", "maxLength", "pattern", "contentEncoding", "contentMediaType", "contentSchema"}),
    "number": frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}),
    "array": frozenset(
        {
            "items", "prefixItems", "contains", "minContains", "maxContains", "minItems", "maxItems", "uniqueItems",
            "unevaluatedItems",
        }
    ),
    "object": frozenset(
        {
            "properties", "patternProperties", "additionalProperties", "propertyNames", "required", "minProperties",
            "maxProperties", "dependentRequired", "dependentSchemas", "unevaluatedProperties",
        }
    ),
}  # fmt: skip
"""Keywords that constrain values of one type, and leave all others alone."""

TYPE_OF: dict[str, str] = {keyword: name for name, keywords in OF_TYPE.items() for keyword in keywords}

STRING_FORMATS = frozenset(
    {
        "date", "date-time", "time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6",
        "uri", "uri-reference", "iri", "iri-reference", "uri-template", "uuid", "json-pointer", "relative-json-pointer",
        "regex",
    }
)  # fmt: skip
"""The formats of 2020-12, all of them about strings."""

FORMATS = STRING_FORMATS | {
    # The OpenAPI format registry.
    "base64url", "binary", "byte", "char", "commonmark", "date-time-local", "decimal", "decimal128", "double",
    "double-int", "float", "html", "http-date", "int8", "int16", "int32", "int64", "media-range", "password",
    "sf-binary", "sf-boolean", "sf-decimal", "sf-integer", "sf-string", "sf-token", "time-local", "uint8", "uint16",
    "uint32", "uint64", "unixtime",
    # Pydantic, and pydantic-extra-types.
    "base64", "directory-path", "file-path", "ipv4interface", "ipv4network", "ipv6interface", "ipv6network",
    "ipvanyaddress", "ipvanyinterface", "ipvanynetwork", "json-string", "multi-host-uri", "name-email", "path",
    "socket-path", "ulid", "uuid1", "uuid3", "uuid4", "uuid5", "uuid6", "uuid7", "uuid8",
    # Older drafts.
    "host-name", "ip-address", "style", "utc-millisec",
}  # fmt: skip
"""Those, and the formats of the tools that schemas come from; each means something to somebody."""

_ANY_TYPE = frozenset({"type", "enum", "const", "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "format"})
_SAYING = frozenset({"title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly"})
_CORE = frozenset(
    {
        "$schema", "$vocabulary", "$id", "$ref", "$anchor", "$dynamicRef", "$dynamicAnchor", "$comment", "$defs",
    }
)  # fmt: skip
KEYWORDS = frozenset(TYPE_OF) | _ANY_TYPE | _SAYING | _CORE
"""Every keyword of 2020-12."""

ELSEWHERE = frozenset(
    {
        # Older drafts.
        "additionalItems", "definitions", "dependencies", "disallow", "divisibleBy", "extends", "id", "$recursiveRef",
        "$recursiveAnchor",
        # OpenAPI.
        "discriminator", "example", "externalDocs", "nullable", "xml",
        # Of tools that send schemas: Datalab's dashboard, Gemini, OpenAI, json-schema-to-typescript, form builders.
        "dashboard", "propertyOrdering", "strict", "tsType", "tsEnumNames", "enumNames", "enumDescriptions",
        "markdownDescription", "errorMessage", "formatMinimum", "formatMaximum", "order", "name",
    }
)  # fmt: skip
"""Names that mean something elsewhere, and so are no slip of the pen here."""


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_switch(value: Any) -> bool:
    return isinstance(value, bool)


def _is_schema(value: Any) -> bool:
    return isinstance(value, (dict, bool))


def _is_map(value: Any) -> bool:
    return isinstance(value, dict) and all(_is_schema(each) for each in value.values())


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _is_schemas(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(_is_schema(each) for each in value)


def _is_names(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, str) for each in value)


_FITS: dict[str, Callable[[Any], bool]] = {
    **dict.fromkeys(("title", "description", "format", "pattern", "$ref", "$id", "$schema", "$anchor"), _is_text),
    **dict.fromkeys(("$comment", "$dynamicRef", "$dynamicAnchor", "contentEncoding", "contentMediaType"), _is_text),
    **dict.fromkeys(OF_TYPE["number"] | {"minLength", "maxLength", "minItems", "maxItems"}, _is_number),
    **dict.fromkeys(("minContains", "maxContains", "minProperties", "maxProperties"), _is_number),
    **dict.fromkeys(("uniqueItems", "deprecated", "readOnly", "writeOnly"), _is_switch),
    **dict.fromkeys(("properties", "patternProperties", "dependentSchemas", "$defs"), _is_map),
    **dict.fromkeys(("additionalProperties", "propertyNames", "unevaluatedProperties", "contains"), _is_schema),
    **dict.fromkeys(("items", "unevaluatedItems", "not", "if", "then", "else", "contentSchema"), _is_schema),
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), _is_schemas),
    **dict.fromkeys(("enum", "examples"), _is_list),
    "required": _is_names,
    "type": lambda value: _is_text(value) or _is_names(value),
    "dependentRequired": lambda value: isinstance(value, dict) and all(map(_is_names, value.values())),
}


def fits(keyword: str, value: Any) -> bool:
    """Return whether *value* is of the shape that *keyword* takes; a default or constant takes any."""
    return keyword not in _FITS or _FITS[keyword](value)
