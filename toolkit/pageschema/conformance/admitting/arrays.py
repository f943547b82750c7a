"""What a page schema says of arrays, whose items may have the API's keys beside their fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pageschema.conformance.admitting.keywords import are_several
from pageschema.conformance.shape import Shape, array

if TYPE_CHECKING:
    from pageschema.conformance.admitting.here import Here
    from pageschema.conformance.admitting.writing import Writing


def write_array(writing: Writing, schema: dict[str, Any], here: Here, written: dict[str, Any]) -> None:
    """Write what *schema* says of arrays into *written*."""
    shape = here.shape
    prefix = array(schema, "prefixItems")
    items = schema.get("items")
    if prefix or (items is not None and shape.places):
        listed = [*prefix, *([items] * (shape.places - len(prefix)) if items is not None else [])]
        written["prefixItems"] = [_item(writing, each, index, shape) for index, each in enumerate(listed)]
    if items is not None:
        written["items"] = _item(writing, items, shape.places, shape)
    is_plain = all(writing.is_plain(shape.item(index)) for index in range(shape.places + 1))
    if schema.get("uniqueItems") is True:
        if is_plain:
            written["uniqueItems"] = True
        else:  # What makes two items differ may be the API's.
            written["maxItems"] = min(1, schema.get("maxItems", 1))
            writing.is_exact = False
    if "contains" in schema:
        _write_contains(writing, schema, written, is_plain=is_plain)
    if "unevaluatedItems" in schema:
        written["unevaluatedItems"] = _item(writing, schema["unevaluatedItems"], shape.places, shape)
        if not is_plain:
            writing.refuse(written, "array")


def _write_contains(writing: Writing, schema: dict[str, Any], written: dict[str, Any], *, is_plain: bool) -> None:
    if not is_plain:
        if schema.get("minContains") != 0 or "maxContains" in schema:
            writing.refuse(written, "array")
        return
    written["contains"] = writing.write(schema["contains"], writing.nowhere)
    written |= {keyword: schema[keyword] for keyword in ("minContains", "maxContains") if keyword in schema}


def _item(writing: Writing, schema: Any, index: int, shape: Shape) -> Any:
    return writing.enter(schema, shape.item(index), several=are_several(shape.of_item(index)))
