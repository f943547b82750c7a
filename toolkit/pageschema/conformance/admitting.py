"""The conformance schema: what the API may return for a page schema, as a JSON Schema of its own.

An extraction is read by taking the API's own keys off and null for absent (`peeling`). Here the page schema is
rewritten instead, so that one compiled validator takes an extraction as it came: with keys beside each declared field,
in their shapes, and null where a field is not required.

What the result takes is right, always. What it does not take is wrong where the result is *exact*. Some keywords cannot
be said of an object with keys beside its fields (two items differ that are equal once read; there are more properties
than fields): there no object is taken, and whoever asks has to read the extraction.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from pageschema.conformance.shape import Shape, Shapes, array, matches, members
from pageschema.conformance.siblings import SHAPES
from pageschema.conformance.unions import are_disjoint, holds_containers

MOST_PARTS = 100_000
"""How many subschemas and names are written: in a hostile schema each place may have a shape of its own."""

_DEEPEST_CONDITION = 8
_TYPES = ("array", "boolean", "null", "number", "object", "string")
_NOT_NULL = ["array", "boolean", "number", "object", "string"]
_NOTHING: dict[str, Any] = {"not": {}}
_AS_THEY_STAND = frozenset(
    {
        "exclusiveMaximum", "exclusiveMinimum", "format", "maxItems", "maxLength", "maximum", "minItems", "minLength",
        "minimum", "multipleOf", "pattern", "type",
    }
)  # fmt: skip
_ON_OBJECTS = frozenset(
    {
        "additionalProperties", "dependentRequired", "dependentSchemas", "maxProperties", "minProperties",
        "patternProperties", "properties", "propertyNames", "required", "unevaluatedProperties",
    }
)  # fmt: skip
_CLOSING = frozenset({"additionalProperties", "patternProperties", "unevaluatedProperties"})
_ON_ARRAYS = frozenset(
    {"contains", "items", "maxContains", "minContains", "prefixItems", "unevaluatedItems", "uniqueItems"}
)
_IN_PLACE = frozenset({"$ref", "allOf", "anyOf", "else", "if", "not", "oneOf", "then"})
_VALUES = frozenset({"const", "enum", "type"})
_SAYING = _AS_THEY_STAND | _ON_OBJECTS | _ON_ARRAYS | _IN_PLACE | _VALUES
_OF_CONDITIONS = _AS_THEY_STAND | {"allOf", "const", "enum", "properties", "required"}


class CannotAdmit(Exception):
    """The schema cannot be rewritten: it is too large, or refers in ways that depend on where it is read from."""


@dataclass(frozen=True, slots=True)
class _Here:
    """The place that a subschema speaks of, and what else is said of it.

    For a null in the place of a field there are two readings, and all that is said of one object must take the same:
    `required` are the fields whose null is a null. `elsewhere` are the names of which a schema that applies as well
    takes null for absent.
    """

    shape: Shape
    required: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()


class Admitting:
    """Writes the conformance schema of one page schema.

    Raises:
        CannotAdmit: It cannot be written.
    """

    def __init__(self, root: Any, *, strict: bool) -> None:
        self.is_exact = True
        self._strict = strict
        self._shapes = Shapes(root)
        self._nowhere = _Here(self._shapes.of([]))
        self._names: dict[Any, str] = {}
        self._definitions: dict[str, Any] = {}
        self._waiting: list[tuple[str, Callable[[], Any]]] = []
        self._with_names: dict[Shape, bool] = {}
        self._left = MOST_PARTS
        written: dict[str, Any] = {"allOf": [self._entered(root, self._shapes.root, several=False)]}
        if self._has_loose(self._shapes.root):
            written["allOf"].append(self._siblings_of(self._shapes.root))
        while self._waiting:
            name, write = self._waiting.pop()
            self._definitions[name] = write()
        if len(written["allOf"]) == 1 and isinstance(written["allOf"][0], dict):
            written = written["allOf"][0]
        self._refuse_all_but_objects(written)
        self.schema = written | ({"$defs": self._definitions} if self._definitions else {})

    # One subschema

    def _written(self, schema: Any, here: _Here, *, nullable: bool = False) -> Any:
        self._spend(1)
        if not isinstance(schema, dict):
            return {"type": "null"} if nullable and schema is False else schema
        if schema.keys() & {"$dynamicRef", "$recursiveRef"} or (
            "$id" in schema and self._shapes.root_schema is not schema
        ):
            raise CannotAdmit
        if "$ref" in schema and schema.keys() & _SAYING == {"$ref"}:
            return {"$ref": self._reference(schema["$ref"], here, nullable=nullable)}
        written = {keyword: schema[keyword] for keyword in _AS_THEY_STAND & schema.keys()}
        self._write_values(schema, here, written)
        if schema.keys() & _ON_OBJECTS:
            self._write_object(schema, here, written)
        if schema.keys() & _ON_ARRAYS:
            self._write_array(schema, here, written)
        if schema.keys() & _IN_PLACE:
            self._write_in_place(schema, here, written)
        return _or_null(written) if nullable else written

    def _write_values(self, schema: dict[str, Any], here: _Here, written: dict[str, Any]) -> None:
        if "const" in schema:
            if holds_containers(schema["const"]) and not self._is_plain(here.shape):
                self._refuse(written, *_TYPES)
            else:
                written["const"] = schema["const"]
        if isinstance(schema.get("enum"), list):
            written["enum"] = schema["enum"]
            if any(map(holds_containers, schema["enum"])) and not self._is_plain(here.shape):
                written["enum"] = [each for each in schema["enum"] if not holds_containers(each)]
                self._refuse(written, *(() if written["enum"] else _TYPES))

    # Objects

    def _write_object(self, schema: dict[str, Any], here: _Here, written: dict[str, Any]) -> None:
        shape = here.shape
        fields = members(schema, "properties")
        properties = {name: self._field(field, name, here) for name, field in fields.items()}
        if "required" in schema:
            written["required"] = schema["required"]
            for name in set(array(schema, "required")) & shape.siblings.keys():
                properties[name] = False  # It is the API's, and never there.
        self._write_others(schema, here, written, properties)
        if schema.keys() & _CLOSING or (fields and shape.is_certain(schema)):
            self._spend(len(shape.siblings))
            for name, suffix in shape.siblings.items():
                properties.setdefault(name, self._sibling(suffix))
        if properties:
            written["properties"] = properties
        if "propertyNames" in schema:
            names = self._written(schema["propertyNames"], self._nowhere)
            written["propertyNames"] = {"anyOf": [names, {"enum": [*shape.siblings]}]} if shape.siblings else names
            self.is_exact = self.is_exact and (self._strict or not (shape.names or shape.has_others))
        self._write_counts(schema, here, written)
        self._write_dependent(schema, here, written)

    def _write_others(
        self, schema: dict[str, Any], here: _Here, written: dict[str, Any], properties: dict[str, Any]
    ) -> None:
        """Write what is said of properties that *schema* does not declare; some are declared beside it."""
        shape = here.shape
        patterns = members(schema, "patternProperties")
        others = schema.get("additionalProperties")
        undeclared = sorted(shape.spoken_of - members(schema, "properties").keys())
        is_nullable = self._may_lack_others(shape)
        if others is False and not self._strict and shape.has_branches and shape.has_others:
            self.is_exact = False  # Null for what belongs to the map of another branch is not taken here.
        if patterns:
            self._write_patterns(patterns, shape, written, is_nullable=is_nullable)
        if others is not None:
            written["additionalProperties"] = (
                others
                if isinstance(others, bool)
                else self._entered(
                    others, shape.field(None), several=_several(shape.of_field(None)), nullable=is_nullable
                )
            )
            if patterns and undeclared:
                self.is_exact = False
                if isinstance(others, dict):
                    written["additionalProperties"] = self._scalar(written["additionalProperties"])
            elif others is not True:
                self._spend(len(undeclared))
                for name in undeclared:
                    if isinstance(others, dict) or self._may_be_null(name, here):
                        properties.setdefault(name, self._field(others, name, here))
        if "unevaluatedProperties" in schema:
            self._write_unevaluated(schema["unevaluatedProperties"], here, written)

    def _may_lack_others(self, shape: Shape) -> bool:
        """Return whether null stands for the absence of a property that is not declared."""
        if self._strict:
            return False
        if any(schema.get("minProperties") for schema in shape.applying):
            self.is_exact = False  # Then it makes a difference whether the null is there.
            return False
        return True

    def _write_patterns(
        self, patterns: dict[str, Any], shape: Shape, written: dict[str, Any], *, is_nullable: bool
    ) -> None:
        written["patternProperties"] = {}
        for pattern, schema in patterns.items():
            is_of_fields = any(matches(pattern, name) for name in shape.spoken_of)
            each = self._entered(schema, shape.field(None), several=True, nullable=is_nullable and not is_of_fields)
            written["patternProperties"][pattern] = self._scalar(each) if is_of_fields else each
            self.is_exact = self.is_exact and not any(matches(pattern, name) for name in shape.siblings)

    def _write_unevaluated(self, others: Any, here: _Here, written: dict[str, Any]) -> None:
        shape = here.shape
        if isinstance(others, dict):
            written["unevaluatedProperties"] = self._entered(
                others, shape.field(None), several=True, nullable=self._may_lack_others(shape) and not shape.spoken_of
            )
            if shape.spoken_of:
                written["unevaluatedProperties"] = self._scalar(written["unevaluatedProperties"])
        else:
            written["unevaluatedProperties"] = others
        if others is not True and shape.has_branches and not self._is_plain(shape):
            self._refuse(written, "object")

    def _write_counts(self, schema: dict[str, Any], here: _Here, written: dict[str, Any]) -> None:
        if "maxProperties" in schema:
            written["maxProperties"] = schema[
                "maxProperties"
            ]  # With the API's keys there are more: too strict at most.
            self.is_exact = self.is_exact and not here.shape.names and (self._strict or not here.shape.has_others)
        if "minProperties" in schema:
            if not here.shape.names:  # The values of a map are not null then.
                written["minProperties"] = schema["minProperties"]
            elif schema["minProperties"] > len(set(array(schema, "required")) - here.shape.siblings.keys()):
                self._refuse(written, "object")

    def _write_dependent(self, schema: dict[str, Any], here: _Here, written: dict[str, Any]) -> None:
        dependent: dict[str, list[Any]] = {}
        for name, required in members(schema, "dependentRequired").items():
            never = {each: False for each in required if each in here.shape.siblings}
            nulls = {each: {"type": _NOT_NULL} for each in required if self._may_be_null(each, here)}
            dependent.setdefault(name, []).append({"required": required, "properties": nulls | never})
        for name, each in members(schema, "dependentSchemas").items():
            dependent.setdefault(name, []).append(self._branch(each, here, self._said_beside(schema, [each], here)))
        dependent = {name: each for name, each in dependent.items() if name not in here.shape.siblings}
        if any(self._may_be_null(name, here) for name in dependent):
            self.is_exact = False
        if dependent:
            written["dependentSchemas"] = {name: {"allOf": each} for name, each in dependent.items()}

    def _field(self, schema: Any, name: str, here: _Here) -> Any:
        several = _several(here.shape.of_field(name))
        may_be_null = self._may_be_null(name, here)
        return self._entered(schema, here.shape.field(name), several=several, nullable=may_be_null)

    def _may_be_null(self, name: str, here: _Here) -> bool:
        """Return whether null stands for the absence of a field."""
        is_field = name in here.shape.names or (here.shape.has_others and name not in here.shape.siblings)
        return not self._strict and is_field and name not in here.required

    # Arrays

    def _write_array(self, schema: dict[str, Any], here: _Here, written: dict[str, Any]) -> None:
        shape = here.shape
        prefix = array(schema, "prefixItems")
        items = schema.get("items")
        if prefix or (items is not None and shape.places):
            listed = [*prefix, *([items] * (shape.places - len(prefix)) if items is not None else [])]
            written["prefixItems"] = [self._item(each, index, shape) for index, each in enumerate(listed)]
        if items is not None:
            written["items"] = self._item(items, shape.places, shape)
        is_plain = all(self._is_plain(shape.item(index)) for index in range(shape.places + 1))
        if schema.get("uniqueItems") is True:
            if is_plain:
                written["uniqueItems"] = True
            else:  # What makes two items differ may be the API's.
                written["maxItems"] = min(1, schema.get("maxItems", 1))
                self.is_exact = False
        if "contains" in schema:
            self._write_contains(schema, written, is_plain=is_plain)
        if "unevaluatedItems" in schema:
            written["unevaluatedItems"] = self._item(schema["unevaluatedItems"], shape.places, shape)
            if not is_plain:
                self._refuse(written, "array")

    def _write_contains(self, schema: dict[str, Any], written: dict[str, Any], *, is_plain: bool) -> None:
        if not is_plain:
            if schema.get("minContains") != 0 or "maxContains" in schema:
                self._refuse(written, "array")
            return
        written["contains"] = self._written(schema["contains"], self._nowhere)
        written |= {keyword: schema[keyword] for keyword in ("minContains", "maxContains") if keyword in schema}

    def _item(self, schema: Any, index: int, shape: Shape) -> Any:
        return self._entered(schema, shape.item(index), several=_several(shape.of_item(index)))

    # What is said of the same place

    def _write_in_place(self, schema: dict[str, Any], here: _Here, written: dict[str, Any]) -> None:
        certain: list[Any] = []
        if "$ref" in schema:
            beside = self._said_beside(schema, [self._target(schema["$ref"])], here)
            inner = replace(here, elsewhere=beside)
            certain.append({"$ref": self._reference(schema["$ref"], inner)})
        certain += (
            self._written(each, replace(here, elsewhere=self._said_beside(schema, [each], here)))
            for each in array(schema, "allOf")
        )
        for keyword in ("anyOf", "oneOf"):
            if branches := array(schema, keyword):
                beside = self._said_beside(schema, branches, here)
                union = {keyword: [self._branch(each, here, beside) for each in branches]}
                if keyword == "oneOf":
                    union = self._one_of(branches, here, union)
                if "anyOf" in written or len(union) > 1:
                    certain.append(union)
                else:
                    written |= union
        if "not" in schema:
            certain.append({"not": self._written(schema["not"], self._nowhere)})
            if not self._is_plain(here.shape):
                self._refuse(written, "object", "array")
        if "if" in schema and schema.keys() & {"then", "else"}:
            self._write_condition(schema, here, written)
        if certain:
            written["allOf"] = certain

    def _one_of(self, branches: list[Any], here: _Here, union: dict[str, Any]) -> dict[str, Any]:
        """Return a union of which one branch must fit, said so that a branch may refuse too much."""
        if are_disjoint(branches, self._shapes.target):
            return {"anyOf": union["oneOf"]}
        if self._is_plain(here.shape):
            return union
        self._refuse(union, "object", "array")
        return union

    def _write_condition(self, schema: dict[str, Any], here: _Here, written: dict[str, Any]) -> None:
        if not self._is_settled(schema["if"], here):
            self._refuse(written, "object", "array")
        written["if"] = self._written(schema["if"], self._nowhere)
        for keyword in ("then", "else"):
            if keyword in schema:
                written[keyword] = self._branch(
                    schema[keyword], here, self._said_beside(schema, [schema[keyword]], here)
                )

    def _is_settled(self, schema: Any, here: _Here, depth: int = 0) -> bool:
        """Return whether a condition holds of an extraction as it came if and only if it does once that is read."""
        if not isinstance(schema, dict) or self._is_plain(here.shape):
            return True
        if depth > _DEEPEST_CONDITION or schema.keys() & (_SAYING - _OF_CONDITIONS):
            return False
        if any(map(holds_containers, [schema.get("const"), *array(schema, "enum")])):
            return False
        required = set(array(schema, "required"))
        named = required | members(schema, "properties").keys()
        if named & here.shape.siblings.keys():
            return False
        for name, field in members(schema, "properties").items():
            if self._may_be_null(name, here) and not (name in required and _refuses_null(field)):
                return False
            child = here.shape.field(name)
            if not self._is_settled(field, _Here(child, child.required), depth + 1):
                return False
        if any(self._may_be_null(name, here) and name not in members(schema, "properties") for name in required):
            return False
        return all(self._is_settled(each, here, depth + 1) for each in array(schema, "allOf"))

    # Where the readings of null meet

    def _entered(self, schema: Any, shape: Shape, *, several: bool, nullable: bool = False) -> Any:
        """Write the schema of a place; of *several* all may apply, each with fields that it requires."""
        if self._strict or not shape.spoken_of:
            return self._written(schema, _Here(shape), nullable=nullable)
        outer = _Here(shape, shape.required, shape.spoken_of if several else frozenset())
        return self._branch(schema, outer, outer.elsewhere, nullable=nullable)

    def _branch(self, schema: Any, here: _Here, beside: frozenset[str], *, nullable: bool = False) -> Any:
        """Write a schema that may require more fields: their null is a null in it, and not absent *beside* it."""
        if self._strict or not here.shape.spoken_of:
            return self._written(schema, here, nullable=nullable)
        newly = (self._shapes.of([(schema, True)]).required & here.shape.spoken_of) - here.required
        inner = _Here(here.shape, here.required | newly, beside)
        written = self._written(schema, inner, nullable=nullable and not newly & beside)
        if newly & beside:
            self.is_exact = False
            written = {
                "allOf": [written, {"properties": {name: {"type": _NOT_NULL} for name in sorted(newly & beside)}}]
            }
            return _or_null(written) if nullable else written
        return written

    def _said_beside(self, schema: dict[str, Any], these: list[Any], here: _Here) -> frozenset[str]:
        """Return the names that are spoken of beside *these* parts of *schema*."""
        if self._strict or not here.shape.spoken_of:
            return frozenset()
        own = here.shape.spoken_of if schema.keys() & _CLOSING else frozenset(members(schema, "properties"))
        inner = [each for each in self._parts(schema) if not any(each is other for other in these)]
        self._spend(len(inner))
        shape = self._shapes.of([(each, False) for each in inner])
        is_closing = any(each.keys() & _CLOSING for each in shape.applying)
        return here.elsewhere | own | (here.shape.spoken_of if is_closing else shape.names)

    def _parts(self, schema: dict[str, Any]) -> Iterator[Any]:
        if isinstance(schema.get("$ref"), str):
            yield self._target(schema["$ref"])
        for keyword in ("allOf", "anyOf", "oneOf"):
            yield from array(schema, keyword)
        for keyword in ("then", "else"):
            yield schema.get(keyword)
        yield from members(schema, "dependentSchemas").values()

    # The API's keys, where a branch that is not taken declares the field

    def _has_loose(self, shape: Shape) -> bool:
        """Return whether keys may stand at, or below, a place that no schema is sure to speak of."""
        return any(
            not each.is_certain(schema) and schema.keys() & (_ON_OBJECTS | _ON_ARRAYS)
            for each in self._reachable(shape)
            for schema in each.applying
        )

    def _siblings_of(self, shape: Shape) -> dict[str, Any]:
        return {"$ref": self._defined(("siblings", shape), lambda: self._write_siblings(shape))}

    def _write_siblings(self, shape: Shape) -> dict[str, Any]:
        self._spend(1 + len(shape.siblings) + len(shape.names))
        properties: dict[str, Any] = {name: self._sibling(suffix) for name, suffix in shape.siblings.items()}
        for name in sorted(shape.names):
            if self._has_names(shape.field(name)):
                properties[name] = self._siblings_of(shape.field(name))
            else:
                properties[name] = True
        written: dict[str, Any] = {"properties": properties} if properties else {}
        if self._has_names(shape.field(None)):
            written["additionalProperties"] = self._siblings_of(shape.field(None))
        if any(self._has_names(shape.item(index)) for index in range(shape.places + 1)):
            written["prefixItems"] = [self._siblings_of(shape.item(index)) for index in range(shape.places)]
            written["items"] = self._siblings_of(shape.item(shape.places))
            if not shape.places:
                del written["prefixItems"]
        return written

    def _sibling(self, suffix: str) -> dict[str, Any]:
        return {"$ref": self._defined(suffix, lambda: copy.deepcopy(SHAPES[suffix]), name=suffix)}

    def _has_names(self, shape: Shape) -> bool:
        if shape not in self._with_names:
            self._with_names[shape] = any(
                each.names or (each.has_others and not self._strict) for each in self._reachable(shape)
            )
        return self._with_names[shape]

    def _is_plain(self, shape: Shape) -> bool:
        """Return whether the API adds nothing, here and below."""
        return not self._has_names(shape)

    def _reachable(self, shape: Shape) -> Iterable[Shape]:
        seen = {id(shape): shape}
        stack = [shape]
        while stack:
            each = stack.pop()
            yield each
            self._spend(1)
            for child in each.children():
                if id(child) not in seen:
                    seen[id(child)] = child
                    stack.append(child)

    # Definitions and refusals

    def _target(self, reference: Any) -> Any:
        target = self._shapes.target(reference) if isinstance(reference, str) else None
        if target is None:
            raise CannotAdmit
        return target

    def _reference(self, reference: Any, here: _Here, *, nullable: bool = False) -> str:
        target = self._target(reference)
        key = (id(target), here, nullable)
        return self._defined(key, lambda: self._written(target, here, nullable=nullable))

    def _defined(self, key: Any, write: Callable[[], Any], *, name: str = "") -> str:
        if key not in self._names:
            self._names[key] = name or str(len(self._names))
            self._waiting.append((self._names[key], write))
        return f"#/$defs/{self._names[key]}"

    def _scalar(self, written: Any) -> Any:
        """Return what is left of a schema where objects and arrays are not taken."""
        narrowed = dict(written) if isinstance(written, dict) else ({} if written else dict(_NOTHING))
        self._refuse(narrowed, "object", "array")
        return narrowed

    def _refuse(self, written: dict[str, Any], *types: str) -> None:
        """Take no value of *types*: what is to be said of it cannot be."""
        self.is_exact = False
        allowed = written.get("type", [*_TYPES])
        refused = {*types, "integer"} if "number" in types else {*types}
        left = [each for each in ([allowed] if isinstance(allowed, str) else allowed) if each not in refused]
        if left:
            written["type"] = left
        else:
            written |= _NOTHING

    def _refuse_all_but_objects(self, written: dict[str, Any]) -> None:
        types = written.get("type", "object")
        if "object" in ([types] if isinstance(types, str) else types):
            written["type"] = "object"
        else:
            written |= _NOTHING

    def _spend(self, amount: int) -> None:
        self._left -= amount
        if self._left < 0:
            raise CannotAdmit


def _or_null(written: Any) -> Any:
    """Return a schema that takes null too."""
    if not isinstance(written, dict):
        return written or {"type": "null"}
    if set(written) == {"anyOf"}:
        branches = written["anyOf"]
        return written if {"type": "null"} in branches else {"anyOf": [*branches, {"type": "null"}]}
    if written.keys() & (_IN_PLACE | {"const"}):
        return {"anyOf": [written, {"type": "null"}]}
    widened = dict(written)
    if "type" in written:
        types = [written["type"]] if isinstance(written["type"], str) else written["type"]
        widened["type"] = types if "null" in types else [*types, "null"]
    if "enum" in written and None not in written["enum"]:
        widened["enum"] = [*written["enum"], None]
    return widened


def _refuses_null(schema: Any) -> bool:
    if not isinstance(schema, dict):
        return schema is False
    types = schema.get("type", "null")
    listed = [schema["const"]] if "const" in schema else array(schema, "enum")
    return "null" not in ([types] if isinstance(types, str) else types) or (bool(listed) and None not in listed)


def _several(schemas: Iterable[tuple[Any, bool]]) -> bool:
    return sum(isinstance(schema, dict) for schema, _ in schemas) > 1
