"""PS407 conditional-or-combined."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema import pointer
from pageschema.finding import Severity
from pageschema.linting.emptiness import Empty, empties
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import SAME_INSTANCE, Subject
from pageschema.linting.wording import field
from pageschema.schema import Place

_REMEDIES = {
    "if": "state the condition in the description of the field it is about",
    "not": "say what is wanted instead of what is not, or say it in the description",
    "allOf": "merge its branches into one schema",
    "dependentRequired": "leave the fields optional, and say in their descriptions when they belong together",
    "dependentSchemas": "leave the fields optional, and say in their descriptions when they belong together",
    "dependencies": "leave the fields optional, and say in their descriptions when they belong together",
    "patternProperties": 'declare the fields by name, or make it an array of {"name", "value"}',
    "unevaluatedProperties": "drop it, or merge the branches and write additionalProperties",
    "unevaluatedItems": "drop it",
    "contains": "say it in the description",
    "$dynamicRef": "write a plain $ref",
}


_KEYWORDS = frozenset(_REMEDIES)


def _find(subject: Subject) -> Iterator[Flaw]:
    if subject.keywords.isdisjoint(_KEYWORDS):
        return
    inside: set[str] = set()
    for place in subject.asked:  # Parents come before children.
        if place.keyword in _INNER and place.parent is not None and place.parent.pointer in inside:
            inside.add(place.pointer)
            continue
        if not isinstance(place.schema, dict) or _KEYWORDS.isdisjoint(place.schema):
            continue
        keywords = [keyword for keyword in _REMEDIES if _applies(place, keyword)]
        if keywords:
            inside.add(place.pointer)
        for keyword in keywords:
            if any(_leaves_nothing(empty, place, keyword) for empty in empties(subject)):
                continue  # which is said already
            yield Flaw(
                pointer=pointer.join(place.pointer, keyword),
                message=f"{field(place)} uses '{keyword}', which decoders mostly ignore",
                remedy=_REMEDIES[keyword],
            )


def _leaves_nothing(empty: Empty, place: Place, keyword: str) -> bool:
    if keyword == "allOf":
        return empty.place is place
    return any(part.place is place and part.keyword == keyword for part in empty.core)


_INNER = SAME_INSTANCE | {"contains", "patternProperties", "propertyNames", "unevaluatedProperties", "unevaluatedItems"}


def _applies(place: Place, keyword: str) -> bool:
    """Whether *keyword* does something at *place*; the wrapper that Pydantic 2.8 puts around a reference does not."""
    value: Any = place.schema.get(keyword)
    match keyword:
        case "if":
            return "if" in place.schema and bool(place.schema.keys() & {"then", "else"})
        case "allOf":
            has_fields = bool(place.pointer) or "properties" in place.schema  # a root without is another finding
            return isinstance(value, list) and len(value) > 1 and has_fields
        case "not":
            return isinstance(value, dict) and bool(value)
        case "unevaluatedProperties" | "unevaluatedItems":
            return value is not None and value is not True
        case _:
            return bool(value)


CONDITIONAL_OR_COMBINED = LintRule(
    code="PS407",
    name="conditional-or-combined",
    severity=Severity.WARNING,
    summary="conditions and combinations: `if`, `not`, `allOf`, `dependentRequired`, `patternProperties` and the like",
    why=(
        "A decoder that is constrained by the schema compiles types, properties, items and enums; these it drops, or "
        "gives up on. The extraction then breaks a schema that the model was never held to, and a field that only a "
        "branch declares may not be asked for at all."
    ),
    source=(
        "datalab-to/lift, skill for the hosted API: \"ensure it's a JSON object with `properties`; avoid `$ref` and "
        'exotic constructs". Measured with json-schema-to-pydantic, which it compiles schemas with: `if`, `then` and '
        "`patternProperties` are dropped. OpenAI refuses `allOf`, `not`, `if` and `dependentRequired`; Gemini ignores "
        "`allOf`."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "is_paid": {"type": "boolean", "description": "Whether a payment is noted on it"},
    "paid_on": {"type": "string", "description": "The day of the payment"}
  },
  "if": {"properties": {"is_paid": {"const": true}}},
  "then": {"required": ["paid_on"]}
}
""",
    flagged=("/if",),
    good="""\
{
  "type": "object",
  "properties": {
    "is_paid": {"type": "boolean", "description": "Whether a payment is noted on it"},
    "paid_on": {"type": "string", "description": "The day of the payment; leave it out unless it is paid"}
  }
}
""",
    find=_find,
)
