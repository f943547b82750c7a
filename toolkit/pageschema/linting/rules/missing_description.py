"""PS604 missing-description."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field
from pageschema.schema import Place


def _find(subject: Subject) -> Iterator[Flaw]:
    fields = [place for place in subject.fields if _asks(place)]
    missing = [place for place in fields if not _is_described(subject, place)]
    how = 'Field(description="…")' if subject.model_schema is not None else '"description": "…"'
    remedy = f"say what it is, where it stands and how it is written: {how}"
    if len(missing) == len(fields) > 1:
        yield Flaw(
            pointer="", message=f"none of its {len(fields)} fields has a description", remedy=f"of each, {remedy}"
        )
        return
    for place in missing:
        yield Flaw(pointer=place.pointer, message=f"{field(place)} has no description", remedy=remedy)


def _asks(place: Place) -> bool:
    """Whether something is asked: not by a tag (``"kind": {"const": "invoice"}``), not by a field that is forbidden.

    A field that says nothing at all is an untyped field, which another rule flags.
    """
    return isinstance(place.schema, dict) and bool(place.schema) and "const" not in place.schema


def _is_described(subject: Subject, place: Place) -> bool:
    """Whether the field, what it refers to, a branch of it or what one of its items is carries a description."""
    for member in subject.team(place).places:
        if _has_text(member.schema):
            return True
        items = subject.by_pointer.get(f"{member.pointer}/items")
        if items is not None and any(_has_text(item.schema) for item in subject.team(items).places):
            return True
    return not subject.team(place).is_whole


def _has_text(schema: object) -> bool:
    description = schema.get("description", "") if isinstance(schema, dict) else ""
    return not isinstance(description, str) or bool(description.strip())  # another rule flags what is no string


MISSING_DESCRIPTION = LintRule(
    code="PS604",
    name="missing-description",
    severity=Severity.WARNING,
    summary="a field without a description, or a schema in which no field has one (then once)",
    why=(
        "Names and descriptions are all that the model reads of your intent: which of three dates, with or without "
        "tax, as printed or normalised. Two models in three of public repositories leave a field undescribed."
    ),
    source=(
        'Datalab\'s documentation, structured extraction, "Common schema pitfalls": a description on every field. '
        'datalab-to/lift: descriptions "meaningfully improve accuracy".'
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "issued": {"type": "string", "format": "date", "description": "The date of the invoice"},
    "total": {"type": "number"}
  }
}
""",
    flagged=("/properties/total",),
    good="""\
{
  "type": "object",
  "properties": {
    "issued": {"type": "string", "format": "date", "description": "The date of the invoice"},
    "total": {"type": "number", "description": "The amount due, with tax"}
  }
}
""",
    find=_find,
)
