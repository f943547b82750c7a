"""PS801 unsupported-keyword."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema import pointer
from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field, quoted


def _find(subject: Subject) -> Iterator[Flaw]:
    profile = subject.profile
    if not profile.unsupported and not profile.values:
        return
    for place in subject.places:
        if not isinstance(place.schema, dict):
            continue
        for keyword in profile.unsupported.keys() & place.schema.keys():
            yield Flaw(
                pointer=pointer.join(place.pointer, keyword),
                message=f"'{keyword}' of {field(place)} {profile.unsupported[keyword]}",
                remedy=f"say it in the description; 'pageschema generate --profile {profile.name}' leaves it out",
            )
        for keyword in profile.values.keys() & place.schema.keys():
            if place.schema[keyword] not in profile.values[keyword]:
                yield Flaw(
                    pointer=pointer.join(place.pointer, keyword),
                    message=f"'{keyword}' of {field(place)} is {quoted(place.schema[keyword])}, which is not supported",
                    remedy=f"write {_choice([quoted(value) for value in profile.values[keyword]])}, or leave it out",
                )


def _choice(values: list[str]) -> str:
    return " or ".join(values) if len(values) < 3 else f"one of {', '.join(values)}"


UNSUPPORTED_KEYWORD = LintRule(
    code="PS801",
    name="unsupported-keyword",
    severity=Severity.ERROR,
    summary="a keyword, or a value of one, that the API of the profile refuses or ignores",
    why=(
        "What is refused fails the request. What is ignored is worse where one relies on it: the answer is bound by a "
        "smaller schema than the one that was sent."
    ),
    source="What each profile names as its sources: see the page on profiles.",
    profile="openai",
    bad="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "description": "The amount due", "not": {"const": 0}},
    "website": {"type": "string", "description": "Of the seller", "format": "uri"}
  },
  "required": ["total", "website"],
  "additionalProperties": false
}
""",
    flagged=("/properties/total/not", "/properties/website/format"),
    good="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "description": "The amount due, never 0"},
    "website": {"type": ["string", "null"], "description": "Of the seller"}
  },
  "required": ["total", "website"],
  "additionalProperties": false
}
""",
    find=_find,
    silences=("conditional-or-combined",),
)
