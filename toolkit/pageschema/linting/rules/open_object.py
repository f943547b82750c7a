"""PS802 open-object."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field


def _find(subject: Subject) -> Iterator[Flaw]:
    for place in subject.asked if subject.profile.closes_objects else ():
        schema = place.schema
        if not isinstance(schema, dict) or schema.get("additionalProperties") is False:
            continue
        types = schema.get("type")
        if (
            isinstance(schema.get("properties"), dict)
            or types == "object"
            or (isinstance(types, list) and "object" in types)
        ):
            yield Flaw(
                pointer=place.pointer,
                message=f"{field(place)} is an object without 'additionalProperties': false",
                remedy='add "additionalProperties": false',
            )


OPEN_OBJECT = LintRule(
    code="PS802",
    name="open-object",
    severity=Severity.ERROR,
    summary="an object that does not say `additionalProperties: false`, where the API wants it of every object",
    why=(
        "OpenAI and Anthropic refuse the schema: their grammar has to know all names. A map from names that the "
        "document decides to values cannot be asked for at all; ask for an array of pairs."
    ),
    source="What each profile names as its sources: see the page on profiles.",
    profile="openai",
    bad="""\
{
  "type": "object",
  "properties": {"total": {"type": "number", "description": "The amount due"}},
  "required": ["total"]
}
""",
    flagged=("",),
    good="""\
{
  "type": "object",
  "properties": {"total": {"type": "number", "description": "The amount due"}},
  "required": ["total"],
  "additionalProperties": false
}
""",
    find=_find,
)
