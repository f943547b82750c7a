"""PS708 computed-field-in-schema."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field


def _find(subject: Subject) -> Iterator[Flaw]:
    for place in subject.fields:
        if isinstance(place.schema, dict) and place.schema.get("readOnly") is True:
            yield Flaw(
                pointer=place.pointer,
                message=f"{field(place)} is readOnly: a model computes it, no document holds it",
                remedy='leave it out: generate with mode="validation", or write no "readOnly" if it is to be extracted',
            )


COMPUTED_FIELD_IN_SCHEMA = LintRule(
    code="PS708",
    name="computed-field-in-schema",
    severity=Severity.WARNING,
    summary="a field that is `readOnly`: the schema of what a model writes, not of what it reads",
    why=(
        'Pydantic marks computed fields so in `model_json_schema(mode="serialization")`. The API is then asked, and '
        "billed, for values that the model computes itself and takes from no one."
    ),
    source="pydantic, computed_field. JSON Schema 2020-12 validation, section 9.4: readOnly.",
    bad="""\
{
  "type": "object",
  "properties": {
    "net": {"type": "number", "description": "The amount before tax"},
    "gross": {"type": "number", "description": "The amount with tax", "readOnly": true}
  }
}
""",
    flagged=("/properties/gross",),
    good="""\
{
  "type": "object",
  "properties": {
    "net": {"type": "number", "description": "The amount before tax"}
  }
}
""",
    find=_find,
)
