"""References that say nothing beside what they refer to."""

from __future__ import annotations

from typing import Any

from pageschema import schema as schemas
from pageschema.evolution.meaning import is_annotation


def follow(root: Any, schema: Any) -> Any:
    """Return what *schema* refers to where it does nothing else, through any number of references."""
    for _ in range(50):
        if not is_reference(schema):
            return schema
        try:
            _, schema = schemas.resolve(root, schema["$ref"])
        except KeyError:
            return schema
    return schema


def is_reference(schema: Any) -> bool:
    """Return whether *schema* is a ``$ref`` with nothing beside it but annotations."""
    return (
        isinstance(schema, dict)
        and isinstance(schema.get("$ref"), str)
        and all(keyword == "$ref" or is_annotation(keyword) for keyword in schema)
    )
