"""Null, booleans, numbers and strings: the algebra combines them exactly, what is left is to name values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from jsonschema_rs import canonical as views

from pageschema.solver import algebra, numeric, strings
from pageschema.solver.outcome import EMPTY, Candidate, Node, Outcome, undecided
from pageschema.solver.shapes import nodes

if TYPE_CHECKING:
    from pageschema.solver.combinations import Case
    from pageschema.solver.search import Search


def solve(search: Search, case: Case, want: int) -> Outcome:
    """Return values of a scalar case."""
    taken = algebra.intersect((search.reading.of_type(case.type), *nodes(case.take)))
    node = None if taken is None else algebra.subtract(taken, nodes(case.refuse))
    if node is None:
        return undecided(f"the constraints on a {case.type} do not combine")
    if algebra.is_empty(node):
        return EMPTY
    found: list[Candidate] = []
    exhausted, reason = True, ""
    for part in _parts(node):
        outcome = _values(search, part, want)
        found += outcome.candidates
        exhausted, reason = exhausted and outcome.exhausted, reason or outcome.reason
    return Outcome(candidates=tuple(found), exhausted=exhausted, reason=reason)


def _parts(node: Node) -> Iterator[Node]:
    view = node.view()
    if isinstance(view, views.AnyOfView):
        for branch in view.branches:
            yield from _parts(branch)
    else:
        yield node


def _values(search: Search, node: Node, want: int) -> Outcome:
    view: Any = node.view()
    match view:
        case views.FalseView():
            return EMPTY
        case views.ConstView():
            return _all([view.value])
        case views.EnumView():
            return _all(view.values)
        case views.MultiTypeView(types=[name]):
            return _any(name, want)
        case views.IntegerView():
            return numeric.integers(view, want)
        case views.NumberView():
            return numeric.reals(view, want)
        case views.StringView():
            return strings.strings(view, lambda text: search.accepts(node, text), want)
    return undecided(f"a {node.kind} is not solved for")


def _any(name: str, want: int) -> Outcome:
    if name == "null":
        return _all([None])
    if name == "boolean":
        return _all([False, True])
    if name == "integer":
        return numeric.integers(None, want)
    return numeric.reals(None, want) if name == "number" else strings.strings(None, lambda _: True, want)


def _all(values: list[Any]) -> Outcome:
    return Outcome(candidates=tuple(Candidate(value) for value in values), exhausted=True)
