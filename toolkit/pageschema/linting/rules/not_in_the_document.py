"""PS709 not-in-the-document."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field

_MADE = frozenset(
    {
        "getrandbits", "monotonic", "now", "perf_counter", "randint", "random", "time", "time_ns", "today",
        "token_hex", "token_urlsafe", "urandom", "utcnow", "uuid1", "uuid4", "uuid7",
    }
)  # fmt: skip


def _find(subject: Subject) -> Iterator[Flaw]:
    for facts in subject.facts.fields:
        place = subject.by_pointer.get(facts.pointer)
        made = next((name for name in facts.factory.split() if name in _MADE), None)
        if made and facts.is_sent and place is not None:
            yield Flaw(
                pointer=facts.pointer,
                message=f"{field(place)} is made by {made}() when nothing is found: no document holds it",
                remedy="leave it out of what is sent, in a model of its own or with SkipJsonSchema[…]",
                origin=facts.origin,
            )


NOT_IN_THE_DOCUMENT = LintRule(
    code="PS709",
    name="not-in-the-document",
    severity=Severity.NOTE,
    summary="a field whose default is made by the clock or by chance: an id, a time of creation",
    why=(
        "The field is for your own records. It is sent all the same, and the API fills it with whatever looks like it: "
        "the id of the invoice for that of the record, the day of issue for that of the upload."
    ),
    source="pydantic, fields: default_factory runs only where no value came.",
    bad="""\
from uuid import UUID, uuid4

from pydantic import BaseModel, Field


class Invoice(BaseModel):
    record: UUID = Field(default_factory=uuid4, description="The id of this record")
    total: float | None = Field(None, description="The amount due, with tax")
""",
    flagged=("/properties/record",),
    good="""\
from uuid import UUID, uuid4

from pydantic import BaseModel, Field
from pydantic.json_schema import SkipJsonSchema


class Invoice(BaseModel):
    \"\"\"An invoice.\"\"\"

    record: SkipJsonSchema[UUID] = Field(default_factory=uuid4)
    total: float | None = Field(None, description="The amount due, with tax")
""",
    find=_find,
)
