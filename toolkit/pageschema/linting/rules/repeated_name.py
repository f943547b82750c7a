"""PS215 repeated-name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema.finding import Severity
from pageschema.linting.repetition import repeated, without_repeated
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import quoted

_LISTS = ("required", "type")


def _find(subject: Subject) -> Iterator[Flaw]:
    for where, keyword, name in repeated(subject, _LISTS, names=True):
        yield Flaw(
            pointer=where,
            message=f"'{keyword}' names {quoted(name)} twice",
            remedy="name it once",
            fixable=True,
        )


def _fix(subject: Subject) -> Any:
    return without_repeated(subject, _LISTS, names=True)


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
