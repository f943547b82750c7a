"""PS408 map-field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field


def _find(subject: Subject) -> Iterator[Flaw]:
    for place in subject.asked_holding("additionalProperties"):
        if _is_map(place.schema):
            yield Flaw(
                pointer=place.pointer,
                message=f"{field(place)} is a map, whose keys each document chooses",
                remedy=(
                    "write list[…] of a model with a name and a value"
                    if subject.model_schema is not None
                    else 'make it an array of {"name": …, "value": …}'
                ),
            )


def _is_map(schema: Any) -> bool:
    if not isinstance(schema, dict) or "properties" in schema:
        return False
    values = schema.get("additionalProperties")
    return isinstance(values, dict) and bool(values)


MAP_FIELD = LintRule(
    code="PS408",
    name="map-field",
    severity=Severity.NOTE,
    summary="an object from any name to a value of one kind, such as `dict[str, float]` gives",
    why=(
        "The keys are data, written as each document has them: the same line is 'Sales' here and 'sales (net)' there. "
        "An array of names and values says the same in the form that models and decoders know best."
    ),
    source=(
        "datalab-to/lift, README: avoid `additionalProperties`. Measured with json-schema-to-pydantic, which it "
        "compiles schemas with: the kind of the values is lost. LlamaExtract refuses a schema there."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "figures": {"type": "object", "description": "Key figures by name", "additionalProperties": {"type": "number"}}
  }
}
""",
    flagged=("/properties/figures",),
    good="""\
{
  "type": "object",
  "properties": {
    "figures": {
      "type": "array",
      "description": "Key figures, as listed",
      "items": {
        "type": "object",
        "properties": {
          "name": {"type": "string", "description": "As printed"},
          "value": {"type": "number", "description": "Without its unit"}
        }
      }
    }
  }
}
""",
    find=_find,
)
