"""PS007 openapi-document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema import pointer
from pageschema.finding import Severity
from pageschema.linting.recognition import Kind, kind_of
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import quoted


def _find(subject: Subject) -> Iterator[Flaw]:
    if isinstance(subject.value, dict) and kind_of(subject.value) is Kind.OPENAPI:
        yield Flaw(
            pointer="",
            message="is an OpenAPI document, not a schema",
            remedy=f"send one schema of it, such as {_first_schema(subject.value)}, and what it refers to in '$defs'",
        )


def _first_schema(document: dict[str, Any]) -> str:
    for holder in ("/components/schemas", "/definitions"):
        try:
            name = next(iter(pointer.resolve(document, holder)))
        except (KeyError, StopIteration, TypeError):
            continue
        return quoted(pointer.join(holder, name))
    return "'/components/schemas/…'"


OPENAPI_DOCUMENT = LintRule(
    code="PS007",
    name="openapi-document",
    severity=Severity.ERROR,
    summary="a whole OpenAPI document",
    why=(
        "A page schema is one schema with `properties` at its root. An OpenAPI document keeps its schemas under "
        "`components`, and their references point there: one that is taken out needs what it refers to."
    ),
    source="The contract of /extract: page_schema \"Must contain a 'properties' key\". OpenAPI 3.1, section 4.8.7.",
    bad="""\
{
  "openapi": "3.1.0",
  "info": {"title": "Invoices", "version": "1"},
  "paths": {},
  "components": {
    "schemas": {
      "Invoice": {
        "type": "object",
        "properties": {"total": {"type": "number", "description": "The amount due"}}
      }
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
    ends=True,
)
