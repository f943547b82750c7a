"""PS102 empty-root-properties."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject


def _find(subject: Subject) -> Iterator[Flaw]:
    if isinstance(subject.value, dict) and subject.value.get("properties") == {}:
        yield Flaw(
            pointer="/properties",
            message="'properties' at the root is empty, which asks for nothing",
            remedy='give each field a schema by name: {"total": {"type": "number", "description": "…"}}',
        )


EMPTY_ROOT_PROPERTIES = LintRule(
    code="PS102",
    name="empty-root-properties",
    severity=Severity.ERROR,
    summary="a page schema whose `properties` are empty",
    why=(
        "The request is well formed and each of its pages is billed, but there is no field to extract. A model gives "
        "this when all its fields are private, or when the fields stand in a subclass."
    ),
    source=(
        'The contract of /extract: page_schema is the schema "defining the structured data to extract". Compiled as '
        "the open model datalab-to/lift does, such a schema gives a model without fields."
    ),
    bad="""\
{"type": "object", "properties": {}}
""",
    flagged=("/properties",),
    good="""\
{"type": "object", "properties": {"total": {"type": "number", "description": "The amount due"}}}
""",
    find=_find,
)
