"""Arrays: how many items, and what stands at each position.

Positions past every prefix are alike, so where one item is to meet a demand, the prefixes and one more position are
tried; and no array need be longer than its demands and its least length ask.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations, islice, product
from typing import TYPE_CHECKING

from pageschema.solver import algebra, matching, shapes
from pageschema.solver.outcome import EMPTY, Candidate, Goal, Node, Outcome, Tally, undecided
from pageschema.solver.shapes import ArrayShape

if TYPE_CHECKING:
    from pageschema.solver.combinations import Case
    from pageschema.solver.search import Search

LONGEST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class SomeItem:
    """A demand on some item from `start` on; items for demands of one `group` stand at different positions."""

    start: int = 0
    take: tuple[Node, ...] = ()
    refuse: tuple[Node, ...] = ()
    group: int | None = None


@dataclass(frozen=True, slots=True)
class Cap:
    """No more than `most` items are instances of `schema`."""

    schema: Node
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is asked of an array: its `layers`, all of which it must fit, and what breaks the refused schemas.

    `at` gives, by position, what an item must and must not be; `everywhere` what none may be. `used` is where the
    demands of each group stand. `equal` are two positions that hold the same.
    """

    layers: tuple[ArrayShape, ...]
    low: int = 0
    high: int | None = None
    at: Mapping[int, tuple[tuple[Node, ...], tuple[Node, ...]]] = field(default_factory=dict)
    everywhere: tuple[Node, ...] = ()
    some: tuple[SomeItem, ...] = ()
    used: tuple[tuple[int, int], ...] = ()
    caps: tuple[Cap, ...] = ()
    distinct: bool = False
    repeated: bool = False
    equal: tuple[int, int] | None = None

    def having(self, index: int, take: tuple[Node, ...] = (), refuse: tuple[Node, ...] = ()) -> Plan:
        """Return the plan with more asked of the item at *index*."""
        before = self.at.get(index, ((), ()))
        return replace(self, at={**self.at, index: (before[0] + take, before[1] + refuse)})

    def demanding(self, node: Node, times: int) -> Plan:
        """Return the plan with *times* items asked for that are instances of *node*."""
        group = max((demand.group or 0 for demand in self.some), default=0) + 1
        group = max(group, max((group for group, _ in self.used), default=0) + 1)
        more = tuple(SomeItem(take=(node,), group=group) for _ in range(min(times, LONGEST + 1)))
        return replace(self, some=self.some + more)

    def under(self, index: int) -> tuple[Node, ...]:
        """Return what the layers ask of the item at *index*."""
        return algebra.merge(node for layer in self.layers for node in layer.under(index))

    def prefix(self) -> int:
        """Return from which position on the layers ask the same of every item."""
        return max(len(layer.prefix) for layer in self.layers)

    def window(self) -> tuple[int, int | None]:
        """Return the least and the greatest length."""
        low = max(self.low, *(layer.low for layer in self.layers), *(index + 1 for index in self.at))
        low = max(low, self.equal[1] + 1) if self.equal else low
        highs = [layer.high for layer in self.layers] + [self.high]
        return low, min((high for high in highs if high is not None), default=None)

    def goal(self, *indexes: int) -> Goal:
        """Return what an item that stands at all of *indexes* must be."""
        take = [node for index in indexes for node in (*self.under(index), *self.at.get(index, ((), ()))[0])]
        refuse = [node for index in indexes for node in self.at.get(index, ((), ()))[1]]
        return Goal(algebra.merge(take), tuple(dict.fromkeys((*self.everywhere, *refuse))))


def solve(search: Search, case: Case, want: int) -> Outcome:
    """Return arrays of a case."""
    leaves = shapes.merge(case.take)
    if leaves is None:
        return EMPTY
    plan = Plan(layers=tuple(shapes.array_shape(leaf, search.reading) for leaf in leaves) or (ArrayShape(),))
    plan = replace(
        plan,
        distinct=any(layer.distinct for layer in plan.layers),
        repeated=any(layer.repeated for layer in plan.layers),
    )
    for contained in (contained for layer in plan.layers for contained in layer.contains):
        plan = plan.demanding(contained.schema, contained.low)
        if contained.high is not None:
            plan = _capped(plan, contained.schema, contained.high)
    return _choose(search, plan, [shapes.array_shape(leaf, search.reading) for leaf in case.refuse], want)


def _capped(plan: Plan, node: Node, most: int) -> Plan:
    """Return *plan* with no more than *most* instances of *node*."""
    if not most:
        return replace(plan, everywhere=tuple(dict.fromkeys((*plan.everywhere, node))))
    return replace(plan, caps=(*plan.caps, Cap(node, most)))


def _choose(search: Search, plan: Plan, refused: list[ArrayShape], want: int) -> Outcome:
    """Break each refused schema in some way; a plan that is proven hopeless is not refined further."""
    outcome = _build(search, plan, want if not refused else 1)
    if not refused or outcome.empty:
        return outcome
    tally = Tally()
    for option in _breaks(plan, refused[0]):
        search.budget.spend()
        tally.add(_choose(search, option, refused[1:], want))
        if tally.has(want):
            return tally.outcome()
    return tally.outcome()


def _breaks(plan: Plan, refused: ArrayShape) -> Iterator[Plan]:
    """Yield *plan* with each way to make the array no instance of *refused*."""
    if refused.low:
        high = refused.low - 1
        yield replace(plan, high=high if plan.high is None else min(plan.high, high))
    for index, node in enumerate(refused.prefix):
        if not _covered(node, plan.under(index)):
            yield plan.having(index, refuse=(node,))
    start = len(refused.prefix)
    if refused.items is not None:
        places = range(start, max(start, plan.prefix()) + 1)
        if not all(_covered(refused.items, plan.under(index)) for index in places):
            yield replace(plan, some=(*plan.some, SomeItem(start=start, refuse=(refused.items,))))
    if refused.high is not None:
        yield replace(plan, low=max(plan.low, refused.high + 1))
    if refused.distinct:
        yield replace(plan, repeated=True)
    if refused.repeated:
        yield replace(plan, distinct=True)
    for contained in refused.contains:
        if contained.low:
            yield _capped(plan, contained.schema, contained.low - 1)
        if contained.high is not None:
            yield plan.demanding(contained.schema, contained.high + 1)


def _covered(node: Node, held: tuple[Node, ...]) -> bool:
    return any(algebra.covers(node, each) for each in held)


def _build(search: Search, plan: Plan, want: int) -> Outcome:
    """Return arrays that follow *plan*."""
    if plan.some:
        return _place(search, plan, want)
    if plan.distinct and plan.repeated:
        return EMPTY
    length, high = plan.window()
    if high is not None and length > high:
        return EMPTY
    if length > LONGEST:
        return undecided(f"an array of {length} items is longer than what is built")
    if plan.repeated and plan.equal is None:
        return _repeat(search, plan, want)
    if plan.caps:
        return _count(search, plan, 0, want)
    spread = plan.distinct and length > 1
    items = [search.solve(_goal(plan, index), max(want, length if spread else 1), at=index) for index in range(length)]
    for item in items:
        if item.empty:
            return item
    for item in items:
        if not item.found:
            return replace(item, exhausted=False)
    if spread:
        return _all_different(items)
    return _assemble(search, plan, items, want)


def _goal(plan: Plan, index: int) -> Goal:
    return plan.goal(*plan.equal) if plan.equal and index in plan.equal else plan.goal(index)


def _place(search: Search, plan: Plan, want: int) -> Outcome:
    """Meet the first open demand on some item at each position that comes into question."""
    demand, rest = plan.some[0], replace(plan, some=plan.some[1:])
    barred = {position for group, position in plan.used if group == demand.group and demand.group is not None}
    last = max((demand.start, plan.prefix(), *(index + 1 for index in (*plan.at, *barred))))
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
        tally.add(_build(search, option, want))
        if tally.has(want):
            break
    return tally.outcome()


def _repeat(search: Search, plan: Plan, want: int) -> Outcome:
    """Return arrays in which two items are equal: two of which something is asked, or one or two others."""
    special = sorted({*range(plan.prefix()), *plan.at})
    plain = (index for index in range(len(special) + 2) if index not in special)
    places = sorted({*special, next(plain), next(plain)})
    tally = Tally()
    for one, other in combinations(places, 2):
        search.budget.spend()
        tally.add(_build(search, replace(plan, equal=(one, other)), want))
        if tally.has(want):
            break
    return tally.outcome()


def _count(search: Search, plan: Plan, index: int, want: int) -> Outcome:
    """Settle for each position in turn of which capped schema its item is an instance, while the caps allow it."""
    search.budget.spend()
    length, _ = plan.window()
    if index == length:
        settled = _build(search, replace(plan, caps=(), low=length, high=length), want)
        return replace(settled, exhausted=settled.empty)  # Longer ones may fit too.
    if plan.equal is not None and index == plan.equal[1]:
        return _count(search, plan, index + 1, want)  # Settled with the first of the two.
    weight = 2 if plan.equal is not None and index == plan.equal[0] else 1
    tally = Tally()
    for option in _settled(plan, index, weight):
        found = search.solve(_goal(option, index), at=index)
        tally.add(found if found.empty else _count(search, option, index + 1, want))
        if tally.has(want):
            break
    return tally.outcome()


def _settled(plan: Plan, index: int, weight: int) -> Iterator[Plan]:
    """Yield *plan* with the item at *index* in or out of each capped schema, out of all of them first."""
    options = [replace(plan, caps=())]
    for cap in plan.caps:
        outside = [replace(option.having(index, refuse=(cap.schema,)), caps=(*option.caps, cap)) for option in options]
        inside = [
            replace(option.having(index, take=(cap.schema,)), caps=(*option.caps, Cap(cap.schema, cap.most - weight)))
            for option in options
            if cap.most >= weight
        ]
        options = outside + inside
    yield from options


def _all_different(items: list[Outcome]) -> Outcome:
    """Return an array of distinct items, where each may be one of its candidates."""
    chosen = matching.distinct_choice([item.candidates for item in items])
    if chosen is not None:
        return Outcome(candidates=(_array(chosen),), needs=frozenset().union(*(item.needs for item in items)))
    # Who has as many candidates as there are items is never short of one that is free.
    if all(item.exhausted or len(item.candidates) >= len(items) for item in items):
        return Outcome(exhausted=True, needs=frozenset().union(*(item.needs for item in items)))
    return undecided("not enough different items were found")


def _assemble(search: Search, plan: Plan, items: list[Outcome], want: int) -> Outcome:
    """Return the least array, then arrays that differ from it in one item or have one more; all if they are few."""
    _, high = plan.window()
    needs = frozenset().union(*(item.needs for item in items))
    if (want > 1 or high == 0) and (every := _every(search, plan, items, want)) is not None:
        return Outcome(candidates=tuple(every), exhausted=True, needs=needs)
    least = [item.candidates[0] for item in items]
    found = [_array(least)]
    pair = plan.equal or ()
    for index, item in enumerate(items):
        for other in item.candidates[1:]:
            if len(found) < want:
                places = pair if index in pair else (index,)
                found.append(_array([other if at in places else kept for at, kept in enumerate(least)]))
    while len(found) < want and len(least) <= LONGEST and (high is None or len(least) < high):
        more = search.solve(_goal(plan, len(least)), want, at="*")
        if not more.found:
            break
        found += [_array([*least, other]) for other in more.candidates]
        least.append(more.candidates[0])
    return Outcome(candidates=tuple(found), needs=needs)


def _every(search: Search, plan: Plan, items: list[Outcome], want: int) -> list[Candidate] | None:
    """Return all arrays of *plan*, or None where there are more than *want* or it is not told."""
    _, high = plan.window()
    # A demand that was met at one position may be met at others.
    if plan.at or plan.equal or plan.distinct or high is None or high > LONGEST:
        return None
    every: list[Candidate] = []
    choices = list(items)
    while all(choice.exhausted for choice in choices):
        arrays = product(*(choice.candidates for choice in choices))
        every += (_array(list(chosen)) for chosen in islice(arrays, want + 1 - len(every)))
        if len(every) > want:
            return None
        if len(choices) == high or any(choice.empty for choice in choices):
            return every
        choices.append(search.solve(_goal(plan, len(choices)), want, at="*"))
    return None


def _array(items: list[Candidate]) -> Candidate:
    return Candidate([item.value for item in items], 1 + sum(item.size for item in items))
