"""What a page schema declares at a place of the extraction, gathered from every schema that may apply there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pageschema import pointer
from pageschema.schema import local_target, walk

SUFFIXES = ("_citations", "_meta", "_score")
"""What the API appends to the name of a field for its own keys."""


class Shape:
    """The schemas that apply at one place, through ``$ref``, ``allOf``, and the branches of unions and conditions.

    `names` are the properties that any of them declares. `required` are those that all extractions must have: a branch
    of a union requires only of who takes it.
    """

    def __init__(self, shapes: Shapes, applying: tuple[dict[str, Any], ...], always: frozenset[int]) -> None:
        self._shapes = shapes
        self._applying = applying
        self._fields: dict[str | None, Shape] = {}
        self._items: dict[int, Shape] = {}
        self.names = frozenset(name for each in applying for name in _object(each, "properties"))
        self.required = frozenset(
            name
            for each in applying
            if id(each) in always and isinstance(each.get("required"), list)
            for name in each["required"]
            if isinstance(name, str)
        )

    @property
    def is_empty(self) -> bool:
        """Whether no schema says anything here."""
        return not self._applying

    @property
    def admits_null(self) -> bool:
        """Whether one of the schemas names null."""
        return any(
            each.get("type") == "null"
            or (isinstance(each.get("type"), list) and "null" in each["type"])
            or ("const" in each and each["const"] is None)
            or (isinstance(each.get("enum"), list) and None in each["enum"])
            for each in self._applying
        )

    def is_sibling(self, name: str) -> bool:
        """Return whether *name* is a key that the API adds beside a field declared here."""
        return name not in self.names and any(
            name.endswith(suffix) and name.removesuffix(suffix) in self.names for suffix in SUFFIXES
        )

    def field(self, name: str) -> Shape:
        """Return what is declared for the property *name*."""
        key = name if name in self.names else None  # What is not declared is all alike: not one entry for each.
        if key not in self._fields:
            self._fields[key] = self._shapes.of(self._of_field(name))
        return self._fields[key]

    def item(self, index: int) -> Shape:
        """Return what is declared for an item of an array."""
        places = max((len(_array(each, "prefixItems")) for each in self._applying), default=0)
        key = min(index, places)
        if key not in self._items:
            self._items[key] = self._shapes.of(self._of_item(key))
        return self._items[key]

    def _of_field(self, name: str) -> Iterator[Any]:
        for each in self._applying:
            properties = _object(each, "properties")
            if name in properties:
                yield properties[name]
            else:
                yield from _object(each, "patternProperties").values()
                yield each.get("additionalProperties")
                yield each.get("unevaluatedProperties")

    def _of_item(self, index: int) -> Iterator[Any]:
        for each in self._applying:
            prefix = _array(each, "prefixItems")
            yield prefix[index] if index < len(prefix) else each.get("items")
            yield each.get("contains")
            yield each.get("unevaluatedItems")


class Shapes:
    """The shapes of one page schema, each made once: a recursive schema has finitely many."""

    def __init__(self, root: Any) -> None:
        self._made: dict[tuple[int, ...], Shape] = {}
        self._root = root
        self._anchors = {
            f"#{place.schema[keyword]}": place.schema
            for place in walk(root)
            if isinstance(place.schema, dict)
            for keyword in ("$anchor", "$dynamicAnchor")
            if isinstance(place.schema.get(keyword), str)
        }
        self.root = self.of([root])

    def at(self, where: str, extraction: Any) -> Shape:
        """Return the shape at a pointer into *extraction*."""
        shape = self.root
        for part in pointer.parse(where):
            is_item = isinstance(extraction, list)
            shape = shape.item(int(part)) if is_item else shape.field(part)
            extraction = extraction[int(part) if is_item else part]
        return shape

    def of(self, schemas: Iterable[Any]) -> Shape:
        """Return the shape of a place where *schemas* apply."""
        applying: dict[int, dict[str, Any]] = {}
        always: set[int] = set()
        stack = [(schema, True) for schema in schemas]
        while stack:
            schema, is_certain = stack.pop()
            if not isinstance(schema, dict) or (id(schema) in applying and (not is_certain or id(schema) in always)):
                continue
            applying[id(schema)] = schema
            if is_certain:
                always.add(id(schema))
            stack.extend((each, is_certain) for each in self._certain(schema))
            stack.extend((each, False) for each in _possible(schema))
        key = (*sorted(applying), 0, *sorted(always))
        if key not in self._made:
            self._made[key] = Shape(self, tuple(applying.values()), frozenset(always))
        return self._made[key]

    def _certain(self, schema: dict[str, Any]) -> Iterator[Any]:
        yield from _array(schema, "allOf")
        for keyword in ("$ref", "$dynamicRef"):
            reference = schema.get(keyword)
            if isinstance(reference, str):
                yield self._target(reference)

    def _target(self, reference: str) -> Any:
        own = self._root.get("$id") if isinstance(self._root, dict) else None
        if isinstance(own, str) and own:
            reference = reference.removeprefix(own.removesuffix("#")) or "#"
        try:
            return self._anchors.get(reference) or local_target(self._root, reference)
        except KeyError:
            return None


def _possible(schema: dict[str, Any]) -> Iterator[Any]:
    for keyword in ("anyOf", "oneOf"):
        yield from _array(schema, keyword)
    for keyword in ("then", "else"):
        yield schema.get(keyword)
    yield from _object(schema, "dependentSchemas").values()


def _object(schema: dict[str, Any], keyword: str) -> dict[str, Any]:
    value = schema.get(keyword)
    return value if isinstance(value, dict) else {}


def _array(schema: dict[str, Any], keyword: str) -> list[Any]:
    value = schema.get(keyword)
    return value if isinstance(value, list) else []
