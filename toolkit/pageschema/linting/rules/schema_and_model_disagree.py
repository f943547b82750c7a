"""PS705 schema-and-model-disagree."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema import jsontext
from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import quoted

_LEFT_OUT = "SkipJsonSchema"


def _find(subject: Subject) -> Iterator[Flaw]:
    for each in subject.facts.disagreements:
        name = jsontext.clip(each.origin.field or "", 40)
        if each.cause == _LEFT_OUT:
            message = f"field '{name}' is required by the model and left out of the schema by SkipJsonSchema"
            remedy = "give it a default, or send it: without SkipJsonSchema"
        else:
            witness = jsontext.clip(quoted(each.witness), 40)
            message = f"field '{name}': the schema takes {witness}, the model refuses it ({each.cause})"
            said = each.reason.removeprefix("Value error, ").removeprefix("Assertion failed, ")
            remedy = f"let both say the same; the model says: {said}"
        yield Flaw(pointer=each.pointer, message=jsontext.clip(message, 160), remedy=remedy, origin=each.origin)


SCHEMA_AND_MODEL_DISAGREE = LintRule(
    code="PS705",
    name="schema-and-model-disagree",
    severity=Severity.WARNING,
    summary="a field for which the page schema takes a value that the model refuses, shown by a value that was tried",
    why=(
        "The API answers as the schema asks, the pages are paid for, and the model then refuses the extraction. It "
        "happens where schema and reading are written by two hands: `SkipJsonSchema`, `WithJsonSchema`, "
        "`json_schema_extra`, a validator that runs first and expects text where the schema asks for a number or an "
        "ISO date, or one that tests what the schema could say. Checksums, look-ups and rules over several fields are "
        "not flagged: no schema can say them."
    ),
    source="Found by generating an instance of the page schema and loading it in the model.",
    bad="""\
import datetime as dt

from pydantic import BaseModel, Field, field_validator


class Invoice(BaseModel):
    number: str = Field(description="The number of the invoice")
    issued: dt.date = Field(description="The day of issue")

    @field_validator("issued", mode="before")
    @classmethod
    def read_german_date(cls, value: str) -> dt.date:
        return dt.datetime.strptime(value, "%d.%m.%Y").date()
""",
    flagged=("/properties/issued",),
    good="""\
import datetime as dt

from pydantic import BaseModel, Field, field_validator


class Invoice(BaseModel):
    \"\"\"An invoice.\"\"\"

    number: str | None = Field(None, description="The number of the invoice")
    issued: dt.date | None = Field(None, description="The day of issue")

    @field_validator("number")
    @classmethod
    def strip(cls, value: str) -> str:
        return value.strip()
""",
    find=_find,
    runs_code=True,
)
