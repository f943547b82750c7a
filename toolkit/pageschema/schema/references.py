"""Local references: what they name, and how they read when a schema moves."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from pageschema.schema.walking import local_target, map_schema, walk


def resolve(root: Any, reference: str) -> tuple[str, Any]:
    """Return the pointer and the value of what a local *reference* names.

    Raises:
        KeyError: It is not local, or nothing stands there.
    """
    if reference == "#" or reference.startswith("#/"):
        return unquote(reference[1:]), local_target(root, reference)
    for place in walk(root):
        if isinstance(place.schema, dict) and reference == f"#{place.schema.get('$anchor', '')}" != "#":
            return place.pointer, place.schema
    raise KeyError(reference)


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

    return map_schema(schema, moved)
