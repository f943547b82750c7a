"""Local references: what they name, and how they read when a schema moves."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from pageschema import schema as schemas
from pageschema.evolution.meaning import ANNOTATIONS


def resolve(root: Any, reference: str) -> tuple[str, Any]:
    """Return the pointer and the value of what a local *reference* names.

    Raises:
        KeyError: It is not local, or nothing stands there.
    """
    if reference == "#" or reference.startswith("#/"):
        return unquote(reference[1:]), schemas.local_target(root, reference)
    for place in schemas.walk(root):
        if isinstance(place.schema, dict) and reference == f"#{place.schema.get('$anchor', '')}" != "#":
            return place.pointer, place.schema
    raise KeyError(reference)


def follow(root: Any, schema: Any) -> Any:
    """Return what *schema* refers to where it does nothing else, through any number of references."""
    for _ in range(50):
        if not is_reference(schema):
            return schema
        try:
            _, schema = resolve(root, schema["$ref"])
        except KeyError:
            return schema
    return schema


def is_reference(schema: Any) -> bool:
    """Return whether *schema* is a ``$ref`` with nothing beside it but annotations."""
    return (
        isinstance(schema, dict)
        and isinstance(schema.get("$ref"), str)
        and all(keyword == "$ref" or keyword in ANNOTATIONS for keyword in schema)
    )


def rebase(schema: Any, prefix: str) -> Any:
    """Return *schema* with its local references pointing below *prefix*, where its root is about to stand.

    Names that would be declared twice (``$id``, ``$schema``) are left out.
    """

    def moved(place: dict[str, Any]) -> dict[str, Any]:
        kept = {key: value for key, value in place.items() if key not in {"$id", "$schema"}}
        reference = kept.get("$ref")
        if isinstance(reference, str) and (reference == "#" or reference.startswith("#/")):
            kept["$ref"] = f"#{prefix}{reference[1:]}"
        return kept

    return schemas.map_schema(schema, moved)
