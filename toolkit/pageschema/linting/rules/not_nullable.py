"""PS804 not-nullable."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field

_SCALARS = frozenset({"string", "number", "integer", "boolean"})


def _find(subject: Subject) -> Iterator[Flaw]:
    for place in subject.fields if subject.profile.needs_null else ():
        if isinstance(place.schema, dict) and not _takes_null(place.schema):
            yield Flaw(
                pointer=place.pointer,
                message=f"{field(place)} does not take null",
                remedy="add \"null\" to its 'type', and null to its 'enum' if it has one",
            )


def _takes_null(schema: dict[str, Any]) -> bool:
    types = schema.get("type")
    listed = types if isinstance(types, list) else [types]
    if isinstance(schema.get("enum"), list) and None not in schema["enum"]:
        return False
    return "null" in listed or not any(isinstance(each, str) and each in _SCALARS for each in listed)


NOT_NULLABLE = LintRule(
    code="PS804",
    name="not-nullable",
    severity=Severity.ERROR,
    summary="a field of one value, or an enum, that does not take null, where the API wants it to",
    why=(
        "Extend refuses the schema with status 400. Items of an array are the other way round: they are to be of one "
        "type alone."
    ),
    source="What each profile names as its sources: see the page on profiles.",
    profile="extend",
    bad="""\
{
  "type": "object",
  "properties": {"total": {"type": "number", "description": "The amount due"}}
}
""",
    flagged=("/properties/total",),
    good="""\
{
  "type": "object",
  "properties": {"total": {"type": ["number", "null"], "description": "The amount due"}}
}
""",
    find=_find,
)
