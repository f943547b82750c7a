"""PS104 nullable-root."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.edits import put
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject


def _find(subject: Subject) -> Iterator[Flaw]:
    types = subject.value.get("type") if isinstance(subject.value, dict) else None
    if isinstance(types, list) and "null" in types and "object" in types:
        yield Flaw(
            pointer="/type",
            message="the root may be null, so that nothing at all is a valid answer",
            remedy='write "type": "object", and leave out of "required" what may be absent',
            fixable=len(types) == 2,
        )


def _fix(subject: Subject) -> object:
    return put(subject.fresh_value(), "/type", "object")


NULLABLE_ROOT = LintRule(
    code="PS104",
    name="nullable-root",
    severity=Severity.WARNING,
    summary="a root whose `type` allows null",
    why=(
        "Null for the whole extraction says less than an object whose fields are null, and code that reads fields "
        "breaks on it. Other extraction APIs refuse such a root."
    ),
    source=(
        "OpenAI structured outputs, supported schemas: the root is an object; Datalab's own adapter "
        "(datalab-to/omni_extract_bench) takes null out of every type before it sends a schema."
    ),
    bad="""\
{
  "type": ["object", "null"],
  "properties": {"total": {"type": "number", "description": "The amount due"}}
}
""",
    flagged=("/type",),
    good="""\
{
  "type": "object",
  "properties": {"total": {"type": "number", "description": "The amount due"}}
}
""",
    find=_find,
    fix=_fix,
)
