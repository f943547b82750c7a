"""Arrays: how many items, and what stands at each position.

Positions past the prefix are alike, so where one item is to meet a demand, the prefix and one more position are tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

from jsonschema_rs import canonical as views

from pageschema.solver import algebra
from pageschema.solver.algebra import Algebra
from pageschema.solver.outcome import EMPTY, Candidate, Goal, Node, Outcome, Tally, identity, undecided

if TYPE_CHECKING:
    from pageschema.solver.combinations import Case
    from pageschema.solver.search import Search

LONGEST = 500
MOST_PAIRS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class SomeItem:
    """A demand on some item from `start` on; items for demands of one `group` stand at different positions."""

    start: int = 0
    take: tuple[Node, ...] = ()
    refuse: tuple[Node, ...] = ()
    group: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is asked of an array beyond its schema.

    `at` gives, by position, what an item must and must not be; `everywhere` what none may be; `otherwise` what none may
    be that no demand has chosen. `used` is where the demands of each group stand.
    """

    low: int = 0
    high: int | None = None
    at: Mapping[int, tuple[tuple[Node, ...], tuple[Node, ...]]] = field(default_factory=dict)
    everywhere: tuple[Node, ...] = ()
    some: tuple[SomeItem, ...] = ()
    used: tuple[tuple[int, int], ...] = ()
    otherwise: tuple[Node, ...] = ()
    distinct: bool = False
    repeated: bool = False

    def having(self, index: int, take: tuple[Node, ...] = (), refuse: tuple[Node, ...] = ()) -> Plan:
        """Return the plan with more asked of the item at *index*."""
        before = self.at.get(index, ((), ()))
        return replace(self, at={**self.at, index: (before[0] + take, before[1] + refuse)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """An array schema, with what is absent made explicit."""

    prefix: tuple[Node, ...] = ()
    items: Node
    low: int = 0
    high: int | None = None
    distinctness: Any = None
    contains: tuple[views.ContainsView, ...] = ()

    def under(self, index: int) -> Node:
        """Return what the item at *index* must be."""
        return self.prefix[index] if index < len(self.prefix) else self.items


def solve(search: Search, case: Case, want: int) -> Outcome:
    """Return arrays of a case."""
    merged = algebra.intersect(case.take or (search.reading.of_type("array"),))
    if merged is None:
        return undecided("the constraints on an array do not combine")
    view = merged.view()
    if not isinstance(view, (views.ArrayView, views.MultiTypeView)):
        return search.solve(Goal(merged, case.refuse), want) if len(case.take) > 1 else undecided("not an array form")
    shape = _shape(view, search.reading)
    relaxed = Plan(
        distinct=shape.distinctness == views.Distinctness.ALL_DISTINCT,
        repeated=shape.distinctness == views.Distinctness.SOME_REPEATED,
        some=tuple(
            SomeItem(take=(contained.schema,), group=index)
            for index, contained in enumerate(shape.contains)
            for _ in range(min(_least(contained), LONGEST + 1))
        ),
    )
    refused = [_shape(node.view(), search.reading) for node in case.refuse]
    capped = [contained.schema for contained in shape.contains if contained.max_contains is not None]
    if not capped:
        return _choose(search, shape, relaxed, refused, want)
    # Items that no demand has chosen stay out of what may occur only so often: enough for an instance, not for a proof.
    free = _choose(search, shape, relaxed, refused, 1)
    if free.empty:
        return free
    within = _choose(search, shape, replace(relaxed, otherwise=tuple(capped)), refused, want)
    return within if within.found else undecided("how often an item may be contained is not solved for here")


def _shape(view: Any, reading: Algebra) -> Shape:
    if isinstance(view, views.ConstView):
        items: Any = view.value
        prefix = tuple(reading.of_value(item) for item in items)
        return Shape(prefix=prefix, items=reading.everything(), low=len(prefix), high=len(prefix))
    if not isinstance(view, views.ArrayView):
        return Shape(items=reading.everything())
    return Shape(
        prefix=tuple(view.prefix_items),
        items=view.items or reading.everything(),
        low=view.min_items or 0,
        high=view.max_items,
        distinctness=view.distinctness,
        contains=tuple(view.contains),
    )


def _least(contained: views.ContainsView) -> int:
    return 1 if contained.min_contains is None else contained.min_contains


def _choose(search: Search, shape: Shape, plan: Plan, refused: list[Shape], want: int) -> Outcome:
    """Break each refused schema in some way; a plan that is proven hopeless is not refined further."""
    outcome = _build(search, shape, plan, want if not refused else 1)
    if not refused or (outcome.empty and not plan.otherwise):
        return outcome
    tally = Tally()
    for option in _breaks(shape, refused[0], plan):
        search.budget.spend()
        tally.add(_choose(search, shape, option, refused[1:], want))
        if tally.has(want):
            return tally.outcome()
    if any(_least(contained) > 1 for contained in refused[0].contains):
        tally.add(undecided("that an item is contained several times is not refused here"))
    return tally.outcome()


def _breaks(shape: Shape, refused: Shape, plan: Plan) -> Iterator[Plan]:
    """Yield *plan* with each way to make the array no instance of *refused*."""
    if refused.low:
        high = refused.low - 1
        yield replace(plan, high=high if plan.high is None else min(plan.high, high))
    for index, node in enumerate(refused.prefix):
        if not algebra.covers(node, shape.under(index)):
            yield plan.having(index, refuse=(node,))
    start = len(refused.prefix)
    places = [shape.under(index) for index in range(start, max(start, len(shape.prefix)) + 1)]
    if not all(algebra.covers(refused.items, node) for node in places):
        yield replace(plan, some=(*plan.some, SomeItem(start=start, refuse=(refused.items,))))
    if refused.high is not None:
        yield replace(plan, low=max(plan.low, refused.high + 1))
    if refused.distinctness == views.Distinctness.ALL_DISTINCT:
        yield replace(plan, repeated=True)
    if refused.distinctness == views.Distinctness.SOME_REPEATED:
        yield replace(plan, distinct=True)
    for contained in refused.contains:
        if _least(contained):
            yield replace(plan, everywhere=(*plan.everywhere, contained.schema))
        if contained.max_contains is not None and contained.max_contains < LONGEST:
            group = 1_000 + len(plan.some)
            more = tuple(SomeItem(take=(contained.schema,), group=group) for _ in range(contained.max_contains + 1))
            yield replace(plan, some=plan.some + more)


def _build(search: Search, shape: Shape, plan: Plan, want: int) -> Outcome:
    """Return arrays that follow *plan*."""
    if plan.some:
        return _place(search, shape, plan, want)
    if plan.distinct and plan.repeated:
        return EMPTY
    length, high = _window(shape, plan)
    if high is not None and length > high:
        return EMPTY
    if length > LONGEST:
        return undecided(f"an array of {length} items is longer than what is built")
    if plan.repeated:
        return _repeat(search, shape, plan, want)
    spread = plan.distinct and length > 1
    items = [
        search.solve(_goal(shape, plan, index), max(want, length if spread else 1), at=index) for index in range(length)
    ]
    for item in items:
        if item.empty:
            return item
    for item in items:
        if not item.found:
            return replace(item, exhausted=False)
    if spread:
        return _all_different(items)
    return _assemble(search, shape, plan, items, want)


def _window(shape: Shape, plan: Plan) -> tuple[int, int | None]:
    """Return the least and the greatest length."""
    low = max(shape.low, plan.low, *(index + 1 for index in plan.at), 0)
    return low, min((high for high in (shape.high, plan.high) if high is not None), default=None)


def _goal(shape: Shape, plan: Plan, index: int) -> Goal:
    take, refuse = plan.at.get(index, ((), ()))
    chosen = any(index == position for _, position in plan.used)
    node = algebra.intersect((shape.under(index), *take)) or shape.under(index)
    return Goal(node, tuple(dict.fromkeys((*plan.everywhere, *refuse, *(() if chosen else plan.otherwise)))))


def _place(search: Search, shape: Shape, plan: Plan, want: int) -> Outcome:
    """Meet the first open demand on some item at each position that comes into question."""
    demand, rest = plan.some[0], replace(plan, some=plan.some[1:])
    barred = {position for group, position in plan.used if group == demand.group and demand.group is not None}
    last = max((demand.start, len(shape.prefix), *(index + 1 for index in plan.at)))
    last = max(last, *(position + 1 for position in barred), 0)
    if last > LONGEST:
        return undecided(f"an array of {last} items is longer than what is built")
    tally = Tally()
    for index in range(demand.start, last + 1):
        if index in barred:
            continue
        search.budget.spend()
        option = rest.having(index, demand.take, demand.refuse)
        if demand.group is not None:
            option = replace(option, used=(*option.used, (demand.group, index)))
        tally.add(_build(search, shape, option, want))
        if tally.has(want):
            break
    return tally.outcome()


def _repeat(search: Search, shape: Shape, plan: Plan, want: int) -> Outcome:
    """Return arrays in which two items are equal."""
    length, high = _window(shape, plan)
    places = range(max(length, len(shape.prefix)) + 2)
    if len(places) > MOST_PAIRS:
        return undecided("that two of many items are equal is not solved for here")
    tally = Tally()
    for one, other in combinations(places, 2):
        if high is not None and other >= high:
            continue
        first, second = _goal(shape, plan, one), _goal(shape, plan, other)
        both = algebra.intersect((first.take, second.take))
        if both is None:
            tally.add(undecided("the items of an array do not combine"))
            continue
        equal = search.solve(Goal(both, tuple(dict.fromkeys(first.refuse + second.refuse))), want, at="*")
        others = [
            equal if index in {one, other} else search.solve(_goal(shape, plan, index), at=index)
            for index in range(max(length, other + 1))
        ]
        hopeless = [item for item in others if item.empty]
        stuck = [item for item in others if not item.found]
        if hopeless or stuck:
            tally.add(hopeless[0] if hopeless else replace(stuck[0], exhausted=False))
            continue
        tally.add(Outcome(candidates=(_array([item.candidates[0] for item in others]),)))
        if tally.has(want):
            break
    return tally.outcome()


def _all_different(items: list[Outcome]) -> Outcome:
    """Return an array of distinct items; each takes the first of its candidates that is still free."""
    taken: set[Any] = set()
    chosen = []
    for item in items:
        free = next((c for c in item.candidates if identity(c.value) not in taken), None)
        if free is None:
            alike = all(other.candidates == items[0].candidates and other.exhausted for other in items)
            return EMPTY if alike else undecided("not enough different items were found")
        taken.add(identity(free.value))
        chosen.append(free)
    return Outcome(candidates=(_array(chosen),), needs=frozenset().union(*(item.needs for item in items)))


def _assemble(search: Search, shape: Shape, plan: Plan, items: list[Outcome], want: int) -> Outcome:
    """Return the least array, then arrays that differ from it in one item or have one more."""
    _, high = _window(shape, plan)
    least = [item.candidates[0] for item in items]
    found = [_array(least)]
    for index, item in enumerate(items):
        for other in item.candidates[1:]:
            if len(found) < want:
                found.append(_array([*least[:index], other, *least[index + 1 :]]))
    if len(found) < want and (high is None or len(items) < high):
        more = search.solve(_goal(shape, plan, len(items)), want, at="*")
        found += [_array([*least, other]) for other in more.candidates]
    needs = frozenset().union(*(item.needs for item in items))
    complete = high is not None and high == len(items) == 0
    return Outcome(candidates=tuple(found), exhausted=complete, needs=needs)


def _array(items: list[Candidate]) -> Candidate:
    return Candidate([item.value for item in items], 1 + sum(item.size for item in items))
