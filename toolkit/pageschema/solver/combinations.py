"""From a goal to cases of one JSON type each: references unfolded, combinators split.

A case is a conjunction: everything it takes and refuses constrains values of its one type. What cannot be split is kept
aside as opaque: dropping it makes the case larger, so to find none stays a proof, and candidates are checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

from pageschema.solver.algebra import TYPES, Algebra
from pageschema.solver.budget import Budget
from pageschema.solver.formula import All, Elsewhere, Listed, Not, OfType, One, Opaque, Part, Some, Typed
from pageschema.solver.outcome import Goal, Node, identity
from pageschema.solver.reading import read
from pageschema.solver.shapes import Leaf


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One conjunction over values of one type; `values`, where not None, are all that come into question."""

    type: str
    take: tuple[Leaf, ...] = ()
    refuse: tuple[Leaf, ...] = ()
    values: tuple[Any, ...] | None = None
    opaque: tuple[tuple[Node, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class _Literal:
    """A part that holds or does not, and the references that led to it without a step into the instance."""

    part: Part
    holds: bool
    through: frozenset[Node] = frozenset()

    def others(self, parts: Iterable[Part], *, hold: bool) -> tuple[_Literal, ...]:
        return tuple(_Literal(part, hold, self.through) for part in parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    reading: Algebra
    types: frozenset[str] = frozenset(TYPES)
    take: tuple[tuple[str, Leaf], ...] = ()
    refuse: tuple[tuple[str, Leaf], ...] = ()
    values: tuple[Any, ...] | None = None
    opaque: tuple[tuple[Node, bool], ...] = ()
    unfolded: frozenset[tuple[Node, bool]] = field(default_factory=frozenset)


def split(goal: Goal, reading: Algebra, budget: Budget) -> Iterator[Case]:
    """Yield the cases of *goal*, null first; an instance of any of them is one of the goal, and there is no other.

    Raises:
        OutOfSteps: There are too many.
    """
    todo = (*(_Literal(node, True) for node in goal.take), *(_Literal(node, False) for node in goal.refuse))
    for name in TYPES:
        for state in _expand(_State(reading=reading, types=frozenset({name})), todo, budget):
            yield from _cases(state)


def _cases(state: _State) -> Iterator[Case]:
    for name in TYPES:
        if name not in state.types:
            continue
        values = None
        if state.values is not None:
            values = tuple(value for value in state.values if type_of(value) == name)
            if not values:
                continue
        yield Case(
            type=name,
            take=tuple(leaf for of, leaf in state.take if of == name),
            refuse=tuple(leaf for of, leaf in state.refuse if of == name),
            values=values,
            opaque=state.opaque,
        )


def type_of(value: Any) -> str:
    """Return the JSON type of *value*; an integer is a number."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "string"
    if isinstance(value, dict):
        return "object"
    return "array" if isinstance(value, list) else "number"


_Branches = list[tuple[_Literal, ...]]
_TOLD: _Branches = [()]


def _expand(state: _State, todo: tuple[_Literal, ...], budget: Budget) -> Iterator[_State]:
    """Yield the states in which all of *todo* is told; what does not branch goes first, since it narrows the types."""
    waiting: list[_Branches] = []
    while todo and state.types:
        budget.spend()
        state, branches = _step(state, todo[0], budget)
        todo = todo[1:]
        if len(branches) == 1:
            todo = branches[0] + todo
        else:
            waiting.append(branches)
    if state.types:
        yield from _choose(state, waiting, budget)


def _choose(state: _State, waiting: list[_Branches], budget: Budget) -> Iterator[_State]:
    if not waiting:
        yield state
        return
    for branch in waiting[0]:
        budget.spend()
        for reached in _expand(state, branch, budget):
            yield from _choose(reached, waiting[1:], budget)


def _step(state: _State, literal: _Literal, budget: Budget) -> tuple[_State, _Branches]:
    """Return the state in which *literal* is told but for one of some ways to go on."""
    match literal.part:
        case All(parts=parts):
            return state, _every(literal, parts) if literal.holds else _any(literal, parts)
        case Some(parts=parts):
            return state, _any(literal, parts) if literal.holds else _every(literal, parts)
        case One(parts=parts):
            budget.spend(len(parts) ** 2 // 8)
            return state, _one(literal, parts)
        case Not(part=part):
            return state, [literal.others([part], hold=not literal.holds)]
        case OfType(names=names):
            return (_only if literal.holds else _without)(state, names), _TOLD
        case Listed(values=values):
            return (_among if literal.holds else _not_among)(state, values), _TOLD
        case Typed(type=kind, leaf=leaf):
            if not literal.holds:
                return replace(state, refuse=(*state.refuse, (kind, leaf))), _TOLD
            return replace(state, types=state.types & {kind}, take=(*state.take, (kind, leaf))), _TOLD
        case Elsewhere(reference=reference, target=target):
            return _unfold(state, literal, reference, target)
        case Opaque(node=node):
            return replace(state, opaque=(*state.opaque, (node, literal.holds))), _TOLD
        case node:
            return state, [literal.others([read(node, state.reading)], hold=literal.holds)]


def _every(literal: _Literal, parts: tuple[Part, ...]) -> _Branches:
    return [literal.others(parts, hold=literal.holds)]


def _any(literal: _Literal, parts: tuple[Part, ...]) -> _Branches:
    return [literal.others([part], hold=literal.holds) for part in parts]


def _one(literal: _Literal, parts: tuple[Part, ...]) -> _Branches:
    if literal.holds:
        return [
            literal.others([part], hold=True)
            + literal.others([other for other in parts if other is not part], hold=False)
            for part in parts
        ]
    return [literal.others(parts, hold=False), *(literal.others(pair, hold=True) for pair in combinations(parts, 2))]


def _unfold(state: _State, literal: _Literal, reference: Node, target: Node) -> tuple[_State, _Branches]:
    """Put the target in place of a reference, unless that would go round without a step into the instance."""
    if reference in literal.through:
        return replace(state, opaque=(*state.opaque, (reference, literal.holds))), _TOLD
    if (reference, literal.holds) in state.unfolded:
        return state, _TOLD
    unfolded = replace(state, unfolded=state.unfolded | {(reference, literal.holds)})
    return unfolded, [(_Literal(target, literal.holds, literal.through | {reference}),)]


def _only(state: _State, types: tuple[str, ...]) -> _State:
    """Keep these types; a lone integer becomes a constraint on numbers."""
    names = {"number" if name == "integer" else name for name in types}
    kept = replace(state, types=state.types & names)
    if "integer" in types and "number" not in types:
        return replace(kept, take=(*kept.take, ("number", state.reading.of_type("integer"))))
    return kept


def _without(state: _State, types: tuple[str, ...]) -> _State:
    left = replace(state, types=state.types - set(types))
    if "integer" not in types or "number" not in left.types:
        return left
    return replace(left, refuse=(*left.refuse, ("number", state.reading.of_type("integer"))))


def _among(state: _State, values: tuple[Any, ...]) -> _State:
    if state.values is not None:
        known = {identity(value) for value in state.values}
        values = tuple(value for value in values if identity(value) in known)
    return replace(state, values=values, types=state.types & {type_of(value) for value in values})


def _not_among(state: _State, values: tuple[Any, ...]) -> _State:
    """Refuse scalars together; each array and object for itself, as a schema that only it satisfies."""
    refused: list[tuple[str, Leaf]] = []
    for name in TYPES[:4]:
        scalars = [value for value in values if type_of(value) == name]
        if scalars:
            refused.append((name, state.reading.of_values(scalars)))
    wholes = [value for value in values if isinstance(value, (dict, list))]
    refused += [(type_of(value), state.reading.of_value(value)) for value in wholes]
    return replace(state, refuse=(*state.refuse, *refused))
