"""What of a schema's text decides which instances are valid, and what only tells people about them."""

from __future__ import annotations

from typing import Any

from pageschema import schema as schemas
from pageschema.solver import identity

ANNOTATIONS = frozenset(
    {
        "$comment", "contentEncoding", "contentMediaType", "contentSchema", "default", "deprecated", "description",
        "discriminator", "examples", "format", "readOnly", "title", "writeOnly",
    }
)  # fmt: skip
"""Keywords that assert nothing; `format` is one of them, as 2020-12 has it by default."""

_SETS = ("enum", "required", "type")


def meaning(schema: Any) -> Any:
    """Return a hashable that is equal for schemas that differ only in annotations and in the order of things."""
    return identity(schemas.map_schema(schema, _bare))


def _bare(schema: dict[str, Any]) -> dict[str, Any]:
    bare = {keyword: value for keyword, value in schema.items() if keyword not in ANNOTATIONS}
    for keyword in _SETS:
        if isinstance(bare.get(keyword), list):
            bare[keyword] = frozenset(identity(value) for value in bare[keyword])
    return bare
