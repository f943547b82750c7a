"""PS212 duplicate-value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema import jsontext, pointer
from pageschema.finding import Severity
from pageschema.linting.edits import drop
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import quoted

_LISTS = ("enum", "examples")


def _repeated(subject: Subject) -> Iterator[tuple[str, str, Any]]:
    """Yield the pointer, the keyword and the value of each item that stands in the list before."""
    for place in subject.places:
        if not isinstance(place.schema, dict):
            continue
        for keyword in _LISTS:
            values = place.schema.get(keyword)
            if not isinstance(values, list) or len(values) < 2:
                continue
            seen: set[str] = set()
            for index, value in enumerate(values):
                text = f'"{value}"' if isinstance(value, str) else jsontext.canonical(value)
                if text in seen:
                    yield pointer.join(place.pointer, keyword, index), keyword, value
                seen.add(text)


def _find(subject: Subject) -> Iterator[Flaw]:
    for where, keyword, value in _repeated(subject):
        yield Flaw(
            pointer=where,
            message=f"{quoted(value)} stands in '{keyword}' already",
            remedy="drop it here, or write the value that was meant",
            fixable=True,
        )


def _fix(subject: Subject) -> Any:
    root = subject.fresh_value()
    for where, _, _ in reversed(list(_repeated(subject))):
        drop(root, where)
    return root


DUPLICATE_VALUE = LintRule(
    code="PS212",
    name="duplicate-value",
    severity=Severity.WARNING,
    summary="a value that stands twice in an `enum` or among `examples`",
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
