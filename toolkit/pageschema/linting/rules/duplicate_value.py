"""PS212 duplicate-value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema import pointer
from pageschema.finding import Severity
from pageschema.linting.repetition import repeated, without_repeated
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import quoted
from pageschema.schema import Place

_LISTS = ("enum", "examples")
_SHORTEST = 4
"""Letters from which on case tells no two values apart: ``mW`` and ``MW`` are two."""


def _find(subject: Subject) -> Iterator[Flaw]:
    for where, keyword, value in repeated(subject, _LISTS):
        yield Flaw(
            pointer=where,
            message=f"{quoted(value)} stands in '{keyword}' already",
            remedy="drop it here, or write the value that was meant",
            fixable=True,
        )
    for place in subject.holding("enum"):
        if isinstance(place.schema.get("enum"), list):
            yield from _alike(place)


def _alike(place: Place) -> Iterator[Flaw]:
    """Yield a flaw for each word of an enum that stands there before in another case, or with a space more."""
    first: dict[str, str] = {}
    for index, value in enumerate(place.schema["enum"]):
        if not isinstance(value, str) or len(value) < _SHORTEST:
            continue
        other = first.setdefault(value.casefold().strip(), value)
        if other != value:
            yield Flaw(
                pointer=pointer.join(place.pointer, "enum", index),
                message=f"{quoted(value)} stands in 'enum' already, as {quoted(other)}",
                remedy="keep one of the two",
            )


def _fix(subject: Subject) -> Any:
    return without_repeated(subject, _LISTS)


DUPLICATE_VALUE = LintRule(
    code="PS212",
    name="duplicate-value",
    severity=Severity.WARNING,
    summary="a value that stands twice in an `enum` or among `examples`, there also in another case",
    why=(
        "It is what copying a line leaves behind: the value that was meant to be there is missing. Older drafts and "
        "some vendors refuse an `enum` that repeats a value."
    ),
    source=(
        "JSON Schema 2020-12 validation, section 6.1.2: the values of an enum should be unique. sourcemeta/jsonschema, "
        "rules duplicate_enum_values and duplicate_examples."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "status": {"type": "string", "description": "As stamped", "enum": ["open", "paid", "open"]}
  }
}
""",
    flagged=("/properties/status/enum/2",),
    good="""\
{
  "type": "object",
  "properties": {
    "status": {"type": "string", "description": "As stamped", "enum": ["open", "paid", "overdue"]}
  }
}
""",
    find=_find,
    fix=_fix,
    fix_is_safe=True,
)
