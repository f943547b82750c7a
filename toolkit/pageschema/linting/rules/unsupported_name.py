"""PS806 unsupported-name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field


def _find(subject: Subject) -> Iterator[Flaw]:
    if subject.profile.name_pattern is None:
        return
    pattern, words = subject.profile.name_pattern
    for place in subject.fields:
        if not re.fullmatch(pattern, str(place.key)):
            yield Flaw(
                pointer=place.pointer,
                message=f"{field(place)} has a name that is not made of {words}",
                remedy=f"use {words} only",
            )


UNSUPPORTED_NAME = LintRule(
    code="PS806",
    name="unsupported-name",
    severity=Severity.ERROR,
    summary="a field with a name that the API of the profile does not take",
    why=("The schema is refused. What the field is called on the page belongs into its description."),
    source="What each profile names as its sources: see the page on profiles.",
    profile="extend",
    bad="""\
{
  "type": "object",
  "properties": {"total due": {"type": ["number", "null"], "description": "With tax"}}
}
""",
    flagged=("/properties/total due",),
    good="""\
{
  "type": "object",
  "properties": {"total_due": {"type": ["number", "null"], "description": "With tax"}}
}
""",
    find=_find,
    silences=("awkward-name",),
)
