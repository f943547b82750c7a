"""PS807 recursive-schema."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.graph import shape
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import quoted


def _find(subject: Subject) -> Iterator[Flaw]:
    if subject.profile.takes_recursion or not subject.references:
        return
    edges = {place.pointer: [after.pointer for after in subject.leads_to(place)] for place in subject.places}
    for loop in shape(edges).loops:
        for reference in subject.references:
            if reference.target is not None and {reference.place.pointer, reference.target.pointer} <= loop:
                yield Flaw(
                    pointer=reference.pointer,
                    message=f"{quoted(reference.text)} leads back to itself, and recursion is not supported",
                    remedy="write out as many levels as a document has",
                )
                break


RECURSIVE_SCHEMA = LintRule(
    code="PS807",
    name="recursive-schema",
    severity=Severity.ERROR,
    summary="a schema that refers to itself, where the API takes none",
    why=(
        "Anthropic refuses it: a grammar without an end cannot be compiled. Two or three levels written out cover most "
        "documents."
    ),
    source="What each profile names as its sources: see the page on profiles.",
    profile="anthropic",
    bad="""\
{
  "type": "object",
  "properties": {"sections": {"type": "array", "description": "In order", "items": {"$ref": "#/$defs/Section"}}},
  "additionalProperties": false,
  "$defs": {
    "Section": {
      "type": "object",
      "properties": {
        "heading": {"type": "string", "description": "As printed"},
        "within": {"type": "array", "description": "Sections below it", "items": {"$ref": "#/$defs/Section"}}
      },
      "additionalProperties": false
    }
  }
}
""",
    flagged=("/$defs/Section/properties/within/items/$ref",),
    good="""\
{
  "type": "object",
  "properties": {
    "sections": {
      "type": "array",
      "description": "In order",
      "items": {
        "type": "object",
        "properties": {"heading": {"type": "string", "description": "As printed"}},
        "additionalProperties": false
      }
    }
  },
  "additionalProperties": false
}
""",
    find=_find,
)
