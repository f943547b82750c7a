"""Objects: which keys, and what stands under each.

To refuse an object schema is to break it in one place: a missing key, a value, a name, a count. A plan is what one such
choice for every refused schema asks of the object; plans are tried in turn, the smallest breaks first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, islice, product
from typing import TYPE_CHECKING, Any

from pageschema.solver import algebra, keys, shapes
from pageschema.solver.outcome import EMPTY, Candidate, Goal, Node, Outcome, Tally, undecided
from pageschema.solver.shapes import ObjectShape, SomeKey

if TYPE_CHECKING:
    from pageschema.solver.combinations import Case
    from pageschema.solver.search import Search


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is asked of an object: its `layers`, all of which it must fit, and what breaks the refused schemas.

    `present` gives, for keys that must be there, what their values must not be. `some` are demands that one key, yet to
    be chosen, has to meet.
    """

    layers: tuple[ObjectShape, ...]
    absent: frozenset[str] = frozenset()
    present: Mapping[str, tuple[Node, ...]] = field(default_factory=dict)
    low: int = 0
    high: int | None = None
    some: tuple[SomeKey, ...] = ()

    def having(self, name: str, refuse: tuple[Node, ...] = ()) -> Plan:
        """Return the plan with one more key, or with more asked of it."""
        before = self.present.get(name, ())
        return replace(self, present={**self.present, name: tuple(dict.fromkeys(before + refuse))})

    def required(self) -> tuple[str, ...]:
        """Return the keys that must be there."""
        return tuple(dict.fromkeys(chain(*(layer.required for layer in self.layers), self.present)))

    def window(self) -> tuple[int, int | None]:
        """Return the least and the greatest number of keys."""
        highs = [layer.high for layer in self.layers] + [self.high]
        low = max(self.low, *(layer.low for layer in self.layers))
        return low, min((high for high in highs if high is not None), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """A search for objects; `listed` are the names that stand in some schema, in order."""

    search: Search
    listed: tuple[str, ...]

    def goal(self, plan: Plan, name: str) -> Goal:
        return Goal(keys.under(plan.layers, name), plan.present.get(name, ()))


def solve(search: Search, case: Case, want: int) -> Outcome:
    """Return objects of a case."""
    leaves = shapes.merge(case.take)
    if leaves is None:
        return EMPTY
    layers = tuple(shapes.object_shape(leaf, search.reading) for leaf in leaves)
    refused = [shapes.object_shape(leaf, search.reading) for leaf in case.refuse]
    listed = dict.fromkeys(name for shape in (*layers, *refused) for name in shape.mentioned())
    task = _Task(search=search, listed=tuple(listed))
    plan = Plan(layers=layers or (ObjectShape(),), some=tuple(d for layer in layers for d in layer.demands))
    for shape in refused if len(refused) > 1 else ():
        # One that takes them all settles it; broken together, they ask for a product of breaks.
        alone = _choose(task, plan, [shape], 1)
        if alone.empty:
            return alone
    return _choose(task, plan, refused, want)


def _choose(task: _Task, plan: Plan, refused: list[ObjectShape], want: int) -> Outcome:
    """Break each refused schema in some way; a plan that is proven hopeless is not refined further."""
    refused = [shape for shape in refused if not _is_broken(task, plan, shape)]
    outcome = _build(task, plan, want if not refused else 1)
    if not refused or outcome.empty:
        return outcome
    tally = Tally()
    for option in _breaks(task, plan, refused[0]):
        task.search.budget.spend()
        tally.add(_choose(task, option, refused[1:], want))
        if tally.has(want):
            return tally.outcome()
    return tally.outcome()


def _is_broken(task: _Task, plan: Plan, refused: ObjectShape) -> bool:
    """Return whether a key that must be there, or must not, breaks *refused* in every object of *plan*."""
    if not plan.absent.isdisjoint(refused.required):
        return True
    for name in plan.required():
        if not keys.allowed(task.search, (refused,), name):
            return True
        held = keys.under(plan.layers, name)
        if any(algebra.disjoint(one, other) for other in refused.under(name) for one in held):
            return True
    return False


def _breaks(task: _Task, plan: Plan, refused: ObjectShape) -> Iterator[Plan]:
    """Yield *plan* with each way to make the object no instance of *refused*."""
    required = set(plan.required())
    for name in refused.required:
        if name not in required:
            yield replace(plan, absent=plan.absent | {name})
    for name, node in refused.properties.items():
        if not _covered(node, keys.under(plan.layers, name)):
            yield plan.having(name, (node,))
    if refused.low:
        high = refused.low - 1
        yield replace(plan, high=high if plan.high is None else min(plan.high, high))
    for demand in refused.promises():
        known = tuple(layer.names for layer in plan.layers if layer.names is not None)
        if demand.refuse_name and _covered(demand.refuse_name[0], known):
            continue
        yield replace(plan, some=(*plan.some, demand))
    if refused.high is not None:
        yield replace(plan, low=max(plan.low, refused.high + 1))
    for demand in refused.demands:
        yield replace(plan, layers=(*plan.layers, shapes.promise(demand, task.search.reading)))


def _covered(node: Node, held: tuple[Node, ...]) -> bool:
    return any(algebra.covers(node, each) for each in held)


def _build(task: _Task, plan: Plan, want: int) -> Outcome:
    """Return objects that follow *plan*."""
    if plan.some:
        return _place(task, plan, want)
    names = plan.required()
    low, high = plan.window()
    if plan.absent & set(names) or (high is not None and (len(names) > high or low > high)):
        return EMPTY
    members: dict[str, Outcome] = {}
    open_member: Outcome | None = None
    for name in names:
        if not keys.allowed(task.search, plan.layers, name):
            return EMPTY
        found = task.search.solve(task.goal(plan, name), want, at=name)
        if found.empty:
            return found
        if not found.found:
            open_member = open_member or found
        members[name] = found
    if open_member is not None:
        return replace(open_member, exhausted=False)
    if len(names) < low:
        if want > 1 and (every := _every(task, plan, members, want)) is not None:
            return Outcome(candidates=tuple(every), exhausted=True, needs=_needs(members))
        return _fill(task, plan, low - len(names), want)
    return _assemble(task, plan, members, want)


def _place(task: _Task, plan: Plan, want: int) -> Outcome:
    """Meet the first open demand on some key with each key that comes into question."""
    demand, rest = plan.some[0], replace(plan, some=plan.some[1:])
    tally = Tally()
    explicit = dict.fromkeys((*plan.required(), *task.listed))
    for name in explicit:
        if name in plan.absent or not keys.meets(task.search, demand, name):
            continue
        held = keys.under(plan.layers, name)
        if any(_covered(node, held) for node in demand.refuse):
            continue
        task.search.budget.spend()
        tally.add(_build(task, rest.having(name, demand.refuse), want))
        if tally.has(want):
            return tally.outcome()
    for region in keys.regions(task.search, plan.layers, demand, listed=frozenset(explicit) | plan.absent, want=1):
        if any(_covered(node, region.under) for node in demand.refuse):
            continue
        names = region.names
        tally.add(_build(task, rest.having(names.candidates[0].value, demand.refuse), want) if names.found else names)
        if tally.has(want):
            return tally.outcome()
    return tally.outcome()


def _fill(task: _Task, plan: Plan, missing: int, want: int) -> Outcome:
    """Add keys until there are enough."""
    if missing > keys.MOST_KEYS:
        return undecided(f"an object of {missing} more keys is larger than what is built")
    filled = plan
    tally = Tally()
    present = dict.fromkeys(plan.required())
    for name in task.listed:
        if not missing:
            break
        if name in present or name in plan.absent or not keys.allowed(task.search, plan.layers, name):
            continue
        found = task.search.solve(task.goal(plan, name), 1, at=name)
        if found.found:
            filled, missing = filled.having(name), missing - 1
        tally.add(replace(found, candidates=(), exhausted=found.found or found.exhausted))
    listed = frozenset((*present, *task.listed)) | plan.absent
    for region in keys.regions(task.search, plan.layers, keys.ANY_KEY, listed=listed, want=missing):
        if not missing:
            break
        value = task.search.solve(Goal(region.under), 1, at="*")
        if value.found:
            for candidate in region.names.candidates[:missing]:
                filled, missing = filled.having(candidate.value), missing - 1
            tally.add(replace(region.names, candidates=()))
        else:
            tally.add(value)
    if not missing:
        built = _build(task, filled, want)
        return replace(built, exhausted=built.empty)  # Other keys would have done.
    outcome = tally.outcome()
    return outcome if outcome.exhausted else replace(outcome, reason=outcome.reason or "no object of so many keys")


def _assemble(task: _Task, plan: Plan, members: dict[str, Outcome], want: int) -> Outcome:
    """Return the smallest object, then objects that differ from it in one value or one further key; all if few."""
    _, high = plan.window()
    needs = _needs(members)
    least = {name: found.candidates[0] for name, found in members.items()}
    found = [_object(least)]
    if want > 1 and (every := _every(task, plan, members, want)) is not None:
        return Outcome(candidates=tuple(every), exhausted=True, needs=needs)
    for name, outcome in members.items():
        found += [_object({**least, name: other}) for other in outcome.candidates[1:] if len(found) < want]
    if high is None or len(members) < high:
        for name, value in _further(task, plan, members, want):
            if len(found) >= want:
                break
            found.append(_object({**least, name: value}))
    return Outcome(candidates=tuple(found), needs=needs)


def _every(task: _Task, plan: Plan, members: dict[str, Outcome], want: int) -> list[Candidate] | None:
    """Return all objects of *plan*, or None where there are more than *want* or it is not told."""
    low, high = plan.window()
    choices = dict(members)
    if high != len(members):
        names = dict.fromkeys((*task.listed, *(name for layer in plan.layers for name in layer.properties)))
        for name in names:
            if name not in members and name not in plan.absent and keys.allowed(task.search, plan.layers, name):
                choices[name] = task.search.solve(task.goal(plan, name), want, at=name)
        listed = frozenset(choices) | plan.absent | frozenset(names)
        for region in keys.regions(task.search, plan.layers, keys.ANY_KEY, listed=listed, want=1):
            if not task.search.solve(Goal(region.under), 1, at="*").empty:
                return None
    # A key that stands in no schema was chosen for many others.
    if not all(outcome.exhausted for outcome in choices.values()) or not members.keys() <= set(task.listed):
        return None
    options = [
        [(name, candidate) for candidate in outcome.candidates] + ([] if name in members else [None])
        for name, outcome in choices.items()
    ]
    objects = (dict(filter(None, chosen)) for chosen in product(*options))
    fitting = (_object(chosen) for chosen in objects if low <= len(chosen) and (high is None or len(chosen) <= high))
    every = list(islice(fitting, want + 1))
    return every if len(every) <= want else None


def _further(task: _Task, plan: Plan, members: dict[str, Outcome], want: int) -> Iterator[tuple[str, Candidate]]:
    """Yield keys that need not be there, each with a value that it may have: those that a schema declares first."""
    for name in dict.fromkeys(name for layer in plan.layers for name in layer.properties):
        if name not in members and name not in plan.absent and keys.allowed(task.search, plan.layers, name):
            for value in task.search.solve(task.goal(plan, name), 2, at=name).candidates:
                yield name, value
    listed = frozenset((*members, *task.listed)) | plan.absent
    for region in keys.regions(task.search, plan.layers, keys.ANY_KEY, listed=listed, want=want):
        for value in task.search.solve(Goal(region.under), 1, at="*").candidates:
            for fresh in region.names.candidates:
                yield fresh.value, value


def _needs(members: dict[str, Outcome]) -> frozenset[Goal]:
    return frozenset().union(*(outcome.needs for outcome in members.values()))


def _object(members: dict[str, Candidate]) -> Candidate:
    value: dict[str, Any] = {name: candidate.value for name, candidate in members.items()}
    return Candidate(value, 1 + sum(candidate.size for candidate in members.values()))
