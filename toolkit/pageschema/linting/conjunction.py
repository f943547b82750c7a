"""What judges one instance together, keyword by keyword: each said by a schema of its own, its place remembered.

Such a schema may say less than the keyword does, never more. What they leave is then at least what the whole leaves,
and where they leave nothing, nothing is left.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from pageschema import pointer
from pageschema.linting.questions import Questions
from pageschema.linting.subject import Subject
from pageschema.schema import Place

_AS_THEY_ARE = frozenset(
    {
        "type", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
        "minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems", "required", "minProperties",
        "maxProperties",
    }
)  # fmt: skip


class Part(NamedTuple):
    """One keyword: where it stands, its value, and a schema that says what it says."""

    place: Place
    keyword: str
    value: Any
    schema: dict[str, Any]

    @property
    def pointer(self) -> str:
        """Where the keyword stands."""
        return pointer.join(self.place.pointer, self.keyword)


def parts(subject: Subject, place: Place, questions: Questions) -> list[Part]:
    """Return the keywords that every instance of *place* has to satisfy, its references and ``allOf`` taken apart."""
    members = [member for member in subject.all_of(place).places if isinstance(member.schema, dict)]
    declared = Counter(name for member in members for name in _names(member.schema.get("properties")))
    shared = {name for name, times in declared.items() if times > 1}
    counts_items = any(member.schema.keys() & {"contains", "uniqueItems"} for member in members)
    found = []
    for member in members:
        for keyword, value in member.schema.items():
            schema = _said(member.schema, keyword, shared, questions, counts_items=counts_items)
            if schema is not None:
                found.append(Part(place=member, keyword=keyword, value=value, schema=schema))
    return found


def _said(
    schema: dict[str, Any], keyword: str, shared: set[str], questions: Questions, *, counts_items: bool
) -> dict[str, Any] | None:
    value = schema[keyword]
    if keyword in _AS_THEY_ARE:
        return {keyword: value}
    match keyword:
        case "properties":
            kept = {
                name: questions.part(child)
                for name, child in (value.items() if isinstance(value, dict) else ())
                if child is False or name in shared
            }
            return {"properties": kept} if kept else None
        case "additionalProperties":
            return closing(schema) if value is False else None
        case "items":
            row = schema.get("prefixItems")
            before = {"prefixItems": [True] * len(row)} if isinstance(row, list) and row else {}
            return {**before, "items": questions.part(value)} if value is False or counts_items else None
        case "contains":
            counts: dict[str, Any] = {key: schema[key] for key in ("minContains", "maxContains") if key in schema}
            return {"contains": questions.part(value), **counts}
        case "not" | "propertyNames":
            return {keyword: questions.part(value)}
        case "anyOf" | "oneOf":
            return {keyword: [questions.part(branch) for branch in value]} if isinstance(value, list) else None
    return None


def closing(schema: dict[str, Any]) -> dict[str, Any]:
    """Return what ``additionalProperties: false`` says in *schema*: that there is nothing but what it names."""
    return {
        "properties": dict.fromkeys(_names(schema.get("properties")), True),
        "patternProperties": dict.fromkeys(_names(schema.get("patternProperties")), True),
        "additionalProperties": False,
    }


def _names(value: Any) -> list[str]:
    return list(value) if isinstance(value, dict) else []
