"""PS803 optional-field."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field


def _find(subject: Subject) -> Iterator[Flaw]:
    for place in subject.fields if subject.profile.requires_all else ():
        if place.pointer not in subject.required:
            yield Flaw(
                pointer=place.pointer,
                message=f"{field(place)} is not required",
                remedy="name it in 'required', and let it take null where a document may not have it",
            )


OPTIONAL_FIELD = LintRule(
    code="PS803",
    name="optional-field",
    severity=Severity.ERROR,
    summary="a field that is not required, where the API wants all of them to be",
    why=(
        "OpenAI's strict mode refuses the schema. What a document may not have is a field that takes null: "
        '`["number", "null"]`.'
    ),
    source="What each profile names as its sources: see the page on profiles.",
    profile="openai",
    bad="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "description": "The amount due"},
    "tax": {"type": "number", "description": "What of it is tax"}
  },
  "required": ["total"],
  "additionalProperties": false
}
""",
    flagged=("/properties/tax",),
    good="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "description": "The amount due"},
    "tax": {"type": ["number", "null"], "description": "What of it is tax"}
  },
  "required": ["total", "tax"],
  "additionalProperties": false
}
""",
    find=_find,
)
