"""Schemas in which no two keywords could exclude each other, seen at once: most are."""

from __future__ import annotations

from typing import Any

from pageschema.linting.subject import Subject
from pageschema.linting.vocabulary import OF_TYPE, TYPE_OF
from pageschema.schema import Place

_CONSTRAINTS = frozenset(TYPE_OF) | {"type", "enum", "const", "not", "anyOf", "oneOf"}
_JOINING = frozenset({"$ref", "$dynamicRef", "allOf"})
_HARMLESS = frozenset({"type", "properties", "required", "items", "additionalProperties", "prefixItems"})
_TELLING = _CONSTRAINTS - _HARMLESS
_SINGLY = OF_TYPE["string"] | OF_TYPE["number"] | {"maxItems"}
_CHOICES = frozenset({"anyOf", "oneOf"})
_PAIRS = (("minLength", "maxLength"), ("minimum", "maximum"))


def is_plain(subject: Subject, place: Place) -> bool:
    """Return whether *place* has too few keywords for any two to exclude each other, which most places have.

    Where one schema alone says something, and it is another than *place*, that one is looked at by itself.
    """
    schema = place.schema
    if not isinstance(schema, dict):
        return True
    if not schema.keys().isdisjoint(_JOINING):
        saying = [
            member
            for member in subject.all_of(place).places
            if isinstance(member.schema, dict) and not member.schema.keys().isdisjoint(_CONSTRAINTS)
        ]
        if len(saying) != 1 or saying[0] is not place:
            return len(saying) < 2
    counting = schema.keys() & _TELLING
    if not counting:
        properties = schema.get("properties")
        return "required" not in schema or not isinstance(properties, dict) or False not in properties.values()
    if counting == {"const"} or (counting == {"enum"} and schema["enum"]):
        return True  # a value outside its type is another finding
    if len(counting) == 2:
        return any(counting == {low, high} and _is_wide(schema[low], schema[high]) for low, high in _PAIRS)
    return len(counting) == 1 and (counting <= _SINGLY or (counting <= _CHOICES and "type" not in schema))


def _is_wide(low: Any, high: Any) -> bool:
    """Whether a whole number lies between two bounds beyond doubt."""
    return type(low) in (int, float) and type(high) in (int, float) and high - low >= 1
