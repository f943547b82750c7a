"""The keys of an object: what its schema says of each name, and names that meet a demand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, count, islice
from typing import TYPE_CHECKING, Any

from jsonschema_rs import canonical as views

from pageschema.schema import Judge
from pageschema.solver import algebra
from pageschema.solver.algebra import Algebra
from pageschema.solver.outcome import EMPTY, Goal, Node, Outcome, undecided

if TYPE_CHECKING:
    from pageschema.solver.search import Search

MOST_KEYS = 500
FRESH = ("x", "y", "z")


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
class Shape:
    """An object schema, with what is absent made explicit. `others` is what undeclared keys hold."""

    required: tuple[str, ...] = ()
    properties: Mapping[str, Node] = field(default_factory=dict)
    patterns: Mapping[str, Node] = field(default_factory=dict)
    others: Node
    everything: Node
    names: Node | None = None
    low: int = 0
    high: int | None = None
    demands: tuple[SomeKey, ...] = ()

    def under(self, name: str) -> Node:
        """Return what the value of the key *name* must be."""
        nodes = [node for pattern, node in self.patterns.items() if matches(pattern, name)]
        if name in self.properties:
            nodes.append(self.properties[name])
        if not nodes:
            return self.others
        return algebra.intersect(nodes) or self.everything

    def promises(self, other: Shape) -> Iterator[SomeKey]:
        """Yield each promise about all keys, as the demand that breaks it; *other* is the object it is broken in."""
        if self.names is not None and not (other.names is not None and algebra.covers(self.names, other.names)):
            yield SomeKey(refuse_name=(self.names,))
        for pattern, node in self.patterns.items():
            yield SomeKey(pattern=pattern, refuse=(node,))
        if self.others != self.everything:
            yield SomeKey(names=frozenset(self.properties), patterns=tuple(self.patterns), refuse=(self.others,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Names that come into question, and what is known of all other names."""

    names: tuple[str, ...]
    rest: Outcome


def shape_of(view: Any, reading: Algebra) -> Shape:
    """Return the shape of an object view, or of a single object; any other view is that of any object."""
    if isinstance(view, views.ConstView):
        members: Any = view.value
        return Shape(
            required=tuple(members),
            properties={name: reading.of_value(member) for name, member in members.items()},
            others=reading.everything(),
            everything=reading.everything(),
            names=reading.of_names(members),
        )
    if not isinstance(view, views.ObjectView):
        return Shape(others=reading.everything(), everything=reading.everything())
    return Shape(
        required=tuple(view.required),
        properties=view.properties,
        patterns=view.pattern_properties,
        others=view.additional_properties or reading.everything(),
        everything=reading.everything(),
        names=view.property_names,
        low=view.min_properties or 0,
        high=view.max_properties,
        demands=tuple(map(_demand, view.violations)),
    )


def _demand(violation: Any) -> SomeKey:
    match violation:
        case views.NameFailsView(schema=node):
            return SomeKey(refuse_name=(node,))
        case views.PatternValueFailsView(pattern=pattern, schema=node):
            return SomeKey(pattern=pattern, refuse=(node,))
    return SomeKey(names=frozenset(violation.names), patterns=tuple(violation.patterns), refuse=(violation.additional,))


def choose(
    search: Search,
    shape: Shape,
    demand: SomeKey,
    *,
    known: Collection[str],
    avoid: Collection[str],
    fresh: int = 1,
) -> Choice:
    """Return the names that may meet *demand*, those that stand in the schemas first.

    Args:
        search: Solves for names and values.
        shape: The object.
        demand: What is asked of the key and its value.
        known: Keys that the object has.
        avoid: Keys that it must not have.
        fresh: How many keys that stand nowhere are of use.
    """
    listed = _listed(shape.names)
    explicit = dict.fromkeys(chain(known, shape.properties, listed or ()))
    names = [
        name
        for name in explicit
        if name not in avoid
        and _meets(search, demand, name)
        and allowed(search, shape, name)
        and not any(algebra.covers(node, shape.under(name)) for node in demand.refuse)
    ]
    if listed is not None:
        return Choice(names=tuple(names), rest=EMPTY)
    under, exact = _elsewhere(shape, demand)
    value = search.solve(Goal(under, demand.refuse), at="*")
    if value.empty:
        return Choice(names=tuple(names), rest=value)
    new, complete = _fresh(search, shape, demand, {*explicit, *avoid}, fresh)
    if complete and not new:
        return Choice(names=tuple(names), rest=EMPTY)
    decided = new and exact and (complete or len(new) >= fresh)
    rest = EMPTY if decided else undecided("no further key was found that the patterns and names allow")
    return Choice(names=(*names, *new), rest=rest)


def allowed(search: Search, shape: Shape, name: str) -> bool:
    """Return whether an object of *shape* may have the key *name*; where that cannot be judged, it may."""
    return shape.names is None or not search.judgeable(shape.names) or search.accepts(shape.names, name)


@lru_cache(maxsize=1024)
def matches(pattern: str, name: str) -> bool:
    """Return whether *pattern* matches somewhere in *name*."""
    return _matcher(pattern).accepts(name)


@lru_cache(maxsize=256)
def _matcher(pattern: str) -> Judge:
    return Judge({"pattern": pattern})


def _listed(names: Node | None) -> list[str] | None:
    """Return the names, where only listed ones are allowed."""
    match names.view() if names is not None else None:
        case views.ConstView(value=value):
            return [value] if isinstance(value, str) else []
        case views.EnumView(values=values):
            return [value for value in values if isinstance(value, str)]
        case views.FalseView():
            return []
    return None


def _meets(search: Search, demand: SomeKey, name: str) -> bool:
    return (
        name not in demand.names
        and (demand.pattern is None or matches(demand.pattern, name))
        and not any(matches(pattern, name) for pattern in demand.patterns)
        and not any(search.accepts(node, name) for node in demand.refuse_name)
    )


def _elsewhere(shape: Shape, demand: SomeKey) -> tuple[Node, bool]:
    """Return what a key holds that meets *demand* and stands in no schema, and whether that is exact or too wide."""
    if demand.pattern is None:
        exact = set(shape.patterns) <= set(demand.patterns)
        return (shape.others if exact else shape.everything), exact
    if demand.pattern in shape.patterns:
        return shape.patterns[demand.pattern], len(shape.patterns) == 1
    return (shape.everything, False) if shape.patterns else (shape.others, True)


def _fresh(
    search: Search, shape: Shape, demand: SomeKey, taken: Collection[str], wanted: int
) -> tuple[tuple[str, ...], bool]:
    """Return names that meet *demand* and are not *taken*, and whether there are no others."""
    if shape.names is None and demand.pattern is None and not demand.refuse_name:
        plain = (name for name in chain(FRESH, (f"x{number}" for number in count())) if name not in taken)
        met = (name for name in islice(plain, wanted + MOST_KEYS) if _meets(search, demand, name))
        return tuple(islice(met, wanted)), False
    parts = [search.reading.of_type("string"), *([shape.names] if shape.names is not None else [])]
    parts += [search.reading.of_pattern(demand.pattern)] if demand.pattern is not None else []
    name_node = algebra.intersect(parts)
    if name_node is None:
        return (), False
    found = search.solve(Goal(name_node, demand.refuse_name), wanted + len(taken) + 2)
    plain = (name for name in FRESH if search.judgeable(name_node) and search.accepts(name_node, name))
    proposed = dict.fromkeys(chain(plain, (candidate.value for candidate in found.candidates)))
    names = [name for name in proposed if name not in taken and _meets(search, demand, name)]
    return tuple(names[:wanted]), found.exhausted and len(names) <= wanted
