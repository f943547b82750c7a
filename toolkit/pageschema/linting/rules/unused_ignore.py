"""PS900 unused-ignore."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject


def _find(_subject: Subject) -> Iterator[Flaw]:
    """Yield nothing: what an ignore leaves out is known when every other rule was asked, see `ignoring.heeded`."""
    return iter(())


UNUSED_IGNORE = LintRule(
    code="PS900",
    name="unused-ignore",
    severity=Severity.WARNING,
    summary="an ignore in the source that leaves nothing out, or names no rule",
    why=(
        "What it was written for is mended, or never was there under that name. It would hide the next fault of its "
        "kind at that place, and nobody would be told."
    ),
    source="ruff, unused-noqa (RUF100), and ESLint, --report-unused-disable-directives: both report them.",
    bad="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "description": "Amount due", "x-pageschema-ignore": ["PS604"]}
  }
}
""",
    flagged=("/properties/total/x-pageschema-ignore/0",),
    good="""\
{
  "type": "object",
  "properties": {
    "issued": {"type": "string", "description": "Date of issue"},
    "total": {"type": "number", "x-pageschema-ignore": {"PS604": "the name says it"}}
  }
}
""",
    find=_find,
)
