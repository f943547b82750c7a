"""The fields of a page schema as rows of a table, in words for people who never open the code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pageschema import jsontext
from pageschema.schema import local_target

MAX_FIELDS = 1_000
"""Rows of one table; nobody reads more, and a hostile schema unfolds without end."""
MAX_STEPS = 20_000
MAX_VALUES = 20
_KINDS = {
    "string": "text",
    "number": "number",
    "integer": "whole number",
    "boolean": "true or false",
    "null": "null",
    "array": "list",
    "object": "object",
}
_PLURALS = {"text": "texts", "number": "numbers", "whole number": "whole numbers", "object": "objects", "list": "lists"}
_BOUNDS = {
    "minimum": "at least {}",
    "exclusiveMinimum": "more than {}",
    "maximum": "at most {}",
    "exclusiveMaximum": "less than {}",
    "multipleOf": "a multiple of {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "pattern": "matches {}",
    "format": "format: {}",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
    "minProperties": "at least {} fields",
    "maxProperties": "at most {} fields",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One declared field. `path` leads to it from the root: ``lines[].amount``; `depth` counts what is around it."""

    path: str
    name: str
    depth: int
    type: str
    required: bool
    description: str
    constraints: tuple[str, ...] = ()


def fields_of(schema: Mapping[str, Any]) -> tuple[Field, ...]:
    """Return every declared field of a page schema, parents before children, in the order of the text.

    Where a type holds itself, its fields are told once; at most `MAX_FIELDS` are told in all.
    """
    found: dict[str, Field] = {}
    for field in _Walk(schema).object("", schema, 0, ()):
        found.setdefault(field.path, field)
        if len(found) == MAX_FIELDS:
            break
    return tuple(found.values())


def since(versions: Sequence[tuple[str, Sequence[Field]]]) -> dict[str, dict[str, str]]:
    """Return for each version, the oldest first, since which one each of its fields is there without a gap."""
    told: dict[str, dict[str, str]] = {}
    before: dict[str, str] = {}
    for version, fields in versions:
        before = {field.path: before.get(field.path, version) for field in fields}
        told[version] = before
    return told


class _Walk:
    """One walk over a schema; `steps` bounds it whatever the references and branches multiply to."""

    def __init__(self, root: Mapping[str, Any]) -> None:
        self.root = root
        self.steps = 0

    def object(self, path: str, schema: Mapping[str, Any], depth: int, refs: tuple[str, ...]) -> Iterator[Field]:
        """Yield the fields that one object schema declares, and what lies in each."""
        properties = schema.get("properties")
        required = schema.get("required")
        for name, declared in properties.items() if isinstance(properties, dict) else ():
            self.steps += 1
            if self.steps > MAX_STEPS:
                return
            branches = list(self.branches(declared, refs))
            where = f"{path}.{name}" if path else name
            yield Field(
                path=where,
                name=name,
                depth=depth,
                type=_type(branches),
                required=isinstance(required, list) and name in required,
                description=_description(declared, branches),
                constraints=tuple(dict.fromkeys(told for branch, _ in branches for told in _constraints(branch))),
            )
            for branch, inside in branches:
                yield from self.inner(where, branch, depth + 1, inside)

    def inner(self, path: str, schema: Mapping[str, Any], depth: int, refs: tuple[str, ...]) -> Iterator[Field]:
        """Yield the fields below a field: those of an object, or of the objects in a list."""
        yield from self.object(path, schema, depth, refs)
        items = schema.get("items")
        if isinstance(items, dict):
            for branch, inside in self.branches(items, refs):
                yield from self.inner(f"{path}[]", branch, depth, inside)

    def branches(self, schema: Any, refs: tuple[str, ...]) -> Iterator[tuple[dict[str, Any], tuple[str, ...]]]:
        """Yield the schemas that a value may follow, references resolved; one that holds itself is not entered."""
        self.steps += 1
        if not isinstance(schema, dict) or self.steps > MAX_STEPS:
            return
        reference = schema.get("$ref")
        if isinstance(reference, str):
            beside = {keyword: value for keyword, value in schema.items() if keyword != "$ref"}
            target = self._target(reference)
            if reference in refs or target is None:
                kept = {keyword: value for keyword, value in (target or {}).items() if keyword in {"type", "title"}}
                yield {**kept, **beside}, refs
                return
            yield from self.branches({**target, **beside}, (*refs, reference))
            return
        for keyword in ("anyOf", "oneOf"):
            members = schema.get(keyword)
            if isinstance(members, list):
                rest = {each: value for each, value in schema.items() if each not in {keyword, "description"}}
                for member in members:
                    yield from self.branches({**rest, **member} if isinstance(member, dict) else member, refs)
                return
        members = schema.get("allOf")
        if isinstance(members, list):
            whole: dict[str, Any] = {}
            inside = refs
            for member in members:
                for branch, inside in self.branches(member, refs):  # noqa: B007 - the last one's references
                    whole = _joined(whole, branch)
                    break
            yield _joined(whole, {each: value for each, value in schema.items() if each != "allOf"}), inside
            return
        yield schema, refs

    def _target(self, reference: str) -> dict[str, Any] | None:
        try:
            target = local_target(self.root, reference)
        except KeyError:
            return None
        return target if isinstance(target, dict) else None


def _joined(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return what both say, as far as a table can tell it."""
    joined = {**one, **other}
    properties = one.get("properties"), other.get("properties")
    if isinstance(properties[0], dict) and isinstance(properties[1], dict):
        joined["properties"] = {**properties[0], **properties[1]}
    required = one.get("required"), other.get("required")
    if isinstance(required[0], list) and isinstance(required[1], list):
        joined["required"] = [*required[0], *required[1]]
    return joined


def _type(branches: Sequence[tuple[Mapping[str, Any], Any]]) -> str:
    told = [kind for branch, _ in branches for kind in _kinds(branch)]
    return " or ".join(dict.fromkeys(told)) or "anything"


def _kinds(schema: Mapping[str, Any]) -> Iterator[str]:
    declared = schema.get("type")
    names = declared if isinstance(declared, list) else [declared] if declared else []
    if not names:
        values = (
            schema["enum"] if isinstance(schema.get("enum"), list) else [schema[k] for k in ("const",) if k in schema]
        )
        names = [_name_of(value) for value in values]
    for name in names:
        kind = _KINDS.get(name, "anything") if isinstance(name, str) else "anything"
        items = schema.get("items")
        if name == "array" and isinstance(items, dict):
            inner = " or ".join(dict.fromkeys(_kinds(items)))
            if not inner:
                inner = "objects" if "$ref" in items or "properties" in items else ""
            yield f"list of {_PLURALS.get(inner, inner)}" if inner else "list"
        else:
            yield kind


def _name_of(value: Any) -> str:
    if value is None:
        return "null"
    names: dict[type, str] = {bool: "boolean", str: "string", list: "array", dict: "object", int: "integer"}
    return names.get(type(value), "number")


def _description(declared: Any, branches: Sequence[tuple[Mapping[str, Any], Any]]) -> str:
    told = [declared.get("description") if isinstance(declared, dict) else None]
    told += [branch.get("description") for branch, _ in branches]
    return next((text for text in told if isinstance(text, str) and text), "")


def _constraints(schema: Mapping[str, Any]) -> Iterator[str]:
    if isinstance(schema.get("enum"), list):
        values = schema["enum"]
        more = f" and {len(values) - MAX_VALUES:,} more" if len(values) > MAX_VALUES else ""
        yield f"one of {', '.join(_value(value) for value in values[:MAX_VALUES])}{more}"
    if "const" in schema:
        yield f"always {_value(schema['const'])}"
    for keyword, words in _BOUNDS.items():
        if keyword in schema:
            bound = schema[keyword]
            told = words.format(bound if keyword in {"pattern", "format"} else _value(bound))
            yield _singular(told) if bound == 1 else told
    if schema.get("uniqueItems") is True:
        yield "no two items alike"
    if schema.get("additionalProperties") is False:
        yield "no other fields"
    if isinstance(schema.get("items"), dict):
        yield from (f"each {told}" for told in _constraints(schema["items"]) if told != "no other fields")


def _singular(told: str) -> str:
    return told[:-1] if told.endswith("s") and not told.endswith("this") else told


def _value(value: Any) -> str:
    return jsontext.clip(jsontext.dumps(value, indent=None))
