"""What a page schema says of objects, said of objects with the API's keys beside their fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pageschema.conformance.admitting.keywords import CLOSING, are_several, never_null
from pageschema.conformance.shape import Shape, array, matches, members

if TYPE_CHECKING:
    from pageschema.conformance.admitting.here import Here
    from pageschema.conformance.admitting.writing import Writing


def write_object(writing: Writing, schema: dict[str, Any], here: Here, written: dict[str, Any]) -> None:
    """Write what *schema* says of objects into *written*."""
    shape = here.shape
    fields = members(schema, "properties")
    properties = {name: _field(writing, field, name, here) for name, field in fields.items()}
    if "required" in schema:
        written["required"] = schema["required"]
        for name in set(array(schema, "required")) & shape.siblings.keys():
            properties[name] = False  # It is the API's, and never there.
    _write_others(writing, schema, here, written, properties)
    if schema.keys() & CLOSING or (fields and shape.is_certain(schema)):
        writing.spend(len(shape.siblings))
        for name, suffix in shape.siblings.items():
            properties.setdefault(name, writing.sibling(suffix))
    if properties:
        written["properties"] = properties
    if "propertyNames" in schema:
        names = writing.write(schema["propertyNames"], writing.nowhere)
        written["propertyNames"] = {"anyOf": [names, {"enum": [*shape.siblings]}]} if shape.siblings else names
        writing.is_exact = writing.is_exact and (writing.strict or not (shape.names or shape.has_others))
    _write_counts(writing, schema, here, written)
    _write_dependent(writing, schema, here, written)


def _write_others(
    writing: Writing, schema: dict[str, Any], here: Here, written: dict[str, Any], properties: dict[str, Any]
) -> None:
    """Write what is said of properties that *schema* does not declare; some are declared beside it."""
    shape = here.shape
    patterns = members(schema, "patternProperties")
    others = schema.get("additionalProperties")
    undeclared = sorted(shape.spoken_of - members(schema, "properties").keys())
    is_nullable = _may_lack_others(writing, shape)
    if others is False and not writing.strict and shape.has_branches and shape.has_others:
        writing.is_exact = False  # Null for what belongs to the map of another branch is not taken here.
    if patterns:
        _write_patterns(writing, patterns, shape, written, is_nullable=is_nullable)
    if others is not None:
        written["additionalProperties"] = (
            others
            if isinstance(others, bool)
            else writing.enter(
                others, shape.field(None), several=are_several(shape.of_field(None)), nullable=is_nullable
            )
        )
        if patterns and undeclared:
            writing.is_exact = False
            if isinstance(others, dict):
                written["additionalProperties"] = writing.scalar(written["additionalProperties"])
        elif others is not True:
            writing.spend(len(undeclared))
            for name in undeclared:
                if isinstance(others, dict) or writing.may_be_null(name, here):
                    properties.setdefault(name, _field(writing, others, name, here))
    if "unevaluatedProperties" in schema:
        _write_unevaluated(writing, schema, here, written)


def _may_lack_others(writing: Writing, shape: Shape) -> bool:
    """Return whether null stands for the absence of a property that is not declared."""
    if writing.strict:
        return False
    if any(schema.get("minProperties") for schema in shape.applying):
        writing.is_exact = False  # Then it makes a difference whether the null is there.
        return False
    return True


def _write_patterns(
    writing: Writing, patterns: dict[str, Any], shape: Shape, written: dict[str, Any], *, is_nullable: bool
) -> None:
    written["patternProperties"] = {}
    for pattern, schema in patterns.items():
        is_of_fields = any(matches(pattern, name) for name in shape.spoken_of)
        each = writing.enter(schema, shape.field(None), several=True, nullable=is_nullable and not is_of_fields)
        written["patternProperties"][pattern] = writing.scalar(each) if is_of_fields else each
        writing.is_exact = writing.is_exact and not any(matches(pattern, name) for name in shape.siblings)


def _write_unevaluated(writing: Writing, schema: dict[str, Any], here: Here, written: dict[str, Any]) -> None:
    shape, others = here.shape, schema["unevaluatedProperties"]
    if isinstance(others, dict):
        written["unevaluatedProperties"] = writing.enter(
            others, shape.field(None), several=True, nullable=_may_lack_others(writing, shape) and not shape.spoken_of
        )
        if shape.spoken_of:
            written["unevaluatedProperties"] = writing.scalar(written["unevaluatedProperties"])
    else:
        written["unevaluatedProperties"] = others
    beside = shape.spoken_of - writing.shapes.of([(schema, True)]).names
    if others is not True and any(writing.may_be_null(name, here) for name in beside):
        writing.is_exact = False  # A field that is declared beside *schema* is not seen from there; its null is fine.
    if others is not True and shape.has_branches and not writing.is_plain(shape):
        writing.refuse(written, "object")


def _write_counts(writing: Writing, schema: dict[str, Any], here: Here, written: dict[str, Any]) -> None:
    if "maxProperties" in schema:
        written["maxProperties"] = schema["maxProperties"]  # With the API's keys there are more: too strict at most.
        writing.is_exact = writing.is_exact and not here.shape.names and (writing.strict or not here.shape.has_others)
    if "minProperties" in schema:
        if not here.shape.names:  # The values of a map are not null then.
            written["minProperties"] = schema["minProperties"]
        elif schema["minProperties"] > len(set(array(schema, "required")) - here.shape.siblings.keys()):
            writing.refuse(written, "object")


def _write_dependent(writing: Writing, schema: dict[str, Any], here: Here, written: dict[str, Any]) -> None:
    dependent: dict[str, list[Any]] = {}
    for name, required in members(schema, "dependentRequired").items():
        never = {each: False for each in required if each in here.shape.siblings}
        nulls = [each for each in required if writing.may_be_null(each, here)]
        wanted: dict[str, Any] = {"required": required, "properties": never} if never else {"required": required}
        dependent.setdefault(name, []).append({"allOf": [wanted, never_null(nulls)]} if nulls else wanted)
    for name, each in members(schema, "dependentSchemas").items():
        dependent.setdefault(name, []).append(writing.branch(each, here, writing.said_beside(schema, [each], here)))
    dependent = {name: each for name, each in dependent.items() if name not in here.shape.siblings}
    if any(writing.may_be_null(name, here) for name in dependent):
        writing.is_exact = False
    if dependent:
        written["dependentSchemas"] = {name: {"allOf": each} for name, each in dependent.items()}


def _field(writing: Writing, schema: Any, name: str, here: Here) -> Any:
    several = are_several(here.shape.of_field(name))
    may_be_null = writing.may_be_null(name, here)
    return writing.enter(schema, here.shape.field(name), several=several, nullable=may_be_null)
