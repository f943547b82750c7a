"""PS411 many-properties."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject

MANY = 300


def _find(subject: Subject) -> Iterator[Flaw]:
    count = len(subject.fields)
    if count > MANY:
        yield Flaw(
            pointer="",
            message=f"asks for {count:,} fields in one request",
            remedy="split it by part of the document, and extract from one checkpoint, so that it is parsed once",
        )


def many_fields(count: int) -> str:
    """Return the members of ``properties`` for *count* fields, for an example."""
    names = [f'"line_{number}": {{"$ref": "#/$defs/amount"}}' for number in range(1, count + 1)]
    return ",\n    ".join(", ".join(names[start : start + 3]) for start in range(0, count, 3))


MANY_PROPERTIES = LintRule(
    code="PS411",
    name="many-properties",
    severity=Severity.WARNING,
    summary=f"a page schema with more than {MANY} fields",
    why=(
        "All of them are answered in one piece of text: the longer it is, the more fields are left out or filled from "
        "the one beside, and the later it arrives. A schema of a public repository asks for twelve on average."
    ),
    source=(
        "Of 269 models of public repositories, 6 have more than 100 fields. Datalab's documentation, structured "
        "extraction: a checkpoint is extracted from as often as one likes, without paying for the parse again."
    ),
    bad=f"""\
{{
  "type": "object",
  "description": "A tax return with all its lines",
  "properties": {{
    {many_fields(MANY + 1)}
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
