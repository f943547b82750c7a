"""PS504 required-not-nullable."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema import pointer
from pageschema.finding import Severity
from pageschema.linting.kinds import kinds_of
from pageschema.linting.options import needs_an_answer, says_one_type
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import quoted
from pageschema.schema import Place

_SHOWN = 3


def _find(subject: Subject) -> Iterator[Flaw]:
    places = [place for place in subject.fields if _may_not_be_silent(subject, place)]
    if len(places) < 2:
        return
    names = ", ".join(quoted(str(place.key)) for place in places[:_SHOWN])
    more = f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
    holders = {place.parent.pointer: place.parent for place in places if place.parent is not None}
    where, holder = next(iter(holders.items()))
    is_there = len(holders) == 1 and "required" in holder.schema
    yield Flaw(
        pointer=pointer.join(where, "required") if is_there else "",
        message=f"requires {names}{more}, none of which may be null",
        remedy=(
            "write … | None = None for what a document may not have"
            if subject.model_schema is not None
            else "leave out of 'required' what a document may not have"
        ),
    )


def _may_not_be_silent(subject: Subject, place: Place) -> bool:
    if not isinstance(place.schema, dict) or not place.schema.keys().isdisjoint({"const", "enum"}):
        return False
    return needs_an_answer(subject, place) and not _holds_more(subject, place)


def _holds_more(subject: Subject, place: Place) -> bool:
    kinds = {place.schema["type"]} if says_one_type(place.schema) else kinds_of(subject, place)
    return not kinds.isdisjoint({"object", "array"})


REQUIRED_NOT_NULLABLE = LintRule(
    code="PS504",
    name="required-not-nullable",
    severity=Severity.NOTE,
    summary="two or more required fields that may not be null (once a schema)",
    why=(
        "Required says that every document has it. Where one has not, the model invents a value, or the API answers "
        "null all the same, which breaks the schema."
    ),
    source=(
        "datalab-to/omni_extract_bench: Datalab's adapter expresses that a field is optional by leaving it out of "
        "`required`. datalab-to/lift, README: a required field that is absent comes back null. hindsight #4457. "
        "Four of five models of public repositories do this."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "number": {"type": "string", "description": "As printed, with its prefix"},
    "purchase_order": {"type": "string", "description": "The buyer's order, as printed"}
  },
  "required": ["number", "purchase_order"]
}
""",
    flagged=("/required",),
    good="""\
{
  "type": "object",
  "properties": {
    "number": {"type": "string", "description": "As printed, with its prefix"},
    "purchase_order": {"type": "string", "description": "The buyer's order, as printed"}
  },
  "required": ["number"]
}
""",
    find=_find,
)
