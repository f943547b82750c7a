"""PS414 large-schema."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.rules.many_properties import MANY, many_fields
from pageschema.linting.subject import Subject

LARGE = 100


def _find(subject: Subject) -> Iterator[Flaw]:
    count = len(subject.fields)
    if LARGE < count <= MANY:
        yield Flaw(
            pointer="",
            message=f"asks for {count:,} fields in one request",
            remedy="measure whether the fields at its end come back as often as those at its start; if not, split it",
        )


LARGE_SCHEMA = LintRule(
    code="PS414",
    name="large-schema",
    severity=Severity.NOTE,
    summary=f"a page schema with more than {LARGE} fields",
    why=(
        f"It works, but is worth a measurement: the more fields one answer holds, the more are left out. Past {MANY} "
        "it is a finding of its own."
    ),
    source="Of 269 models of public repositories, 6 have more than 100 fields.",
    bad=f"""\
{{
  "type": "object",
  "description": "A tax return with its schedules",
  "properties": {{
    {many_fields(LARGE + 1)}
  }},
  "$defs": {{"amount": {{"type": "number", "description": "The amount on this line"}}}}
}}
""",
    flagged=("",),
    good="""\
{
  "type": "object",
  "description": "The first page of a tax return",
  "properties": {
    "line_1": {"type": "number", "description": "Wages"},
    "line_2": {"type": "number", "description": "Interest"}
  }
}
""",
    find=_find,
)
