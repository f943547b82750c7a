"""Page schemas as people write them, and as Pydantic emits them: nested, recursive, nullable, in any script."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from pageschema.schema import PageSchema

NAMES = (
    "total", "invoice_number", "date", "vendor", "line_items", "currency", "notes", "address", "iban", "amount",
    "tax_rate", "quantity", "paid", "pages", "title", "default", "type", "numéro de page", "Währung", "顧客名",
)  # fmt: skip
DESCRIPTIONS = (
    "As printed on the document.",
    "Total amount due, without the currency sign.",
    "Date of issue (YYYY-MM-DD).",
    "Preserve leading zeros. Do NOT confuse with the order number.",
    "Nom complet, « tel quel ».",
)


_SHAPES: list[dict[str, Any]] = [
    {"type": "string"},
    {"type": "number"},
    {"type": "integer"},
    {"type": "boolean"},
    {"type": "string", "format": "date"},
    {"type": "string", "enum": ["EUR", "USD", "other"]},
    {"type": "number", "minimum": 0},
    {"type": "string", "maxLength": 40},
    {"type": "string", "pattern": "^[A-Z]{2}[0-9]{4}$"},
    {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None, "title": "Field"},
]

_NOTES: list[dict[str, Any]] = [{}, *({"description": text} for text in DESCRIPTIONS)]


def _containers(children: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    arrays = children.map(lambda items: {"type": "array", "items": items})
    objects = st.dictionaries(st.sampled_from(NAMES), children, min_size=1, max_size=3).map(
        lambda properties: {"type": "object", "properties": properties}
    )
    return st.one_of(arrays, objects)


# Built once: a strategy built anew in each draw is validated anew in each draw.
_LEAF = st.sampled_from([shape | note for shape in _SHAPES for note in _NOTES])
_PROPERTIES = st.dictionaries(
    st.sampled_from(NAMES),
    st.one_of(_LEAF, _LEAF, st.recursive(_LEAF, _containers, max_leaves=5)),
    min_size=1,
    max_size=4,
)
_EXTRAS = st.sampled_from(
    (
        None,
        None,
        ("Money", {"type": "object", "properties": {"amount": {"type": "number"}}, "required": ["amount"]}),
        (
            "Part",
            {
                "type": "object",
                "properties": {
                    "title": {"type": "string"},
                    "parts": {"type": "array", "items": {"$ref": "#/$defs/Part"}},
                },
            },
        ),
    )
)
_REQUIRED = st.lists(st.integers(0, 3), max_size=3)


@st.composite
def values(draw: st.DrawFn) -> dict[str, Any]:
    """Return the JSON value of a valid page schema: satisfiable, small, its references local."""
    properties = draw(_PROPERTIES)
    schema: dict[str, Any] = {"type": "object", "properties": properties}
    extra = draw(_EXTRAS)
    if extra:
        name, definition = extra
        schema["$defs"] = {name: definition}
        properties[name.lower()] = {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}
    required = draw(_REQUIRED)
    names = sorted(properties)
    if required:
        schema["required"] = sorted({names[index % len(names)] for index in required})
    return schema


def page_schemas() -> st.SearchStrategy[PageSchema]:
    """Return a strategy of page schemas that /extract must take."""
    return values().map(PageSchema.from_value)
