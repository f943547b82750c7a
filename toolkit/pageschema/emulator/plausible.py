"""A value that a document might hold: every declared field filled, by the schema's structure.

This is a fast guess, checked by a validator afterwards; where it is stuck or wrong, the solver is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pageschema.emulator import scalars
from pageschema.errors import InvalidSchema
from pageschema.schema import Judge, local_target
from pageschema.solver import Instance, find_instance

MAX_DEPTH = 60
MAX_STEPS = 5_000
MAX_EXPANSIONS = 2
"""How often a recursive ``$ref`` is followed inside itself."""
MAX_ITEMS = 50

_SUBSETS = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"})
_SUPERSETS = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"})
_HINTS = (
    ("object", ("properties", "required", "additionalProperties", "patternProperties", "minProperties")),
    ("array", ("items", "prefixItems", "minItems", "contains")),
    ("string", ("pattern", "minLength", "maxLength", "format")),
    ("number", ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")),
)


class Stuck(Exception):
    """No value comes to mind for a schema."""


def guess_instance(schema: Any) -> Any:
    """Return what might be extracted by *schema*. It is likely, not certain, to be valid.

    Raises:
        Stuck: Nothing came to mind: a dead end, or a schema too large or too deep to guess at.
    """
    return _Writer(root=schema).write(_Spot(), schema)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    """Where a value will stand: its field's name, the index of the array item it is in, and what led there."""

    name: str = ""
    index: int = 0
    depth: int = 0
    refs: tuple[str, ...] = ()

    def inside(self, **change: Any) -> _Spot:
        return replace(self, depth=self.depth + 1, **change)


@dataclass(slots=True, kw_only=True)
class _Writer:
    root: Any
    steps: int = 0

    def write(self, spot: _Spot, schema: Any) -> Any:
        spot, flat = self._flatten(spot, schema)
        if "const" in flat:
            return flat["const"]
        if isinstance(flat.get("enum"), list):
            members = [member for member in flat["enum"] if member is not None] or flat["enum"]
            if not members:
                raise Stuck
            return members[spot.index % len(members)]
        for keyword in ("anyOf", "oneOf"):
            if isinstance(flat.get(keyword), list):
                return self._choose(spot, flat, keyword)
        kind = _kind(flat)
        if kind == "object":
            return self._object(spot, flat)
        if kind == "array":
            return self._array(spot, flat)
        return _scalar(spot, flat, kind)

    def _flatten(self, spot: _Spot, schema: Any) -> tuple[_Spot, dict[str, Any]]:
        """Return *schema* with ``$ref`` and ``allOf`` folded in, and the spot that remembers the references."""
        if schema is True:
            return spot, {}
        while True:
            self.steps += 1
            if not isinstance(schema, dict) or self.steps > MAX_STEPS or spot.depth > MAX_DEPTH:
                raise Stuck
            if "$ref" in schema:
                reference = schema["$ref"]
                if spot.refs.count(reference) >= MAX_EXPANSIONS:
                    raise Stuck
                spot = replace(spot, refs=(*spot.refs, reference))
                try:
                    target = local_target(self.root, reference)
                except KeyError:
                    raise Stuck from None
                schema = _merge(target, _without(schema, "$ref"))
            elif isinstance(schema.get("allOf"), list):
                merged: Any = _without(schema, "allOf")
                for member in schema["allOf"]:
                    spot, flat = self._flatten(spot, member)
                    merged = _merge(merged, flat)
                schema = merged
            else:
                return spot, schema

    def _choose(self, spot: _Spot, flat: dict[str, Any], keyword: str) -> Any:
        rest = _without(flat, keyword)
        branches = sorted(flat[keyword], key=lambda branch: isinstance(branch, dict) and branch.get("type") == "null")
        for branch in branches:
            try:
                return self.write(spot.inside(), _merge(rest, branch))
            except Stuck:
                continue
        raise Stuck

    def _object(self, spot: _Spot, flat: dict[str, Any]) -> dict[str, Any]:
        declared = flat.get("properties") or {}
        required = flat.get("required") or []
        value: dict[str, Any] = {}
        for name, schema in declared.items():
            try:
                value[name] = self.write(spot.inside(name=name), schema)
            except Stuck:
                if name in required:
                    raise
        others = flat.get("additionalProperties", True)
        undeclared = [name for name in required if name not in declared]
        missing = int(flat.get("minProperties") or 0) - len(value) - len(undeclared)
        if missing > MAX_ITEMS:
            raise Stuck
        for name in (*undeclared, *(f"field_{number + 1}" for number in range(missing))):
            value[name] = self.write(spot.inside(name=name), others)
        most = flat.get("maxProperties")
        if isinstance(most, int):
            for name in [name for name in reversed(value) if name not in required][: max(0, len(value) - most)]:
                del value[name]
        return value

    def _array(self, spot: _Spot, flat: dict[str, Any]) -> list[Any]:
        prefix = flat.get("prefixItems") or []
        fewest = int(flat.get("minItems") or 0)
        usual = max(len(prefix), 2 if spot.depth <= 4 else 1, fewest)  # Nested lists of two would double each level.
        count = min(usual, int(flat.get("maxItems", usual)))
        if count > MAX_ITEMS:
            raise Stuck
        value: list[Any] = []
        if isinstance(flat.get("contains"), dict) and count:
            prefix = [*prefix, flat["contains"]]
        for index in range(count):
            schema = prefix[index] if index < len(prefix) else flat.get("items", True)
            try:
                item = self.write(spot.inside(index=index), schema)
            except Stuck:
                if len(value) < fewest:
                    raise
                break
            if flat.get("uniqueItems") is True and item in value:
                break
            value.append(item)
        return value


def _scalar(spot: _Spot, flat: dict[str, Any], kind: str) -> Any:
    if kind == "null":
        return None
    if kind == "boolean":
        return spot.index % 2 == 0
    if kind in {"number", "integer"}:
        number = scalars.number(flat, name=spot.name, index=spot.index, whole=kind == "integer")
        return _solved(flat, kind) if number is None else number
    text = scalars.text(flat, name=spot.name, index=spot.index)
    if "pattern" not in flat and "minLength" not in flat and "maxLength" not in flat:
        return text
    leaf = _leaf(flat, kind)
    try:
        return text if Judge(leaf).accepts(text) else _solved(flat, kind)
    except InvalidSchema:
        raise Stuck from None


def _solved(flat: dict[str, Any], kind: str) -> Any:
    found = find_instance(_leaf(flat, kind))
    if isinstance(found, Instance):
        return found.value
    raise Stuck


def _leaf(flat: dict[str, Any], kind: str) -> dict[str, Any]:
    keywords = {"format", "multipleOf", "pattern", *_SUBSETS, *_SUPERSETS}
    return {"type": kind, **{keyword: value for keyword, value in flat.items() if keyword in keywords}}


def _kind(flat: dict[str, Any]) -> str:
    kinds = flat.get("type")
    if isinstance(kinds, list):
        return next((kind for kind in kinds if kind != "null"), "null")
    if isinstance(kinds, str):
        return kinds
    return next((kind for kind, keywords in _HINTS if any(keyword in flat for keyword in keywords)), "string")


def _without(schema: dict[str, Any], keyword: str) -> dict[str, Any]:
    return {each: value for each, value in schema.items() if each != keyword}


def _merge(one: Any, other: Any) -> Any:
    """Return one schema for what both *one* and *other* accept; where that is hard, a guess."""
    if one is True or other is True:
        return other if one is True else one
    if not isinstance(one, dict) or not isinstance(other, dict):
        raise Stuck
    merged = dict(one)
    for keyword, value in other.items():
        merged[keyword] = value if keyword not in one else _both(keyword, one[keyword], value)
    return merged


def _both(keyword: str, one: Any, other: Any) -> Any:
    if keyword == "properties" and isinstance(one, dict) and isinstance(other, dict):
        shared = {name: {"allOf": [one[name], other[name]]} for name in one if name in other}
        return {**one, **other, **shared}
    if keyword == "required" and isinstance(one, list) and isinstance(other, list):
        return [*one, *(name for name in other if name not in one)]
    if keyword == "allOf" and isinstance(one, list) and isinstance(other, list):
        return [*one, *other]
    if keyword == "type":
        shared_kinds = [kind for kind in _kinds(one) if kind in set(_kinds(other))]
        return shared_kinds or other
    if keyword in {"items", "additionalProperties"}:
        return {"allOf": [one, other]}
    if keyword in _SUBSETS:
        return max(one, other)
    if keyword in _SUPERSETS:
        return min(one, other)
    return other


def _kinds(value: Any) -> Iterator[str]:
    kinds = value if isinstance(value, list) else [value]
    for kind in kinds:
        yield kind
        if kind == "number":
            yield "integer"
