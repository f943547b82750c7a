"""PS002 duplicate-key."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import quoted
from pageschema.pointer import parse
from pageschema.schema import duplicates


def _find(subject: Subject) -> Iterator[Flaw]:
    if not subject.has_duplicate_keys:
        return
    for duplicate in duplicates(subject.text):
        key = quoted(parse(duplicate.pointer)[-1])
        yield Flaw(
            pointer=duplicate.pointer,
            message=f"{key} stands twice in one object, and only the last one counts",
            remedy="drop one of the two, or give it its own name",
            line=duplicate.position.line,
        )


DUPLICATE_KEY = LintRule(
    code="PS002",
    name="duplicate-key",
    severity=Severity.ERROR,
    summary="a key that stands twice in one JSON object",
    why=(
        "Parsers keep the last of the two and say nothing, so a field, or the description that was written for it, is "
        "lost without a trace. It happens when a field is copied and only its schema is changed."
    ),
    source="RFC 8259, section 4: names should be unique, else behaviour is unpredictable; RFC 7493, section 2.3.",
    bad="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "description": "The net amount"},
    "total": {"type": "number", "description": "The amount with tax"}
  }
}
""",
    flagged=("/properties/total",),
    good="""\
{
  "type": "object",
  "properties": {
    "net_total": {"type": "number", "description": "The net amount"},
    "total": {"type": "number", "description": "The amount with tax"}
  }
}
""",
    find=_find,
)
