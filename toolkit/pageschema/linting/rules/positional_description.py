"""PS701 positional-description."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema import jsontext, pointer
from pageschema.finding import Severity
from pageschema.linting.descriptions import given_as_default
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field


def _find(subject: Subject) -> Iterator[Flaw]:
    for facts in given_as_default(subject):
        text = jsontext.clip(facts.first_argument or "", 40)
        for place in subject.places_of(facts.origin):
            yield Flaw(
                pointer=pointer.join(place.pointer, "default"),
                message=f"default of {field(place)} is '{text}', which reads as its description",
                remedy="Field() takes the default first: write Field(description=…)",
            )


POSITIONAL_DESCRIPTION = LintRule(
    code="PS701",
    name="positional-description",
    severity=Severity.WARNING,
    summary="a field of a model whose description was given to `Field()` as its default",
    why=(
        "The first argument of `Field()` is the default. The field is then optional and undescribed, and what was "
        "meant to describe it comes back as the answer wherever the document is silent."
    ),
    source=(
        "pydantic: Field(default, *, description=…). Found in the examples of ExtractThinker and in "
        "Certora/AutoProver, issue 117."
    ),
    bad="""\
from pydantic import BaseModel, Field


class Invoice(BaseModel):
    vendor: str = Field("Name of the company that sends the invoice")
    total: float = Field(description="The amount due, with tax")
""",
    flagged=("/properties/vendor/default",),
    good="""\
from pydantic import BaseModel, Field


class Invoice(BaseModel):
    \"\"\"An invoice.\"\"\"

    vendor: str | None = Field(None, description="Name of the company that sends the invoice")
    total: float | None = Field(None, description="The amount due, with tax")
""",
    find=_find,
    silences=("default-breaks-schema", "invented-default", "missing-description"),
)
