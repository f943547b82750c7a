"""From a goal to cases of one JSON type each: references unfolded, combinators split.

A case is a conjunction: everything it takes and refuses constrains values of its one type. What cannot be split is kept
aside as opaque: dropping it makes the case larger, so to find none stays a proof, and candidates are checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

from jsonschema_rs import canonical as views

from pageschema.solver.algebra import TYPES, Algebra
from pageschema.solver.budget import Budget
from pageschema.solver.outcome import Goal, Node, identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One conjunction over values of one type; `values`, where not None, are all that come into question."""

    type: str
    take: tuple[Node, ...] = ()
    refuse: tuple[Node, ...] = ()
    values: tuple[Any, ...] | None = None
    opaque: tuple[tuple[Node, bool], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Literal:
    """A node to take or to refuse, and the references that led to it without a step into the instance."""

    node: Node
    taken: bool
    through: frozenset[Node] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    reading: Algebra
    types: frozenset[str] = frozenset(TYPES)
    take: tuple[tuple[str, Node], ...] = ()
    refuse: tuple[tuple[str, Node], ...] = ()
    values: tuple[Any, ...] | None = None
    opaque: tuple[tuple[Node, bool], ...] = ()
    unfolded: frozenset[tuple[Node, bool]] = field(default_factory=frozenset)


def split(goal: Goal, reading: Algebra, budget: Budget) -> list[Case]:
    """Return the cases of *goal*; an instance of any of them is one of the goal, and there is no other.

    Raises:
        OutOfSteps: There are too many.
    """
    todo = (
        _Literal(node=goal.take, taken=True),
        *(_Literal(node=node, taken=False) for node in goal.refuse),
    )
    cases = [case for state in _expand(_State(reading=reading), todo, budget) for case in _cases(state)]
    return sorted(cases, key=lambda case: TYPES.index(case.type))


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
            take=tuple(node for of, node in state.take if of == name),
            refuse=tuple(node for of, node in state.refuse if of == name),
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


def _expand(state: _State, todo: tuple[_Literal, ...], budget: Budget) -> Iterator[_State]:
    while todo:
        budget.spend()
        if not state.types:
            return
        literal, todo = todo[0], todo[1:]
        step = _take(state, literal) if literal.taken else _refuse(state, literal)
        if isinstance(step, _State):
            state = step
            continue
        for branch, literals in step:
            yield from _expand(branch, literals + todo, budget)
        return
    if state.types:
        yield state


_Branches = list[tuple[_State, tuple[_Literal, ...]]]


def _take(state: _State, literal: _Literal) -> _State | _Branches:
    view: Any = literal.node.view()
    match view:
        case views.TrueView():
            return state
        case views.FalseView():
            return replace(state, types=frozenset())
        case views.MultiTypeView(types=types):
            return _only(state, types)
        case views.ConstView() | views.EnumView():
            found = [view.value] if isinstance(view, views.ConstView) else view.values
            if state.values is not None:
                known = {identity(value) for value in state.values}
                found = [value for value in found if identity(value) in known]
            return replace(state, values=tuple(found), types=state.types & {type_of(value) for value in found})
        case views.TypedGroupView(type_name=name, body=body):
            return [(_only(state, [name]), _literals(literal, [body], taken=True))]
        case views.NotView(schema=inner):
            return [(state, _literals(literal, [inner], taken=False))]
        case views.AllOfView(branches=branches):
            return [(state, _literals(literal, branches, taken=True))]
        case views.AnyOfView(branches=branches):
            return [(state, _literals(literal, [branch], taken=True)) for branch in branches]
        case views.OneOfView(branches=branches):
            return [
                (
                    state,
                    _literals(literal, [branch], taken=True)
                    + _literals(literal, [other for other in branches if other is not branch], taken=False),
                )
                for branch in branches
            ]
        case views.ReferenceView():
            return _unfold(state, literal)
    kind = _typed(view)
    if kind is None:
        return replace(state, opaque=(*state.opaque, (literal.node, True)))
    return replace(state, types=state.types & {kind}, take=(*state.take, (kind, literal.node)))


def _refuse(state: _State, literal: _Literal) -> _State | _Branches:
    view: Any = literal.node.view()
    match view:
        case views.TrueView():
            return replace(state, types=frozenset())
        case views.FalseView():
            return state
        case views.MultiTypeView(types=types):
            left = replace(state, types=state.types - set(types))
            if "integer" not in types or "number" not in left.types:
                return left
            return replace(left, refuse=(*left.refuse, ("number", state.reading.of_type("integer"))))
        case views.ConstView() | views.EnumView():
            found = [view.value] if isinstance(view, views.ConstView) else view.values
            scalars = {type_of(value) for value in found} & set(TYPES[:4])
            refused = [(name, literal.node) for name in TYPES[:4] if name in scalars]
            # Of arrays and objects each is refused for itself, as a schema that only it satisfies.
            wholes = [value for value in found if isinstance(value, (dict, list))]
            refused += [(type_of(value), state.reading.of_value(value)) for value in wholes]
            return replace(state, refuse=(*state.refuse, *refused))
        case views.TypedGroupView(type_name=name, body=body):
            return [
                (_without(state, name), ()),
                (_only(state, [name]), _literals(literal, [body], taken=False)),
            ]
        case views.NotView(schema=inner):
            return [(state, _literals(literal, [inner], taken=True))]
        case views.AllOfView(branches=branches):
            return [(state, _literals(literal, [branch], taken=False)) for branch in branches]
        case views.AnyOfView(branches=branches):
            return [(state, _literals(literal, branches, taken=False))]
        case views.OneOfView(branches=branches):
            return [
                (state, _literals(literal, branches, taken=False)),
                *((state, _literals(literal, pair, taken=True)) for pair in combinations(branches, 2)),
            ]
        case views.ReferenceView():
            return _unfold(state, literal)
    kind = _typed(view)
    if kind is None:
        return replace(state, opaque=(*state.opaque, (literal.node, False)))
    return replace(state, refuse=(*state.refuse, (kind, literal.node)))


def _literals(parent: _Literal, nodes: Any, *, taken: bool) -> tuple[_Literal, ...]:
    return tuple(_Literal(node=node, taken=taken, through=parent.through) for node in nodes)


def _unfold(state: _State, literal: _Literal) -> _State | _Branches:
    """Put the target in place of a reference, unless that would go round without a step into the instance."""
    node = literal.node
    view: Any = node.view()
    target = node.definition(view.uri)
    if target is None or node in literal.through:
        return replace(state, opaque=(*state.opaque, (node, literal.taken)))
    if (node, literal.taken) in state.unfolded:
        return state
    unfolded = replace(state, unfolded=state.unfolded | {(node, literal.taken)})
    inner = _Literal(node=target, taken=literal.taken, through=literal.through | {node})
    return [(unfolded, (inner,))]


def _only(state: _State, types: list[str]) -> _State:
    """Keep these types; a lone integer becomes a constraint on numbers."""
    names = {"number" if name == "integer" else name for name in types}
    kept = replace(state, types=state.types & names)
    if "integer" in types and "number" not in types:
        return replace(kept, take=(*kept.take, ("number", state.reading.of_type("integer"))))
    return kept


def _without(state: _State, name: str) -> _State:
    if name == "integer":
        return replace(state, refuse=(*state.refuse, ("number", state.reading.of_type("integer"))))
    return replace(state, types=state.types - {name})


def _typed(view: Any) -> str | None:
    match view:
        case views.StringView():
            return "string"
        case views.NumberView() | views.IntegerView():
            return "number"
        case views.ArrayView():
            return "array"
        case views.ObjectView():
            return "object"
    return None
