"""PS703 cannot-generate."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.finding import Origin, Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject


def _find(subject: Subject) -> Iterator[Flaw]:
    refused = subject.refused
    if refused is not None:
        origin = refused.at if isinstance(refused.at, Origin) else Origin(file=refused.where or None)
        yield Flaw(pointer="", message=refused.what, remedy=refused.remedy, origin=origin)


CANNOT_GENERATE = LintRule(
    code="PS703",
    name="cannot-generate",
    severity=Severity.ERROR,
    summary="a model that has no page schema: a type that JSON has no value for, a name that nobody defined, a hook "
    "that raises",
    why=(
        "There is nothing to send. What stands in the way is one field, and Pydantic names the type but seldom the "
        "field."
    ),
    source="pydantic: PydanticInvalidForJsonSchema, PydanticUndefinedAnnotation.",
    bad="""\
from collections.abc import Callable

from pydantic import BaseModel, Field


class Invoice(BaseModel):
    total: float = Field(description="The amount due, with tax")
    rounding: Callable[[float], float] = round
""",
    flagged=("",),
    good="""\
from collections.abc import Callable

from pydantic import BaseModel, Field
from pydantic.json_schema import SkipJsonSchema


class Invoice(BaseModel):
    \"\"\"An invoice.\"\"\"

    total: float | None = Field(None, description="The amount due, with tax")
    rounding: SkipJsonSchema[Callable[[float], float]] = round
""",
    find=_find,
)
