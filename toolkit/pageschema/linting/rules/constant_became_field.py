"""PS706 constant-became-field."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema import jsontext
from pageschema.finding import Severity
from pageschema.linting.constants import constants
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import quoted


def _find(subject: Subject) -> Iterator[Flaw]:
    for facts in constants(subject):
        annotation = jsontext.clip(facts.annotation, 30)
        value = jsontext.clip(quoted(subject.by_pointer[facts.pointer].schema["default"]), 30)
        for each in subject.places_of(facts.origin):
            yield Flaw(
                pointer=each.pointer,
                message=f"constant {quoted(facts.origin.field)} is sent as a field: annotated names are fields",
                remedy=f"write {facts.origin.field}: ClassVar[{annotation}] = {value}",
            )


CONSTANT_BECAME_FIELD = LintRule(
    code="PS706",
    name="constant-became-field",
    severity=Severity.WARNING,
    summary="a name in capitals with a value, among the fields of a model",
    why=(
        "An annotation makes a field of it: the API is asked to find the constant in the document, and what it finds "
        "takes the place of the value."
    ),
    source="pydantic, fields: ClassVar is left out. Found in ml_engineer_homework, app/models.py.",
    bad="""\
from pydantic import BaseModel, Field


class Invoice(BaseModel):
    FLOAT_TOLERANCE: float = 0.01
    total: float = Field(description="The amount due, with tax")
""",
    flagged=("/properties/FLOAT_TOLERANCE",),
    good="""\
from typing import ClassVar

from pydantic import BaseModel, Field


class Invoice(BaseModel):
    \"\"\"An invoice.\"\"\"

    FLOAT_TOLERANCE: ClassVar[float] = 0.01
    total: float | None = Field(None, description="The amount due, with tax")
""",
    find=_find,
)
