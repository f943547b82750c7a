"""PS405 tuple."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field


def _find(subject: Subject) -> Iterator[Flaw]:
    for place in subject.asked_holding("prefixItems", "items"):
        members = _members(place.schema)
        if not members:
            continue
        if subject.model_schema is not None:
            remedy = "write a model with a named field for each of them, or list[…] where all are alike"
        elif all(member == members[0] for member in members):
            remedy = 'say once what an item is: "items": {…}'
        else:
            remedy = 'make it an object: "properties" with a name for each of them'
        yield Flaw(
            pointer=place.pointer,
            message=f"{field(place)} is a tuple, whose items have a place each instead of a name",
            remedy=remedy,
        )


def _members(schema: Any) -> list[Any]:
    if not isinstance(schema, dict):
        return []
    for keyword in ("prefixItems", "items"):  # The list under `items` is draft-07's.
        if isinstance(schema.get(keyword), list):
            members: list[Any] = schema[keyword]
            return members
    return []


TUPLE = LintRule(
    code="PS405",
    name="tuple",
    severity=Severity.WARNING,
    summary="an array whose items each have a schema of their own by position, such as `tuple` gives",
    why=(
        "Items have no names for the model to go by, and one that is missing on the page shifts all that follow. "
        "Decoders that are constrained by the schema cannot compile it, and drop the constraint for all fields."
    ),
    source=(
        "Measured with json-schema-to-pydantic, which datalab-to/lift compiles schemas with: `prefixItems` is refused."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "period": {
      "type": "array",
      "description": "First and last day",
      "prefixItems": [{"type": "string"}, {"type": "string"}]
    }
  }
}
""",
    flagged=("/properties/period",),
    good="""\
{
  "type": "object",
  "properties": {
    "period_start": {"type": "string", "description": "First day of the period"},
    "period_end": {"type": "string", "description": "Last day of it"}
  }
}
""",
    find=_find,
)
