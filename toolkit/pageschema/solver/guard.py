"""Bounds on hostile schemas, counted before anything slow is asked of them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pageschema import schema as schemas

MAX_LEVELS = 240
"""jsonschema-rs refuses 255, and some levels are needed for what is built around a schema."""

MAX_CHAIN = 200
"""Most definitions that lead from one to the next: jsonschema-rs follows them on the machine's stack, some 5 kB each.

A thread may have 2 MB of it, and Python dies where it ends. Longer chains are left undecided anyway."""

MAX_IN_PLACE = 20_000
"""Most subschemas that may apply to one value."""

MAX_EFFORT = 200_000
"""Most evaluations of a subschema that the judge is asked for at once: a tenth of a second."""

MAX_SECOND_EFFORT = 5_000
MAX_SECOND_DEPTH = 120
"""jsonschema takes some five frames of Python's stack a level, and where that ends, rpds may panic."""

_LISTS = ("allOf", "anyOf", "oneOf")
_SINGLES = ("not", "if", "then", "else")
_OF_MEMBERS = ("additionalProperties", "unevaluatedProperties")
_OF_ITEMS = ("items", "contains", "unevaluatedItems")


@dataclass(frozen=True, slots=True)
class Effort:
    """How often a validator evaluates some subschema, at most, and how deep that nests."""

    count: int
    depth: int


class Guard:
    """A schema, with its references resolved, that counts what judging by it can cost."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.objection = ""
        self.complete = True
        if not isinstance(root, (dict, bool)):
            self.objection = "a schema is an object or a boolean"
        elif too_deep(root):
            self.objection = f"the schema is nested deeper than {MAX_LEVELS} levels"
        elif _has_long_chain(root):
            self.objection = f"more than {MAX_CHAIN} definitions lead from one to the next"
        else:
            self._targets: dict[str, tuple[Any, ...]] = {}
            try:
                self._count_in_place()
            except RecursionError:
                self.objection = "too many references lead from one to the next"

    def effort(self, value: Any) -> Effort:
        """Return an upper bound on what a validator does to judge *value*, whose parts may be shared."""
        return self._effort(self.root, value, {})

    def _count_in_place(self) -> None:
        """Look at each subschema that may apply to something; what only stands in ``$defs`` applies to nothing."""
        sizes: dict[int, int] = {}
        seen: set[int] = set()
        stack = [self.root]
        while stack:
            schema = stack.pop()
            if not isinstance(schema, dict) or id(schema) in seen:
                continue
            seen.add(id(schema))
            if self._in_place_size(schema, sizes) > MAX_IN_PLACE and not self.objection:
                self.objection = f"more than {MAX_IN_PLACE} subschemas may apply to one value"
            stack.extend(self._in_place(schema))
            stack.extend(_below(schema))

    def _in_place_size(self, schema: Any, sizes: dict[int, int]) -> int:
        """Return how many subschemas may apply to a value that *schema* applies to, each target counted once."""
        if not isinstance(schema, dict):
            return 1
        if id(schema) in sizes:
            if not sizes[id(schema)]:
                self.objection = "a schema refers to itself without a step into the instance"
            return sizes[id(schema)] or 1
        sizes[id(schema)] = 0
        total = 1 + sum(self._in_place_size(child, sizes) for child in self._in_place(schema))
        sizes[id(schema)] = total
        return total

    def _in_place(self, schema: dict[str, Any]) -> Iterator[Any]:
        for keyword in _SINGLES:
            if keyword in schema:
                yield schema[keyword]
        for keyword in _LISTS:
            if isinstance(schema.get(keyword), list):
                yield from schema[keyword]
        if isinstance(schema.get("dependentSchemas"), dict):
            yield from schema["dependentSchemas"].values()
        for keyword in ("$ref", "$dynamicRef"):
            if isinstance(schema.get(keyword), str):
                yield from self._target(schema[keyword])

    def _target(self, reference: str) -> Iterator[Any]:
        """Yield what *reference* names; where that is not told here, jsonschema is not asked."""
        if reference not in self._targets:
            try:
                self._targets[reference] = (schemas.local_target(self.root, reference),)
            except KeyError:
                named = _anchors(self.root).get(reference)
                self._targets[reference] = () if named is None else (named,)
        self.complete = self.complete and bool(self._targets[reference])
        yield from self._targets[reference]

    def _effort(self, schema: Any, value: Any, known: dict[tuple[int, int], Effort]) -> Effort:
        if not isinstance(schema, dict):
            return Effort(1, 1)
        key = (id(schema), id(value))
        if key not in known:
            parts = [self._effort(child, value, known) for child in self._in_place(schema)]
            parts += [self._effort(child, part, known) for child, part in _parts(schema, value)]
            known[key] = Effort(1 + sum(p.count for p in parts), 1 + max((p.depth for p in parts), default=0))
        return known[key]


def _parts(schema: dict[str, Any], value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each subschema with a part of *value* that it may be applied to."""
    if isinstance(value, dict):
        declared = schema.get("properties")
        patterns = schema.get("patternProperties")
        wide = [schema[keyword] for keyword in _OF_MEMBERS if keyword in schema]
        wide += patterns.values() if isinstance(patterns, dict) else ()
        for name, member in value.items():
            if isinstance(declared, dict) and name in declared:
                yield declared[name], member
            yield from ((child, member) for child in wide)
            if "propertyNames" in schema:
                yield schema["propertyNames"], name
    elif isinstance(value, list):
        prefix = schema.get("prefixItems")
        wide = [schema[keyword] for keyword in _OF_ITEMS if keyword in schema]
        for index, item in enumerate(value):
            if isinstance(prefix, list) and index < len(prefix):
                yield prefix[index], item
            yield from ((child, item) for child in wide)


def _below(schema: dict[str, Any]) -> Iterator[Any]:
    """Yield the subschemas for parts of a value."""
    for keyword in (*_OF_MEMBERS, *_OF_ITEMS, "propertyNames"):
        if keyword in schema:
            yield schema[keyword]
    for keyword in ("properties", "patternProperties"):
        if isinstance(schema.get(keyword), dict):
            yield from schema[keyword].values()
    if isinstance(schema.get("prefixItems"), list):
        yield from schema["prefixItems"]


def _has_long_chain(root: Any) -> bool:
    """Return whether following references, each once, leads deeper than is safe."""
    if sum(1 for place in schemas.walk(root) if isinstance(place.schema, dict) and "$ref" in place.schema) <= MAX_CHAIN:
        return False
    seen: set[str] = set()
    path = [_references(root)]
    while path:
        reference = next(path[-1], None)
        if reference is None:
            path.pop()
        elif reference not in seen:
            seen.add(reference)
            if len(path) > MAX_CHAIN:
                return True
            with contextlib.suppress(KeyError):
                path.append(_references(schemas.local_target(root, reference)))
    return False


def _references(schema: Any) -> Iterator[str]:
    """Yield what *schema* refers to, its definitions left out: they count where they are referred to."""
    stack = list(schemas.children(schemas.Place(pointer="", schema=schema)))
    if isinstance(schema, dict) and isinstance(schema.get("$ref"), str):
        yield schema["$ref"]
    while stack:
        place = stack.pop()
        if place.keyword in {"$defs", "definitions"}:
            continue
        if isinstance(place.schema, dict) and isinstance(place.schema.get("$ref"), str):
            yield place.schema["$ref"]
        stack.extend(schemas.children(place))


def _anchors(root: Any) -> dict[str, Any]:
    return {
        f"#{place.schema[keyword]}": place.schema
        for place in schemas.walk(root)
        for keyword in ("$anchor", "$dynamicAnchor")
        if isinstance(place.schema, dict) and isinstance(place.schema.get(keyword), str)
    }


def too_deep(schema: Any) -> bool:
    """Return whether *schema* is nested deeper than anything here works with, even endlessly."""
    layer = [schema]
    for _ in range(MAX_LEVELS):
        inner: dict[int, Any] = {}
        for item in layer:
            if isinstance(item, (dict, list)):
                parts = item.values() if isinstance(item, dict) else item
                inner.update((id(part), part) for part in parts if isinstance(part, (dict, list)))
        if not inner:
            return False
        layer = list(inner.values())
    return True
