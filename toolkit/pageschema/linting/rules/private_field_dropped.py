"""PS704 private-field-dropped."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema import jsontext
from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject


def _find(subject: Subject) -> Iterator[Flaw]:
    for facts in subject.facts.fields:
        if facts.is_sent or facts.used:
            continue
        name = jsontext.clip(facts.origin.field or "", 64)
        annotation = jsontext.clip(facts.annotation, 60)
        yield Flaw(
            pointer=facts.pointer,
            message=f"'{name}' is not sent: Pydantic takes a name with an underscore for a private attribute",
            remedy=f"write {name.lstrip('_')}: {annotation}, or if nobody shall extract it, = PrivateAttr()",
            origin=facts.origin,
        )


PRIVATE_FIELD_DROPPED = LintRule(
    code="PS704",
    name="private-field-dropped",
    severity=Severity.WARNING,
    summary="an annotated name with an underscore, of a type that could be extracted, that nothing else uses",
    why=(
        "Pydantic makes a private attribute of it, in silence: it is not in the page schema, nothing is extracted for "
        "it, and it is not set on the model."
    ),
    source='pydantic, models, "Private model attributes". Found in Mailparser, app/models/schemas.py.',
    bad="""\
from pydantic import BaseModel, Field


class Order(BaseModel):
    number: str = Field(description="The number of the order")
    _service: str | None
""",
    flagged=("",),
    good="""\
from pydantic import BaseModel, Field, PrivateAttr


class Order(BaseModel):
    \"\"\"An order.\"\"\"

    number: str | None = Field(None, description="The number of the order")
    service: str | None = Field(None, description="The service that was ordered")
    _source: str | None = PrivateAttr(None)
""",
    find=_find,
)
