"""What of a schema's text decides which instances are valid, and what only tells people about them."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from pageschema import schema as schemas
from pageschema.solver import identity

_ASSERTING = frozenset(
    {
        "$anchor", "$defs", "$dynamicAnchor", "$dynamicRef", "$id", "$ref", "$schema", "const", "definitions",
        "dependencies", "dependentRequired", "enum", "exclusiveMaximum", "exclusiveMinimum", "maxContains", "maxItems",
        "maxLength", "maxProperties", "maximum", "minContains", "minItems", "minLength", "minProperties", "minimum",
        "multipleOf", "pattern", "required", "type", "uniqueItems",
    }
    | schemas.APPLICATORS
) - {"contentSchema"}  # fmt: skip


def is_annotation(keyword: str) -> bool:
    """Return whether *keyword* asserts nothing; `format` is one of them, and so is every keyword that is not known.

    Source: JSON Schema 2020-12 core, section 6.5; validation, section 7.
    """
    return keyword not in _ASSERTING and not keyword.startswith("*")


_SETS = ("enum", "required", "type")


def meaning_of_root(root: Any) -> Any:
    """Return the meaning of a whole schema, in which annotations count where a reference leads through one."""
    places = {place.pointer: place.schema for place in schemas.walk(root)}
    references = [schema.get("$ref", "#") for schema in places.values() if isinstance(schema, dict)]
    plain = all(
        not isinstance(each, str) or not each.startswith("#/") or unquote(each[1:]) in places for each in references
    )
    return meaning(root) if plain else identity(root)


def meaning(schema: Any) -> Any:
    """Return a hashable that is equal for schemas that differ only in annotations and in the order of things."""
    return identity(schemas.map_schema(schema, _bare))


def _bare(schema: dict[str, Any]) -> dict[str, Any]:
    bare = {keyword: value for keyword, value in schema.items() if not is_annotation(keyword)}
    for keyword in _SETS:
        if isinstance(bare.get(keyword), list):
            bare[keyword] = frozenset(identity(value) for value in bare[keyword])
    return bare
