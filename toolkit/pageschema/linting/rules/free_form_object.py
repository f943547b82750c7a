"""PS403 free-form-object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import SAME_INSTANCE, Subject, Team
from pageschema.linting.wording import field
from pageschema.schema import Place


def _find(subject: Subject) -> Iterator[Flaw]:
    for place in subject.asked_holding("type"):
        if not place.pointer or not _may_be_object(place.schema) or not _is_open(_whole(subject, place)):
            continue
        if subject.model_schema is not None:
            remedy = (
                "write a model with a field for each thing to extract, or list[…] of a model with a name and a value"
            )
        else:
            remedy = 'list its fields: "properties": {"name": {"type": "string", "description": "…"}}'
        yield Flaw(
            pointer=place.pointer,
            message=f"{field(place)} is an object that does not say which fields it has",
            remedy=remedy,
        )


def _may_be_object(schema: Any) -> bool:
    types = schema.get("type") if isinstance(schema, dict) else None
    return types == "object" or (isinstance(types, list) and "object" in types)


def _whole(subject: Subject, place: Place) -> Team:
    while place.keyword in SAME_INSTANCE and place.parent is not None:
        place = place.parent
    return subject.team(place)


def _is_open(team: Team) -> bool:
    return team.is_whole and not any(isinstance(m.schema, dict) and _says_what(m.schema) for m in team.places)


def _says_what(schema: dict[str, Any]) -> bool:
    """Whether *schema* names fields, or says of what kind the values under any name are."""
    if schema.keys() & {"enum", "const", "patternProperties"}:
        return True
    return any(isinstance(schema.get(key), dict) and schema[key] for key in ("properties", "additionalProperties"))


FREE_FORM_OBJECT = LintRule(
    code="PS403",
    name="free-form-object",
    severity=Severity.WARNING,
    summary="an object without declared properties, such as `dict` gives",
    why=(
        "Nothing is asked for, so each document gets other keys, or none: open objects are known to come back as {}. "
        "Decoders that are constrained by the schema have nothing to go by there."
    ),
    source=(
        "googleapis/python-genai #2889 and openai/openai-python #2004: a dict field comes back empty. datalab-to/lift, "
        "README: avoid `additionalProperties`. Found in 22 of 269 models of public repositories."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "seller": {"type": "object", "description": "Who sends the invoice", "additionalProperties": true}
  }
}
""",
    flagged=("/properties/seller",),
    good="""\
{
  "type": "object",
  "properties": {
    "seller": {
      "type": "object",
      "description": "Who sends the invoice",
      "properties": {"vat_id": {"type": "string", "description": "VAT number with its country prefix"}}
    }
  }
}
""",
    find=_find,
)
