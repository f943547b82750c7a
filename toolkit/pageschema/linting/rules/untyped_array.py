"""PS402 untyped-array."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import SAME_INSTANCE, Subject
from pageschema.linting.wording import field
from pageschema.schema import Place


def _find(subject: Subject) -> Iterator[Flaw]:
    for place in subject.asked_holding("type"):
        types = place.schema["type"]
        is_array = types == "array" or (isinstance(types, list) and "array" in types)
        if is_array and not place.schema.keys() & {"enum", "const"} and not _has_typed_items(subject, place):
            yield Flaw(
                pointer=place.pointer,
                message=f"{field(place)} is an array that does not say what its items are",
                remedy=_remedy(subject, place),
            )


def _has_typed_items(subject: Subject, place: Place) -> bool:
    around = place
    while around.keyword in SAME_INSTANCE and around.parent is not None:
        around = around.parent
    team = subject.team(around)
    return not team.is_whole or any(_types_items(subject, member) for member in team.places)


def _types_items(subject: Subject, place: Place) -> bool:
    if not isinstance(place.schema, dict):
        return False
    items = subject.by_pointer.get(f"{place.pointer}/items")
    if items is not None:
        return subject.has_type(items)
    return bool(place.schema.get("prefixItems")) or "items" in place.schema  # a list of items is a tuple


def _remedy(subject: Subject, place: Place) -> str:
    if subject.model_schema is not None:
        return "say what one item is: list[str], or a list of a model"
    items = place.schema.get("items")
    if items is None and isinstance(place.schema.get("properties"), dict):
        return 'put the fields into its items: "items": {"type": "object", "properties": {…}}'
    if isinstance(items, dict) and "properties" in items:
        return 'add "type": "object" to its items'
    return 'say what one item is: "items": {"type": "string"}'


UNTYPED_ARRAY = LintRule(
    code="PS402",
    name="untyped-array",
    severity=Severity.WARNING,
    summary="an array without `items`, or with items of no type",
    why=(
        "The model is told to collect, not what. Items come back as strings here and as objects there. Decoders that "
        "are constrained by the schema cannot compile such an array. Pydantic's bare `list` gives this."
    ),
    source=(
        "Measured with json-schema-to-pydantic, which datalab-to/lift compiles schemas with: an array without items, "
        "or with {}, is refused."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "skills": {"type": "array", "description": "What the applicant can do"}
  }
}
""",
    flagged=("/properties/skills",),
    good="""\
{
  "type": "object",
  "properties": {
    "skills": {"type": "array", "description": "What the applicant can do", "items": {"type": "string"}}
  }
}
""",
    find=_find,
)
