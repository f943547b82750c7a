"""PS604 missing-description."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.descriptions import describes_by_default, is_described, misplaced
from pageschema.linting.options import lists_options, options, stands_in_a_schema, tags
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field
from pageschema.linting.words import description
from pageschema.schema import Place


def _find(subject: Subject) -> Iterator[Flaw]:
    apart = tags(subject)
    fields = [place for place in subject.fields if place.pointer not in apart and _asks(subject, place)]
    described = {place.pointer for place in fields if description(place.schema) or is_described(subject, place)}
    elsewhere = misplaced(subject)
    missing = [
        place
        for place in fields
        if place.pointer not in described
        and not describes_by_default(place)
        and not (elsewhere and subject.origin(place.pointer, None) in elsewhere)
    ]
    how = 'Field(description="…")' if subject.model_schema is not None else '"description": "…"'
    remedy = f"say what it is, where it stands and how it is written: {how}"
    if not described and len(missing) > 1:
        yield Flaw(
            pointer="", message=f"none of its {len(missing)} fields has a description", remedy=f"of each, {remedy}"
        )
        return
    for place in missing:
        if not _speaks_through_its_fields(subject, place, described):
            yield Flaw(pointer=place.pointer, message=f"{field(place)} has no description", remedy=remedy)


def _asks(subject: Subject, place: Place) -> bool:
    """Whether something is asked: not by a tag (``"kind": {"const": "invoice"}``), not by a field that is forbidden.

    A field that says nothing at all is an untyped field, which another rule flags.
    """
    if not isinstance(place.schema, dict) or not place.schema or stands_in_a_schema(place):
        return False
    if not lists_options(place.schema):
        return True
    return "const" not in place.schema and len(options(subject, place) or (0, 1)) != 1


def _speaks_through_its_fields(subject: Subject, place: Place, described: set[str]) -> bool:
    """Whether the field is an object, or an array of objects, each field of which is described."""
    within = [child for member in _members(subject, place) for child in _properties(subject, member)]
    return bool(within) and all(child.pointer in described or not _asks(subject, child) for child in within)


def _members(subject: Subject, place: Place) -> Iterator[Place]:
    """Yield what judges the value of the field, and what judges one of its items."""
    for member in subject.team(place).places:
        yield member
        items = subject.by_pointer.get(f"{member.pointer}/items")
        if items is not None:
            yield from subject.team(items).places


def _properties(subject: Subject, place: Place) -> list[Place]:
    return [child for child in subject.leads_to(place) if child.is_property]


MISSING_DESCRIPTION = LintRule(
    code="PS604",
    name="missing-description",
    severity=Severity.WARNING,
    summary="a field without a description, or a schema in which no field has one (then once)",
    why=(
        "Names and descriptions are all that the model reads of your intent: which of three dates, with or without "
        "tax, as printed or normalised. Two models in three of public repositories leave a field undescribed. "
        "Some fields need none, and are left alone: an object, or a list of objects, each field of which is described, "
        "as where a nested model stands; a field with one possible value, such as a tag "
        '`kind: Literal["invoice"]`; one that is forbidden or says nothing at all, which PS401 flags.'
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
