"""What a page schema says of the same value by other schemas: references, unions, conditions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pageschema.conformance.admitting.here import Here
from pageschema.conformance.admitting.keywords import AS_THEY_STAND, SAYING
from pageschema.conformance.shape import array, members
from pageschema.conformance.unions import are_disjoint, holds_containers

if TYPE_CHECKING:
    from pageschema.conformance.admitting.writing import Writing

_OF_CONDITIONS = AS_THEY_STAND | {"allOf", "const", "enum", "properties", "required"}
_DEEPEST_CONDITION = 8


def write_in_place(writing: Writing, schema: dict[str, Any], here: Here, written: dict[str, Any]) -> None:
    """Write what *schema* says by other schemas into *written*."""
    certain: list[Any] = []
    if "$ref" in schema:
        beside = writing.said_beside(schema, [writing.target(schema["$ref"])], here)
        inner = replace(here, elsewhere=beside)
        certain.append({"$ref": writing.reference(schema["$ref"], inner)})
    certain += (
        writing.write(each, replace(here, elsewhere=writing.said_beside(schema, [each], here)))
        for each in array(schema, "allOf")
    )
    for keyword in ("anyOf", "oneOf"):
        if branches := array(schema, keyword):
            beside = writing.said_beside(schema, branches, here)
            union = {keyword: [writing.branch(each, here, beside) for each in branches]}
            if keyword == "oneOf":
                union = _one_of(writing, branches, here, union)
            if "anyOf" in written or len(union) > 1:
                certain.append(union)
            else:
                written |= union
    if "not" in schema:
        certain.append({"not": writing.write(schema["not"], writing.nowhere)})
        if not writing.is_plain(here.shape):
            writing.refuse(written, "object", "array")
    if "if" in schema and schema.keys() & {"then", "else"}:
        _write_condition(writing, schema, here, written)
    if certain:
        written["allOf"] = certain


def _one_of(writing: Writing, branches: list[Any], here: Here, union: dict[str, Any]) -> dict[str, Any]:
    """Return a union of which one branch must fit, said so that a branch may refuse too much."""
    if are_disjoint(branches, writing.shapes.target):
        return {"anyOf": union["oneOf"]}
    if writing.is_plain(here.shape):
        return union
    writing.refuse(union, "object", "array")
    return union


def _write_condition(writing: Writing, schema: dict[str, Any], here: Here, written: dict[str, Any]) -> None:
    if not _is_settled(writing, schema["if"], here):
        writing.refuse(written, "object", "array")
    written["if"] = writing.write(schema["if"], writing.nowhere)
    for keyword in ("then", "else"):
        if keyword in schema:
            written[keyword] = writing.branch(
                schema[keyword], here, writing.said_beside(schema, [schema[keyword]], here)
            )


def _is_settled(writing: Writing, schema: Any, here: Here, depth: int = 0) -> bool:
    """Return whether a condition holds of an extraction as it came if and only if it does once that is read."""
    if not isinstance(schema, dict) or writing.is_plain(here.shape):
        return True
    if depth > _DEEPEST_CONDITION or schema.keys() & (SAYING - _OF_CONDITIONS):
        return False
    if any(map(holds_containers, [schema.get("const"), *array(schema, "enum")])):
        return False
    required = set(array(schema, "required"))
    named = required | members(schema, "properties").keys()
    if named & here.shape.siblings.keys():
        return False
    for name, field in members(schema, "properties").items():
        if writing.may_be_null(name, here) and not (name in required and _refuses_null(field)):
            return False
        child = here.shape.field(name)
        if not _is_settled(writing, field, Here(child, child.required), depth + 1):
            return False
    if any(writing.may_be_null(name, here) and name not in members(schema, "properties") for name in required):
        return False
    return all(_is_settled(writing, each, here, depth + 1) for each in array(schema, "allOf"))


def _refuses_null(schema: Any) -> bool:
    if not isinstance(schema, dict):
        return schema is False
    types = schema.get("type", "null")
    listed = [schema["const"]] if "const" in schema else array(schema, "enum")
    return "null" not in ([types] if isinstance(types, str) else types) or (bool(listed) and None not in listed)
