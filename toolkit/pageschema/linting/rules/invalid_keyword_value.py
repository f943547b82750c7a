"""PS201 invalid-keyword-value."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pageschema import jsontext, pointer
from pageschema.finding import Severity
from pageschema.linting import type_names
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import quoted
from pageschema.schema import is_plainly_valid, metaschema_faults
from pageschema.schema.walking import MANY, NAMED

_SCHEMA = ("a schema", 'write an object such as {"type": "string"}')
_SCHEMAS = ("a list of schemas", 'write a list such as [{"type": "string"}, {"type": "null"}]')
_MAP = ("an object of schemas by name", 'give each one a schema by name: {"total": {"type": "number"}}')
_NAMES = ("a list of different property names", 'write a list such as ["total"]')
_NUMBER = ("a number", "write a number")
_COUNT = ("a whole number from 0 up", "write a whole number")
_TEXT = ("a string", "write a string")
_SWITCH = ("true or false", "write true or false, without quotes")
_LIST = ("a list", "put the values in a list: […]")

_EXPECTED: dict[str, tuple[str, str]] = {
    "type": ("a type name or a list of different ones", f"write one of {', '.join(type_names.NAMES)}, in quotes"),
    "multipleOf": ("a number above 0", "write a number above 0"),
    "$id": ("a URI without a fragment", "drop it, or write an absolute URI"),
    "$anchor": ("a plain name", "start it with a letter, then letters, digits, '-', '_' and '.'"),
    "dependentRequired": ("an object of lists of property names", 'write an object such as {"total": ["currency"]}'),
    **dict.fromkeys(("enum", "examples"), _LIST),
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), _SCHEMAS),
    **dict.fromkeys(("properties", "patternProperties", "$defs", "definitions", "dependentSchemas"), _MAP),
    **dict.fromkeys(
        ("items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames"), _SCHEMA
    ),
    **dict.fromkeys(("unevaluatedProperties", "unevaluatedItems", "contentSchema"), _SCHEMA),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), _NUMBER),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems", "minContains", "maxContains"), _COUNT),
    **dict.fromkeys(("minProperties", "maxProperties"), _COUNT),
    **dict.fromkeys(("title", "description", "$comment", "format", "pattern", "$ref", "$schema"), _TEXT),
    **dict.fromkeys(("contentEncoding", "contentMediaType"), _TEXT),
    **dict.fromkeys(("uniqueItems", "deprecated", "readOnly", "writeOnly"), _SWITCH),
    "required": _NAMES,
}


def _find(subject: Subject) -> Iterator[Flaw]:
    if subject.unreadable is not None or all(
        isinstance(place.schema, dict) and is_plainly_valid(place.schema) for place in subject.places
    ):
        return
    seen: set[str] = set()
    for fault in metaschema_faults(subject.value):
        if fault.pointer not in seen:
            seen.add(fault.pointer)
            value = pointer.resolve(subject.value, fault.pointer)
            message, remedy = _words(subject, fault.pointer, value, fault.message)
            yield Flaw(pointer=fault.pointer, message=message, remedy=remedy)


def _words(subject: Subject, where: str, value: Any, message: str) -> tuple[str, str]:
    """Return message and remedy for the value at *where*; *message* is the validator's own."""
    parts = pointer.parse(where)
    cut = len(parts)
    while pointer.build(parts[:cut]) not in subject.by_pointer:
        cut -= 1
    keyword, *within = parts[cut:] or ("",)
    if within and (keyword in NAMED or keyword in MANY or keyword == "items"):
        name = jsontext.clip(within[0], 64)
        what = f"field '{name}'" if keyword == "properties" else f"'{name}' in '{keyword}'"
        return f"{what} is {quoted(value)}, not a schema", _schema_remedy(value)
    if within and keyword == "required":
        return f"'required' holds {quoted(value)}, not a property name", "list names, in quotes"
    if within or keyword not in _EXPECTED:
        return f"'{keyword}' is not valid: {jsontext.clip(message)}", "mend the value, or drop it"
    expected, remedy = _EXPECTED[keyword]
    return f"'{keyword}' is {quoted(value)}, not {expected}", _special_remedy(keyword, value) or remedy


def _schema_remedy(value: Any) -> str:
    meant = type_names.meant(value) if isinstance(value, str) else None
    return f"write {json.dumps(meant or {'type': 'string'})}"


def _special_remedy(keyword: str, value: Any) -> str | None:
    if keyword == "required" and isinstance(value, bool):
        return "drop it here; the object around the field lists its name in 'required'" if value else "drop it"
    if keyword == "required" and isinstance(value, str):
        return f"write [{jsontext.dumps(jsontext.clip(value), indent=None)}]"
    if keyword in ("exclusiveMinimum", "exclusiveMaximum") and isinstance(value, bool):
        bound = keyword.removeprefix("exclusive").lower()
        return f"move the number of '{bound}' here, and drop '{bound}'" if value else "drop it"
    if keyword == "items" and isinstance(value, list):
        return "write one schema for all items; for a fixed row of them the keyword is 'prefixItems'"
    if keyword == "type" and value is None:
        return 'write "null", in quotes'
    if keyword == "type" and isinstance(value, list) and len(set(map(str, value))) < len(value):
        return "name each type once"
    if keyword in ("additionalProperties", "unevaluatedProperties") and isinstance(value, str):
        return "write true or false, without quotes"
    if isinstance(value, str) and keyword in _EXPECTED and _EXPECTED[keyword] in (_NUMBER, _COUNT):
        return f"write {value.strip()}, without quotes" if value.strip().isdecimal() else None
    return _schema_remedy(value) if isinstance(value, str) and _EXPECTED[keyword] is _SCHEMA else None


INVALID_KEYWORD_VALUE = LintRule(
    code="PS201",
    name="invalid-keyword-value",
    severity=Severity.ERROR,
    summary="a keyword with a value that JSON Schema does not allow there",
    why=(
        "No validator compiles such a schema, so nothing can be checked against it, and a decoder that is constrained "
        "by the schema drops the constraint. Each fault is one finding, where validators report up to twelve."
    ),
    source="The metaschema of JSON Schema 2020-12, or of the draft that `$schema` names.",
    bad="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "description": "The amount due", "minimum": "0", "required": true}
  }
}
""",
    flagged=("/properties/total/minimum", "/properties/total/required"),
    good="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "description": "The amount due", "minimum": 0}
  },
  "required": ["total"]
}
""",
    find=_find,
)
