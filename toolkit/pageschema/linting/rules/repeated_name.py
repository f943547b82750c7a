"""PS215 repeated-name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema import pointer
from pageschema.finding import Severity
from pageschema.linting.edits import drop
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import quoted

_LISTS = ("required", "type")


def _repeated(subject: Subject) -> Iterator[tuple[str, str, str]]:
    """Yield the pointer, the keyword and the name of each item that stands in the list before."""
    for place in subject.places:
        if not isinstance(place.schema, dict):
            continue
        for keyword in _LISTS:
            names = place.schema.get(keyword)
            if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
                continue
            if len(set(names)) < len(names):
                seen: set[str] = set()
                for index, name in enumerate(names):
                    if name in seen:
                        yield pointer.join(place.pointer, keyword, index), keyword, name
                    seen.add(name)


def _find(subject: Subject) -> Iterator[Flaw]:
    for where, keyword, name in _repeated(subject):
        yield Flaw(
            pointer=where,
            message=f"'{keyword}' names {quoted(name)} twice",
            remedy="name it once",
            fixable=True,
        )


def _fix(subject: Subject) -> Any:
    root = subject.fresh_value()
    for where, _, _ in reversed(list(_repeated(subject))):
        drop(root, where)
    return root


REPEATED_NAME = LintRule(
    code="PS215",
    name="repeated-name",
    severity=Severity.ERROR,
    summary="a name that stands twice in `required`, or a type twice in `type`",
    why=(
        "JSON Schema wants these names unique, so validators refuse the whole schema: no extraction can be checked "
        "against it. Often the name of another field was meant."
    ),
    source="JSON Schema 2020-12 validation, sections 6.1.1 and 6.5.3: elements must be unique.",
    bad="""\
{
  "type": "object",
  "properties": {
    "issued": {"type": "string", "description": "The date of issue"},
    "total": {"type": ["number", "null", "number"], "description": "The amount due"}
  },
  "required": ["total", "total"]
}
""",
    flagged=("/properties/total/type/2", "/required/1"),
    good="""\
{
  "type": "object",
  "properties": {
    "issued": {"type": "string", "description": "The date of issue"},
    "total": {"type": ["number", "null"], "description": "The amount due"}
  },
  "required": ["issued", "total"]
}
""",
    find=_find,
    fix=_fix,
    fix_is_safe=True,
    silences=("invalid-keyword-value",),
)
