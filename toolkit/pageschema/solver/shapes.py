"""Constraints on objects and on arrays, with what is absent made explicit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from jsonschema_rs import canonical as views

from pageschema.solver import algebra
from pageschema.solver.algebra import Algebra
from pageschema.solver.outcome import Node
from pageschema.solver.regex import matches


@dataclass(frozen=True, slots=True, kw_only=True)
class SomeKey:
    """A demand that some key of an object must meet.

    Its name is an instance of none of `refuse_name`, is none of `names`, matches `pattern` and none of `patterns`; its
    value is an instance of none of `refuse`.
    """

    refuse_name: tuple[Node, ...] = ()
    names: frozenset[str] = frozenset()
    pattern: str | None = None
    patterns: tuple[str, ...] = ()
    refuse: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectShape:
    """What is asked of an object.

    `others` is what undeclared keys hold, `names` what every name is; None is anything.
    """

    required: tuple[str, ...] = ()
    properties: Mapping[str, Node] = field(default_factory=dict)
    patterns: Mapping[str, Node] = field(default_factory=dict)
    others: Node | None = None
    names: Node | None = None
    low: int = 0
    high: int | None = None
    demands: tuple[SomeKey, ...] = ()

    def under(self, name: str) -> Iterator[Node]:
        """Yield what the value of the key *name* must be."""
        yield from self.matching(name in self.properties, [p for p in self.patterns if matches(p, name)], name)

    def matching(self, declared: bool, patterns: list[str], name: str = "") -> Iterator[Node]:  # noqa: FBT001
        """Yield what the value of a key must be, by whether it is declared and the patterns that its name matches."""
        if declared:
            yield self.properties[name]
        for pattern in patterns:
            yield self.patterns[pattern]
        if not declared and not patterns and self.others is not None:
            yield self.others

    def promises(self) -> Iterator[SomeKey]:
        """Yield each promise about all keys that stand in no list, as the demand that breaks it."""
        if self.names is not None:
            yield SomeKey(refuse_name=(self.names,))
        for pattern, node in self.patterns.items():
            yield SomeKey(pattern=pattern, refuse=(node,))
        if self.others is not None:
            yield SomeKey(names=frozenset(self.properties), patterns=tuple(self.patterns), refuse=(self.others,))

    def mentioned(self) -> Iterator[str]:
        """Yield every name that something is said of."""
        yield from self.required
        yield from self.properties
        for demand in self.demands:
            yield from sorted(demand.names)
        match self.names.view() if self.names is not None else None:
            case views.ConstView(value=value) if isinstance(value, str):
                yield value
            case views.EnumView(values=values):
                yield from (value for value in values if isinstance(value, str))


def promise(demand: SomeKey, reading: Algebra) -> ObjectShape:
    """Return what is asked of an object in which no key meets *demand*."""
    if demand.refuse_name:
        return ObjectShape(names=demand.refuse_name[0])
    (node,) = demand.refuse
    if demand.pattern is not None:
        return ObjectShape(patterns={demand.pattern: node})
    everything = reading.everything()
    return ObjectShape(
        properties=dict.fromkeys(sorted(demand.names), everything),
        patterns=dict.fromkeys(demand.patterns, everything),
        others=node,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Contained:
    """How many items of an array are instances of `schema`."""

    schema: Node
    low: int = 1
    high: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrayShape:
    """What is asked of an array. `items` is what stands past the prefix; None is anything."""

    prefix: tuple[Node, ...] = ()
    items: Node | None = None
    low: int = 0
    high: int | None = None
    distinct: bool = False
    repeated: bool = False
    contains: tuple[Contained, ...] = ()

    def under(self, index: int) -> Iterator[Node]:
        """Yield what the item at *index* must be."""
        if index < len(self.prefix):
            yield self.prefix[index]
        elif self.items is not None:
            yield self.items


Leaf: TypeAlias = Node | ObjectShape | ArrayShape
"""Constraints on values of one type: a node of the algebra, or a shape where the algebra has no node for them."""


def object_shape(leaf: Leaf, reading: Algebra) -> ObjectShape:
    """Return what *leaf* asks of an object."""
    if isinstance(leaf, ObjectShape):
        return leaf
    view: Any = leaf.view()  # type: ignore[union-attr]
    match view:
        case views.ConstView():
            members: Any = view.value
            return ObjectShape(
                required=tuple(members),
                properties={name: reading.of_value(member) for name, member in members.items()},
                names=reading.of_values(members),
            )
        case views.ObjectView():
            return ObjectShape(
                required=tuple(view.required),
                properties=view.properties,
                patterns=view.pattern_properties,
                others=view.additional_properties,
                names=view.property_names,
                low=view.min_properties or 0,
                high=view.max_properties,
                demands=tuple(map(_demand, view.violations)),
            )
    return ObjectShape()


def _demand(violation: Any) -> SomeKey:
    match violation:
        case views.NameFailsView(schema=node):
            return SomeKey(refuse_name=(node,))
        case views.PatternValueFailsView(pattern=pattern, schema=node):
            return SomeKey(pattern=pattern, refuse=(node,))
    return SomeKey(names=frozenset(violation.names), patterns=tuple(violation.patterns), refuse=(violation.additional,))


def array_shape(leaf: Leaf, reading: Algebra) -> ArrayShape:
    """Return what *leaf* asks of an array."""
    if isinstance(leaf, ArrayShape):
        return leaf
    view: Any = leaf.view()  # type: ignore[union-attr]
    match view:
        case views.ConstView():
            items: Any = view.value
            prefix = tuple(reading.of_value(item) for item in items)
            return ArrayShape(prefix=prefix, low=len(prefix), high=len(prefix))
        case views.ArrayView():
            return ArrayShape(
                prefix=tuple(view.prefix_items),
                items=view.items,
                low=view.min_items or 0,
                high=view.max_items,
                distinct=view.distinctness == views.Distinctness.ALL_DISTINCT,
                repeated=view.distinctness == views.Distinctness.SOME_REPEATED,
                contains=tuple(
                    Contained(
                        schema=each.schema,
                        low=1 if each.min_contains is None else each.min_contains,
                        high=each.max_contains,
                    )
                    for each in view.contains
                ),
            )
    return ArrayShape()


def nodes(leaves: Iterable[Leaf]) -> tuple[Node, ...]:
    """Return those of *leaves* that are nodes of the algebra: all of them where they are about scalars."""
    return tuple(leaf for leaf in leaves if not isinstance(leaf, (ObjectShape, ArrayShape)))


def merge(leaves: Iterable[Leaf]) -> tuple[Leaf, ...] | None:
    """Return *leaves* of one type with those put together that the algebra can put together; None is the empty set."""
    distinct = tuple(leaves)
    known = tuple(dict.fromkeys(nodes(distinct)))
    merged = algebra.merge(known)
    if len(merged) < len(known):
        (node,) = merged
        if isinstance(node.view(), views.FalseView):
            return None
        if isinstance(node.view(), (views.ObjectView, views.ArrayView)):
            return (node, *(leaf for leaf in distinct if isinstance(leaf, (ObjectShape, ArrayShape))))
    return distinct
