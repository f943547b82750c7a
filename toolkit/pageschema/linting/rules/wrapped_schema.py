"""PS006 wrapped-schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema.finding import Severity
from pageschema.linting.recognition import Kind, kind_of, wrapping
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import quoted


def _find(subject: Subject) -> Iterator[Flaw]:
    if isinstance(subject.value, dict) and kind_of(subject.value) is Kind.WRAPPER:
        found = wrapping(subject.value)
        if found is not None:
            what, where, _ = found
            yield Flaw(
                pointer="",
                message=f"is {what}, with the schema inside it at {quoted(where)}",
                remedy=f"send only what stands at {quoted(where)}",
                fixable=True,
            )


def _fix(subject: Subject) -> Any:
    found = wrapping(subject.fresh_value())
    return found[2] if found is not None else subject.value


WRAPPED_SCHEMA = LintRule(
    code="PS006",
    name="wrapped-schema",
    severity=Severity.ERROR,
    summary="a schema inside the envelope of another API, or inside the request it is part of",
    why=(
        "What OpenAI calls `response_format`, what a tool definition calls `parameters` and what Datalab itself calls "
        "`schema_json` hold a page schema, but are none: `properties` must stand at the root."
    ),
    source="The contract of /extract: page_schema \"Must contain a 'properties' key\".",
    bad="""\
{
  "type": "json_schema",
  "json_schema": {
    "name": "invoice",
    "strict": true,
    "schema": {
      "type": "object",
      "properties": {"total": {"type": "number", "description": "The amount due"}}
    }
  }
}
""",
    flagged=("",),
    good="""\
{
  "type": "object",
  "properties": {"total": {"type": "number", "description": "The amount due"}}
}
""",
    find=_find,
    fix=_fix,
    ends=True,
)
