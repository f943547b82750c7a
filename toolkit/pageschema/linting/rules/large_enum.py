"""PS412 large-enum."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field

LARGEST = 250


def _find(subject: Subject) -> Iterator[Flaw]:
    for place in subject.asked_holding("enum"):
        values = place.schema["enum"]
        if isinstance(values, list) and len(values) > LARGEST:
            yield Flaw(
                pointer=place.pointer,
                message=f"{field(place)} lists {len(values):,} values to choose from",
                remedy="ask for what is printed, and look it up in the list afterwards",
            )


LARGE_ENUM = LintRule(
    code="PS412",
    name="large-enum",
    severity=Severity.WARNING,
    summary=f"an enum of more than {LARGEST} values",
    why=(
        "The whole list is read with every page, and choosing among hundreds of near misses is what models are worst "
        "at: a wrong code looks as good as the right one. What is printed can be matched by code that is always right."
    ),
    source=(
        "OpenAI structured outputs, supported schemas: at most 1,000 enum values in all, and 15,000 characters where "
        "one enum has more than 250."
    ),
    bad=f"""\
{{
  "type": "object",
  "properties": {{
    "code": {{
      "type": "string",
      "description": "The commodity code",
      "enum": [{", ".join(f'"C{number}"' for number in range(1, LARGEST + 2))}]
    }}
  }}
}}
""",
    flagged=("/properties/code",),
    good="""\
{
  "type": "object",
  "properties": {
    "code": {"type": "string", "description": "The commodity code as printed, 6 to 10 digits"}
  }
}
""",
    find=_find,
    silences=("enum-without-escape",),
)
