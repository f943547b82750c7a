"""What a page schema declares at a place of the extraction, gathered from every schema that may apply there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any, TypeAlias

from pageschema import pointer
from pageschema.conformance.unions import branch_of_containers
from pageschema.schema import Judge, local_target, walk

SUFFIXES = ("_citations", "_meta", "_score")
"""What the API appends to the name of a field for its own keys."""

Member: TypeAlias = tuple[Any, bool]
"""A schema, and whether it applies to all extractions; the branch of a union applies to some."""


class Shape:
    """The schemas that apply at one place, through ``$ref``, ``allOf``, and the branches of unions and conditions.

    `names` are the properties that any of them declares. `required` are those that all extractions must have: a branch
    of a union requires only of who takes it, unless it is the only one that takes objects.
    """

    def __init__(self, shapes: Shapes, applying: tuple[dict[str, Any], ...], always: frozenset[int]) -> None:
        self._shapes = shapes
        self._always = always
        self.applying = applying
        self._fields: dict[str | None, Shape] = {}
        self._items: dict[int, Shape] = {}
        self.names = frozenset(name for each in applying for name in members(each, "properties"))
        self.required = frozenset(
            name
            for each in applying
            if id(each) in always and isinstance(each.get("required"), list)
            for name in each["required"]
            if isinstance(name, str)
        )

    @cached_property
    def has_others(self) -> bool:
        """Whether properties that are not declared have a schema: a map, by name or by pattern."""
        return any(
            isinstance(each.get(keyword), dict)
            for each in self.applying
            for keyword in ("additionalProperties", "patternProperties", "unevaluatedProperties")
        )

    @cached_property
    def spoken_of(self) -> frozenset[str]:
        """The names of all fields that are declared, or that somebody requires."""
        required = {name for each in self.applying for name in array(each, "required") if isinstance(name, str)}
        return (self.names | required) - frozenset(self.siblings)

    @cached_property
    def has_branches(self) -> bool:
        """Whether some of the schemas apply to some extractions only."""
        return len(self._always) < len(self.applying)

    def is_certain(self, schema: dict[str, Any]) -> bool:
        """Return whether *schema* applies to all objects and arrays that may stand here."""
        return id(schema) in self._always

    @property
    def is_empty(self) -> bool:
        """Whether no schema says anything here."""
        return not self.applying

    @property
    def admits_null(self) -> bool:
        """Whether one of the schemas names null."""
        return any(
            each.get("type") == "null"
            or (isinstance(each.get("type"), list) and "null" in each["type"])
            or ("const" in each and each["const"] is None)
            or (isinstance(each.get("enum"), list) and None in each["enum"])
            for each in self.applying
        )

    def is_sibling(self, name: str) -> bool:
        """Return whether *name* is a key that the API adds beside a field declared here."""
        return name not in self.names and any(
            name.endswith(suffix) and name.removesuffix(suffix) in self.names for suffix in SUFFIXES
        )

    def is_field(self, name: str) -> bool:
        """Return whether *name* is a property of its own schema: a declared one, or one of a map."""
        if name in self.names:
            return True
        for each in self.applying:
            if any(matches(pattern, name) for pattern in members(each, "patternProperties")):
                return True
            if name not in members(each, "properties") and any(
                isinstance(each.get(keyword), dict) for keyword in ("additionalProperties", "unevaluatedProperties")
            ):
                return True
        return False

    @cached_property
    def siblings(self) -> Mapping[str, str]:
        """All keys that the API may add here, each with its suffix."""
        return {
            name + suffix: suffix
            for name in sorted(self.names)
            for suffix in SUFFIXES
            if name + suffix not in self.names
        }

    def field(self, name: str | None) -> Shape:
        """Return what is declared for the property *name*; None stands for one that is not declared."""
        key = name if name in self.names else None  # What is not declared is all alike: not one entry for each.
        if key not in self._fields:
            self._fields[key] = self._shapes.of(self.of_field(name))
        return self._fields[key]

    def item(self, index: int) -> Shape:
        """Return what is declared for an item of an array."""
        key = min(index, self.places)
        if key not in self._items:
            self._items[key] = self._shapes.of(self.of_item(key))
        return self._items[key]

    @cached_property
    def places(self) -> int:
        """The longest ``prefixItems``: from this index on, all items have one shape."""
        return max((len(array(each, "prefixItems")) for each in self.applying), default=0)

    def of_field(self, name: str | None) -> Iterator[Member]:
        """Yield what is said of the property *name*; None stands for one that is not declared."""
        for each in self.applying:
            is_certain = id(each) in self._always
            properties = members(each, "properties")
            if name in properties:
                yield properties[name], is_certain
            else:
                for pattern in members(each, "patternProperties").values():
                    yield pattern, False
                yield each.get("additionalProperties"), is_certain and "patternProperties" not in each
                yield each.get("unevaluatedProperties"), False

    def children(self) -> Iterator[Shape]:
        """Yield the shapes of all places right below this one."""
        yield from (self.field(name) for name in self.names)
        yield self.field(None)
        yield from (self.item(index) for index in range(self.places + 1))

    def of_item(self, index: int) -> Iterator[Member]:
        """Yield what is said of the item at *index*."""
        for each in self.applying:
            is_certain = id(each) in self._always
            prefix = array(each, "prefixItems")
            yield prefix[index] if index < len(prefix) else each.get("items"), is_certain
            yield each.get("contains"), False
            yield each.get("unevaluatedItems"), False


class Shapes:
    """The shapes of one page schema, each made once: a recursive schema has finitely many."""

    def __init__(self, root: Any) -> None:
        self._made: dict[tuple[int, ...], Shape] = {}
        self.root_schema = root
        self._anchors = {
            f"#{place.schema[keyword]}": place.schema
            for place in walk(root)
            if isinstance(place.schema, dict)
            for keyword in ("$anchor", "$dynamicAnchor")
            if isinstance(place.schema.get(keyword), str)
        }
        self.root = self.of([(root, True)])

    def at(self, where: str, extraction: Any) -> Shape:
        """Return the shape at a pointer into *extraction*."""
        shape = self.root
        for part in pointer.parse(where):
            is_item = isinstance(extraction, list)
            shape = shape.item(int(part)) if is_item else shape.field(part)
            extraction = extraction[int(part) if is_item else part]
        return shape

    def of(self, schemas: Iterable[Member]) -> Shape:
        """Return the shape of a place where *schemas* apply."""
        applying: dict[int, dict[str, Any]] = {}
        always: set[int] = set()
        stack = list(schemas)
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
        yield from array(schema, "allOf")
        for keyword in ("$ref", "$dynamicRef"):
            reference = schema.get(keyword)
            if isinstance(reference, str):
                yield self.target(reference)
        for keyword in ("anyOf", "oneOf"):
            yield branch_of_containers(array(schema, keyword), self.target)

    def target(self, reference: str) -> Any:
        """Return what a local reference names, None if it is none."""
        own = self.root_schema.get("$id") if isinstance(self.root_schema, dict) else None
        if isinstance(own, str) and own:
            reference = reference.removeprefix(own.removesuffix("#")) or "#"
        try:
            return self._anchors.get(reference) or local_target(self.root_schema, reference)
        except KeyError:
            return None


def _possible(schema: dict[str, Any]) -> Iterator[Any]:
    for keyword in ("anyOf", "oneOf"):
        yield from array(schema, keyword)
    for keyword in ("then", "else"):
        yield schema.get(keyword)
    yield from members(schema, "dependentSchemas").values()


@lru_cache(maxsize=1_000)
def matches(pattern: str, name: str) -> bool:
    """Return whether a pattern of ``patternProperties`` matches *name*, as the validator sees it."""
    return Judge({"pattern": pattern}).accepts(name)


def members(schema: dict[str, Any], keyword: str) -> dict[str, Any]:
    """Return the object that a keyword holds, or an empty one."""
    value = schema.get(keyword)
    return value if isinstance(value, dict) else {}


def array(schema: dict[str, Any], keyword: str) -> list[Any]:
    """Return the list that a keyword holds, or an empty one."""
    value = schema.get(keyword)
    return value if isinstance(value, list) else []
