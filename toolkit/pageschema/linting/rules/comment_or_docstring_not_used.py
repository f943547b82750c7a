"""PS707 comment-or-docstring-not-used."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema import jsontext
from pageschema.finding import Severity
from pageschema.linting.descriptions import unused
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field


def _find(subject: Subject) -> Iterator[Flaw]:
    for facts in unused(subject):
        kind = "docstring" if facts.docstring else "comment"
        remedy = "move it: Field(description=…)"
        if facts.docstring:
            remedy += ", or have docstrings below fields sent: model_config = ConfigDict(use_attribute_docstrings=True)"
        text = jsontext.clip(facts.docstring or facts.comment, 40)
        yield Flaw(
            pointer=facts.pointer,
            message=f"{field(subject.by_pointer[facts.pointer])} is described in a {kind}, which is not sent: '{text}'",
            remedy=remedy,
            origin=facts.origin,
        )


COMMENT_OR_DOCSTRING_NOT_USED = LintRule(
    code="PS707",
    name="comment-or-docstring-not-used",
    severity=Severity.WARNING,
    summary="a field of a model without a description, beside a comment or a docstring that would be one",
    why=(
        "People who read the source know what is meant, the model that extracts does not: comments and docstrings "
        "of fields are not part of the page schema."
    ),
    source="pydantic, ConfigDict.use_attribute_docstrings, off unless it is set.",
    bad="""\
from pydantic import BaseModel, Field


class Invoice(BaseModel):
    number: str = Field(description="The number of the invoice")
    total: float  # the amount due, with tax
    due: str
    \"\"\"The last day for payment.\"\"\"
""",
    flagged=("/properties/total", "/properties/due"),
    good="""\
from pydantic import BaseModel, ConfigDict, Field


class Invoice(BaseModel):
    \"\"\"An invoice.\"\"\"

    model_config = ConfigDict(use_attribute_docstrings=True)

    total: float | None = Field(None, description="The amount due, with tax")
    due: str | None = None
    \"\"\"The last day for payment.\"\"\"
""",
    find=_find,
    silences=("missing-description",),
)
