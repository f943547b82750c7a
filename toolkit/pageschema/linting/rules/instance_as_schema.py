"""PS004 instance-as-schema."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.recognition import Kind, candidate_fields, kind_of
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import quoted


def _find(subject: Subject) -> Iterator[Flaw]:
    if isinstance(subject.value, dict) and kind_of(subject.value) is Kind.INSTANCE:
        name, value = next(iter(candidate_fields(subject.value).items()))
        yield Flaw(
            pointer="",
            message=f"is data, not a schema: {quoted(name)} is {quoted(value)}",
            remedy="send the schema, json.dumps(YourModel.model_json_schema()), not an instance's model_dump_json()",
        )


INSTANCE_AS_SCHEMA = LintRule(
    code="PS004",
    name="instance-as-schema",
    severity=Severity.ERROR,
    summary="values where their schema is expected",
    why=(
        "The upstream contract advises `.model_dump_json()`, which raises TypeError on a class and, called on an "
        "instance, writes its values. Sent as a page schema they ask for nothing."
    ),
    source=(
        'The contract of /extract: "Generate with Pydantic .model_dump_json() or write manually", and, for the '
        'dashboard, "Generate with YourModel.model_json_schema()", which is the one that works.'
    ),
    bad="""\
{
  "invoice_number": "INV-1007",
  "total": 118.5,
  "lines": [{"description": "Paper, A4", "price": 4.2}]
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
    ends=True,
)
