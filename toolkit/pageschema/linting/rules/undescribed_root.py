"""PS608 undescribed-root."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.words import description

FEW = 5


def _find(subject: Subject) -> Iterator[Flaw]:
    if len(subject.fields) > FEW and not description(subject.value):
        yield Flaw(
            pointer="",
            message="does not say what kind of document it is for",
            remedy=(
                "give the model a docstring: what the document is, and what holds for all fields"
                if subject.model_schema is not None
                else 'add "description" at the root: what the document is, and what holds for all fields'
            ),
        )


UNDESCRIBED_ROOT = LintRule(
    code="PS608",
    name="undescribed-root",
    severity=Severity.NOTE,
    summary=f"a page schema of more than {FEW} fields without a description at its root",
    why=(
        "One or two sentences at the root say once what all fields share: whose document it is, how dates and amounts "
        "are to be written, what to leave out."
    ),
    source="187 of 269 models of public repositories have none; the schemas of Datalab's own benchmark do.",
    bad="""\
{
  "type": "object",
  "properties": {
    "number": {"type": "string", "description": "As printed, with its prefix"},
    "issued_on": {"type": "string", "description": "The day of issue"},
    "due_on": {"type": "string", "description": "The day until which it is to be paid"},
    "seller": {"type": "string", "description": "Who sends it"},
    "buyer": {"type": "string", "description": "Who pays it"},
    "total": {"type": "number", "description": "The amount due"}
  }
}
""",
    flagged=("",),
    good="""\
{
  "type": "object",
  "description": "An invoice. Dates are written as YYYY-MM-DD.",
  "properties": {
    "number": {"type": "string", "description": "As printed, with its prefix"},
    "issued_on": {"type": "string", "description": "The day of issue"},
    "due_on": {"type": "string", "description": "The day until which it is to be paid"},
    "seller": {"type": "string", "description": "Who sends it"},
    "buyer": {"type": "string", "description": "Who pays it"},
    "total": {"type": "number", "description": "The amount due"}
  }
}
""",
    find=_find,
)
