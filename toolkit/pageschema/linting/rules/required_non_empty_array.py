"""PS502 required-non-empty-array."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema import pointer
from pageschema.finding import Severity
from pageschema.linting.edits import drop
from pageschema.linting.options import lists_options, needs_an_answer
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field, quoted
from pageschema.schema import Place


def _holders(subject: Subject) -> Iterator[tuple[Place, Place]]:
    """Yield each required array that must not be empty, and the schema that says so."""
    for place in subject.fields:
        may = isinstance(place.schema, dict) and ("minItems" in place.schema or lists_options(place.schema))
        if not may or not needs_an_answer(subject, place):
            continue
        for member in subject.all_of(place).places:
            if isinstance(member.schema, dict) and _is_never_empty(member.schema):
                yield place, member
                break


def _is_never_empty(schema: dict[str, Any]) -> bool:
    least: Any = schema.get("minItems")
    is_number = isinstance(least, (int, float)) and not isinstance(least, bool)
    is_tuple = "prefixItems" in schema or isinstance(schema.get("items"), list)
    return is_number and least >= 1 and schema.get("type", "array") == "array" and not is_tuple


def _find(subject: Subject) -> Iterator[Flaw]:
    for place, holder in _holders(subject):
        least = quoted(holder.schema["minItems"])
        yield Flaw(
            pointer=place.pointer,
            message=f"{field(place)} is required and must have at least {least} item{'' if least == '1' else 's'}",
            remedy=(
                "drop min_length: an empty list says that there are none"
                if subject.model_schema is not None
                else "drop 'minItems': an empty array says that there are none"
            ),
            fixable=True,
        )


def _fix(subject: Subject) -> Any:
    root = subject.fresh_value()
    for holder in {holder.pointer for _, holder in _holders(subject)}:
        drop(root, pointer.join(holder, "minItems"))
    return root


REQUIRED_NON_EMPTY_ARRAY = LintRule(
    code="PS502",
    name="required-non-empty-array",
    severity=Severity.WARNING,
    summary="a required array with `minItems` of 1 or more",
    why=(
        "A document without a single one has no valid answer but an invented one. That an invoice has lines is for the "
        "code that books it to say, not for the schema that reads it."
    ),
    source="phantomfill-lint, and the paper behind it: an item invented in 3 of 20 documents without any.",
    bad="""\
{
  "type": "object",
  "properties": {
    "notes": {"type": "array", "description": "Handwritten notes", "items": {"type": "string"}, "minItems": 1}
  },
  "required": ["notes"]
}
""",
    flagged=("/properties/notes",),
    good="""\
{
  "type": "object",
  "properties": {
    "notes": {"type": "array", "description": "Handwritten notes", "items": {"type": "string"}}
  },
  "required": ["notes"]
}
""",
    find=_find,
    fix=_fix,
)
