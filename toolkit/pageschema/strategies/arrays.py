"""Strategies of arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from jsonschema_rs import canonical as views

from pageschema.solver import algebra
from pageschema.solver.outcome import Node, identity
from pageschema.strategies.part import ANYTHING, Part
from pageschema.strategies.seldom import up_to, with_seldom

if TYPE_CHECKING:
    from pageschema.strategies.builder import Builder

FULLEST = 100
"""Values that an array is at most filled up with."""


def build(builder: Builder, node: Node, view: views.ArrayView, budget: int) -> Part | None:
    """Return the arrays of *view*, the canonical *node* seen as one, or None where there is none."""
    low, high = view.min_items or 0, view.max_items
    heads = [builder.build(each, budget) for each in view.prefix_items]
    if None in heads:
        high = _smaller(high, heads.index(None))
    prefix = [head for head in heads[: heads.index(None) if None in heads else None] if head is not None]
    unique = view.distinctness == views.Distinctness.ALL_DISTINCT
    if view.contains:
        return builder.held_to(node, _containing(builder, view, prefix, budget, low=low, high=high))
    rest = ANYTHING if view.items is None else builder.build(view.items, budget)
    if rest is None:
        high = _smaller(high, len(prefix))
    if unique and view.items is not None and not prefix:
        high = _smaller(high, _count(view.items))
    if high is not None and low > high:
        return None
    part = _listed(prefix, rest, low=low, high=high, unique=unique)
    if view.distinctness == views.Distinctness.SOME_REPEATED or (unique and (prefix or low > 1)):
        return builder.held_to(node, part)
    return part


def _listed(prefix: Sequence[Part], rest: Part | None, *, low: int, high: int | None, unique: bool) -> Part:
    """Return arrays that start with *prefix* and go on with *rest*, not much longer than they have to be."""
    size = rest.size if rest else 1
    room = 5 if size <= 2 else 3 if size <= 15 else 2 if size <= 60 else 1
    most = max(low, len(prefix)) + room
    most = most if high is None else min(high, most)
    average = 1 + sum(head.size for head in prefix) + size * max(0, (low + most) / 2 - len(prefix))
    if not prefix:
        items = rest.strategy if rest else st.nothing()
        made = st.lists(items, min_size=low, max_size=most, unique_by=identity if unique else None)
        if high is not None and most < high <= FULLEST / size and not unique:
            made = with_seldom(made, _tuples([items] * high, up_to(most + 1, high)))
        return Part(strategy=made, size=average)
    strategies = [head.strategy for head in prefix] + [rest.strategy if rest else st.nothing()] * (most - len(prefix))
    return Part(strategy=_tuples(strategies, st.integers(low, most)), size=average)


@st.composite
def _tuples(
    draw: st.DrawFn, strategies: Sequence[st.SearchStrategy[Any]], lengths: st.SearchStrategy[int]
) -> list[Any]:
    return [draw(strategy) for strategy in strategies[: draw(lengths)]]


def _containing(
    builder: Builder, view: views.ArrayView, prefix: Sequence[Part], budget: int, *, low: int, high: int | None
) -> Part | None:
    """Return arrays that end with what they have to contain; that they do not contain it elsewhere is not sure."""
    items = [] if view.items is None else [view.items]
    limited = [each.schema for each in view.contains if each.max_contains is not None]
    others = algebra.subtract(items[0] if items else builder.reading.everything(), limited)
    rest = ANYTHING if others is None else builder.build(others, budget)
    wanted: list[Part] = []
    for each in view.contains:
        least = 1 if each.min_contains is None else each.min_contains
        part = builder.all_of([*items, each.schema], budget)
        if part is not None:
            lacking = low - len(prefix) - least if rest is None and not wanted else 0
            count = _smaller(each.max_contains, max(least, least + lacking)) or 0
            wanted += [part] * count
        elif least > len(prefix):
            return None
    top = None if high is None else max(0, high - len(wanted))
    bottom = max(0, low - len(wanted))
    if rest is None:
        top = _smaller(top, len(prefix))
    if top is not None and bottom > top:
        return None
    unique = view.distinctness == views.Distinctness.ALL_DISTINCT
    start = _listed(prefix, rest, low=bottom, high=top, unique=unique)
    ends = st.tuples(*(part.strategy for part in wanted))
    return Part(
        strategy=st.tuples(start.strategy, ends).map(lambda drawn: [*drawn[0], *drawn[1]]),
        size=start.size + sum(part.size for part in wanted),
    )


def _count(node: Node) -> int | None:
    """Return how many instances *node* has, or None for many."""
    match node.view():
        case views.ConstView():
            return 1
        case views.EnumView(values=values):
            return len(values)
        case views.MultiTypeView(types=types) if set(types) <= {"null", "boolean"}:
            return sum(1 if name == "null" else 2 for name in types)
        case views.AnyOfView(branches=branches):
            counts = [_count(branch) for branch in branches]
            return None if None in counts else sum(filter(None, counts))
    return None


def _smaller(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else min(one, other)
