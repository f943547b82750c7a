"""PS005 bare-property-map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema.finding import Severity
from pageschema.linting.recognition import Kind, candidate_fields, field_schema, kind_of
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import quoted


def _find(subject: Subject) -> Iterator[Flaw]:
    if isinstance(subject.value, dict) and kind_of(subject.value) is Kind.PROPERTY_MAP:
        names = list(candidate_fields(subject.value))
        others = f" and {len(names) - 1} more" if len(names) > 1 else ""
        yield Flaw(
            pointer="",
            message=f"has the field {quoted(names[0])}{others} at the root, not under 'properties'",
            remedy='wrap the fields: {"type": "object", "properties": {…}}',
            fixable=True,
        )


def _fix(subject: Subject) -> dict[str, Any]:
    root = subject.fresh_value()
    fields = {name: field_schema(value) for name, value in candidate_fields(root).items()}
    beside = {key: value for key, value in root.items() if key not in fields and key != "type"}
    return {"type": "object", **beside, "properties": fields}


BARE_PROPERTY_MAP = LintRule(
    code="PS005",
    name="bare-property-map",
    severity=Severity.ERROR,
    summary="fields that stand at the root instead of under `properties`",
    why=(
        "Datalab's workflow steps take a bare map of fields, and so do two pages of its documentation; /extract takes "
        "a JSON Schema, in which field names at the root are unknown keywords that ask for nothing. The likeliest "
        "wrong input of all."
    ),
    source=(
        "The contract of /extract: page_schema \"Must contain a 'properties' key\". The bare form: datalab-to/sdk, "
        "recipes/workflows; documentation.datalab.to/docs/welcome/sdk/extraction."
    ),
    bad="""\
{
  "invoice_number": {"type": "string", "description": "As printed, with its prefix"},
  "total": {"type": "number", "description": "The amount due"}
}
""",
    flagged=("",),
    good="""\
{
  "type": "object",
  "properties": {
    "invoice_number": {"type": "string", "description": "As printed, with its prefix"},
    "total": {"type": "number", "description": "The amount due"}
  }
}
""",
    find=_find,
    fix=_fix,
    fix_is_safe=True,
    ends=True,
)
