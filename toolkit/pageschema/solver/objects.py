"""Objects: which keys, and what stands under each.

To refuse an object schema is to break it in one place: a missing key, a value, a name, a count. A plan is what one such
choice for every refused schema asks of the object; plans are tried in turn, the smallest breaks first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from jsonschema_rs import canonical as views

from pageschema.solver import algebra, keys
from pageschema.solver.outcome import EMPTY, Candidate, Goal, Node, Outcome, Tally, undecided

if TYPE_CHECKING:
    from pageschema.solver.combinations import Case
    from pageschema.solver.search import Search


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is asked of an object beyond its schema.

    `present` gives, for keys that must be there, what their values must not be. `some` are demands that one key, yet to
    be chosen, has to meet.
    """

    absent: frozenset[str] = frozenset()
    present: Mapping[str, tuple[Node, ...]] = field(default_factory=dict)
    low: int = 0
    high: int | None = None
    some: tuple[keys.SomeKey, ...] = ()

    def having(self, name: str, refuse: tuple[Node, ...] = ()) -> Plan:
        """Return the plan with one more key, or with more asked of it."""
        return replace(self, present={**self.present, name: self.present.get(name, ()) + refuse})


def solve(search: Search, case: Case, want: int) -> Outcome:
    """Return objects of a case."""
    merged = algebra.intersect(case.take or (search.reading.of_type("object"),))
    if merged is None:
        return undecided("the constraints on an object do not combine")
    view = merged.view()
    if not isinstance(view, (views.ObjectView, views.MultiTypeView)):
        # The parts together are something simpler, or several cases: the goal starts over from there.
        return search.solve(Goal(merged, case.refuse), want) if len(case.take) > 1 else undecided("not an object form")
    shape = keys.shape_of(view, search.reading)
    refused = [keys.shape_of(node.view(), search.reading) for node in case.refuse]
    return _choose(search, shape, Plan(some=shape.demands), refused, want)


def _choose(search: Search, shape: keys.Shape, plan: Plan, refused: list[keys.Shape], want: int) -> Outcome:
    """Break each refused schema in some way; a plan that is proven hopeless is not refined further."""
    outcome = _build(search, shape, plan, want if not refused else 1)
    if not refused or outcome.empty:
        return outcome
    tally = Tally()
    for option in _breaks(shape, refused[0], plan):
        search.budget.spend()
        tally.add(_choose(search, shape, option, refused[1:], want))
        if tally.has(want):
            return tally.outcome()
    if refused[0].demands:
        tally.add(undecided("that some key must break a condition is not refused here"))
    return tally.outcome()


def _breaks(shape: keys.Shape, refused: keys.Shape, plan: Plan) -> Iterator[Plan]:
    """Yield *plan* with each way to make the object no instance of *refused*."""
    for name in refused.required:
        if name not in shape.required:
            yield replace(plan, absent=plan.absent | {name})
    for name, node in refused.properties.items():
        if not algebra.covers(node, shape.under(name)):
            yield plan.having(name, (node,))
    if refused.low:
        high = refused.low - 1
        yield replace(plan, high=high if plan.high is None else min(plan.high, high))
    for demand in refused.promises(shape):
        yield replace(plan, some=(*plan.some, demand))
    if refused.high is not None:
        yield replace(plan, low=max(plan.low, refused.high + 1))


def _build(search: Search, shape: keys.Shape, plan: Plan, want: int) -> Outcome:
    """Return objects that follow *plan*."""
    if plan.some:
        return _place(search, shape, plan, want)
    names = [*shape.required, *(name for name in plan.present if name not in shape.required)]
    low, high = _window(shape, plan)
    if plan.absent & set(names) or (high is not None and (len(names) > high or low > high)):
        return EMPTY
    members: dict[str, Outcome] = {}
    open_member: Outcome | None = None
    for name in names:
        if not keys.allowed(search, shape, name):
            return EMPTY
        found = search.solve(Goal(shape.under(name), plan.present.get(name, ())), want, at=name)
        if found.empty:
            return found
        if not found.found:
            open_member = open_member or found
        members[name] = found
    if open_member is not None:
        return replace(open_member, exhausted=False)
    if len(names) < low:
        return _fill(search, shape, plan, want)
    return _assemble(search, shape, plan, members, want)


def _place(search: Search, shape: keys.Shape, plan: Plan, want: int) -> Outcome:
    """Meet the first open demand on some key with each key that comes into question."""
    demand, rest = plan.some[0], replace(plan, some=plan.some[1:])
    tally = Tally()
    choice = keys.choose(search, shape, demand, known=[*shape.required, *plan.present], avoid=plan.absent)
    for name in choice.names:
        search.budget.spend()
        tally.add(_build(search, shape, rest.having(name, demand.refuse), want))
        if tally.has(want):
            return tally.outcome()
    tally.add(choice.rest)
    return tally.outcome()


def _window(shape: keys.Shape, plan: Plan) -> tuple[int, int | None]:
    """Return the least and the greatest number of keys."""
    high = min((high for high in (shape.high, plan.high) if high is not None), default=None)
    return max(shape.low, plan.low), high


def _fill(search: Search, shape: keys.Shape, plan: Plan, want: int) -> Outcome:
    """Add keys until there are enough."""
    low, _ = _window(shape, plan)
    filled = plan
    known = dict.fromkeys((*shape.required, *plan.present))
    missing = low - len(known)
    if missing > keys.MOST_KEYS:
        return undecided(f"an object of {low} keys is larger than what is built")
    choice = keys.choose(search, shape, keys.SomeKey(), known=known, avoid=plan.absent, fresh=missing)
    needs = choice.rest.needs
    exact = choice.rest.exhausted
    for name in choice.names:
        if name in known:
            continue
        found = search.solve(Goal(shape.under(name)), 1, at=name)
        needs |= found.needs
        exact = exact and (found.found or found.empty)
        if found.found:
            filled, missing = filled.having(name), missing - 1
        if not missing:
            return _build(search, shape, filled, want)
    if exact:
        return Outcome(exhausted=True, needs=needs)
    return undecided(f"no object of {low} keys was found")


def _assemble(search: Search, shape: keys.Shape, plan: Plan, members: dict[str, Outcome], want: int) -> Outcome:
    """Return the smallest object, then objects that differ from it in one value or one further key."""
    _, high = _window(shape, plan)
    least = {name: found.candidates[0] for name, found in members.items()}
    found = [_object(least)]
    for name, outcome in members.items():
        found += [_object({**least, name: other}) for other in outcome.candidates[1:] if len(found) < want]
    if high is None or len(members) < high:
        for name in shape.properties:
            if len(found) >= want:
                break
            if name in members or name in plan.absent or not keys.allowed(search, shape, name):
                continue
            more = search.solve(Goal(shape.under(name)), 2, at=name)
            found += [_object({**least, name: other}) for other in more.candidates]
    return Outcome(candidates=tuple(found), needs=frozenset().union(*(o.needs for o in members.values())))


def _object(members: dict[str, Candidate]) -> Candidate:
    value: dict[str, Any] = {name: candidate.value for name, candidate in members.items()}
    return Candidate(value, 1 + sum(candidate.size for candidate in members.values()))
