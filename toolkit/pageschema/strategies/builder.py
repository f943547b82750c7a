"""From the canonical form of a schema to a strategy of its instances.

Every strategy is built before the first draw: one that is built within a draw is validated anew each time, which costs
ten times as much. Recursion ends by construction: each step through a recursive reference spends one of a budget of
levels, and where none is left only the branches remain that need no more.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st
from jsonschema_rs import canonical as views

from pageschema.errors import InvalidSchema
from pageschema.schema import Judge
from pageschema.solver import Answer, Instance, NoInstance, algebra, find_instance
from pageschema.solver.outcome import Node
from pageschema.strategies import arrays, objects, scalars
from pageschema.strategies.part import ANYTHING, Part

FEW, MANY = 4, 16
"""Draws of what may not be an instance, where one is known to fall back on, and where none is."""

LARGEST = 80
"""Past so many values on average, a recursive reference is followed to fewer levels than the budget would allow."""


class Builder:
    """Builds the strategies of one schema, each once.

    `exact` turns false where what is built may have to be sorted out by a validator.
    """

    def __init__(self, reading: algebra.Algebra, *, orders: Sequence[Sequence[str]]) -> None:
        self.reading = reading
        self._orders = orders
        self.exact = True
        self._made: dict[tuple[Node, int], Part | None] = {}
        self._recursive: dict[Node, bool] = {}
        self._judges: dict[Node, Judge | None] = {}
        self._known: dict[Node, Answer] = {}

    def build(self, node: Node, budget: int) -> Part | None:
        """Return the instances of *node* that *budget* steps of recursion reach, or None where there is none."""
        key = (node, budget)
        if key not in self._made:
            self._made[key] = self._fresh(node, budget)
        return self._made[key]

    def all_of(self, nodes: Sequence[Node], budget: int) -> Part | None:
        """Return what is an instance of all *nodes*."""
        if not nodes:
            return ANYTHING
        merged = algebra.intersect(nodes)
        if merged is not None:
            return self.build(merged, budget)
        self.exact = False
        return self.build(nodes[0], budget)

    def union(self, nodes: Iterable[Node], budget: int) -> Part | None:
        """Return what is an instance of any of *nodes*, the smallest first, since a failure shrinks to the first."""
        parts = [part for node in nodes if (part := self.build(node, budget)) is not None]
        if not parts:
            return None
        parts.sort(key=lambda part: part.size)
        return Part(
            strategy=st.one_of([part.strategy for part in parts]), size=sum(part.size for part in parts) / len(parts)
        )

    def ordered(self, names: Iterable[str]) -> list[str]:
        """Return *names* in the order in which the schema declares them, where one of its objects has them all."""
        wanted = set(names)
        order = next((order for order in self._orders if wanted.issubset(order)), ())
        return [name for name in order if name in wanted] or sorted(wanted)

    def judge(self, node: Node) -> Judge | None:
        """Return the validator for *node*, or None where it has no schema that one could be made of."""
        if node not in self._judges:
            try:
                self._judges[node] = Judge(node.to_json_schema(), formats=self.reading.formats)
            except (InvalidSchema, ValueError):
                self._judges[node] = None
        return self._judges[node]

    def held_to(self, node: Node, part: Part | None) -> Part | None:
        """Return what of *part* is an instance of *node*; should that be little, then one that is known of *node*."""
        judge = self.judge(node)
        if judge is None:
            self.exact = False
            return part
        if node not in self._known:
            schema: Any = node.to_json_schema()
            self._known[node] = find_instance(schema)
        held = sorted_out(part, judge, self._known[node])
        self.exact = self.exact and (held is not None or isinstance(self._known[node], NoInstance))
        return held

    def recursions(self, node: Node) -> int:
        """Return how many recursive references *node* leads to."""
        return sum(map(self.is_recursive, _reachable(node)))

    def is_recursive(self, reference: Node) -> bool:
        """Return whether following *reference* may lead back to it."""
        if reference not in self._recursive:
            target = _target(reference)
            self._recursive[reference] = target is not None and reference in _reachable(target)
        return self._recursive[reference]

    def _fresh(self, node: Node, budget: int) -> Part | None:
        view = node.view()
        match view:
            case views.FalseView():
                return None
            case views.TrueView():
                return ANYTHING
            case views.MultiTypeView(types=types):
                return Part(strategy=st.one_of([scalars.BY_TYPE[name] for name in types]))
            case views.ConstView() | views.EnumView():
                return _listed([view.value] if isinstance(view, views.ConstView) else view.values)
            case views.IntegerView() | views.NumberView():
                made = scalars.numbers(view)
                return None if made is None else Part(strategy=made)
            case views.StringView():
                texts = scalars.strings(view)
                part = None if texts.strategy.is_empty else Part(strategy=texts.strategy)
                return part if texts.exact else self.held_to(node, part)
            case views.ArrayView():
                return arrays.build(self, node, view, budget)
            case views.ObjectView():
                return objects.build(self, node, view, budget)
            case views.AnyOfView(branches=branches):
                return self.union(branches, budget)
            case views.ReferenceView():
                return self._followed(node, budget)
            case views.OneOfView(branches=branches):
                return self._one_of(node, branches, budget)
            case views.AllOfView(branches=branches):
                return self._merged(node, branches, budget)
            case views.TypedGroupView(body=body):
                return self.held_to(node, self.build(body, budget))
        return self.held_to(node, ANYTHING)

    def _followed(self, reference: Node, budget: int) -> Part | None:
        target = _target(reference)
        if target is None:
            return self.held_to(reference, ANYTHING)
        if not self.is_recursive(reference):
            return self.build(target, budget)
        found: Part | None = None
        for left in range(budget):
            deeper = self.build(target, left)
            if found is not None and deeper is not None and deeper.size > LARGEST:
                break
            found = deeper
        return found

    def _one_of(self, node: Node, branches: Sequence[Node], budget: int) -> Part | None:
        alone = [algebra.subtract(branch, [other for other in branches if other is not branch]) for branch in branches]
        known = [each for each in alone if each is not None]
        if len(known) == len(branches):
            return self.union(known, budget)
        return self.held_to(node, self.union(branches, budget))

    def _merged(self, node: Node, branches: Sequence[Node], budget: int) -> Part | None:
        """Return what all *branches* take, where some are references or have no form together with the others."""
        left = budget - any(self.is_recursive(each) for each in branches if _target(each) is not None)
        if left < 0:
            return None
        # What is merged anew at each level may need more levels than there are references.
        self.exact = self.exact and left == budget
        unfolded = [_target(each) or each for each in branches]
        merged = algebra.intersect(unfolded)
        if merged is not None and merged != node:
            return self.build(merged, left)
        for each in unfolded:
            view = each.view()
            if isinstance(view, views.AnyOfView | views.OneOfView):
                others = [other for other in unfolded if other is not each]
                cases = [algebra.intersect([_target(branch) or branch, *others]) for branch in view.branches]
                return self.held_to(node, self.union([case for case in cases if case not in {None, node}], left))
        parts = [self.build(each, left) for each in unfolded]
        sure = [part for part in parts if part is not None]
        return self.held_to(node, min(sure, key=lambda part: part.size)) if len(sure) == len(parts) else None


def sorted_out(part: Part | None, judge: Judge, answer: Answer) -> Part | None:
    """Return what *judge* takes of *part*, and in place of what it does not take the instance of *answer*."""
    if isinstance(answer, NoInstance):
        return None
    witness = _literal(answer.value) if isinstance(answer, Instance) else None
    if part is None:
        return None if witness is None else Part(strategy=witness)
    return replace(part, strategy=_taken(part.strategy, judge, witness))


@st.composite
def _taken(
    draw: st.DrawFn, strategy: st.SearchStrategy[Any], judge: Judge, witness: st.SearchStrategy[Any] | None
) -> Any:
    for _ in range(FEW if witness is not None else MANY):
        drawn = draw(strategy)
        if judge.accepts(drawn):
            return drawn
    return reject() if witness is None else draw(witness)


def _listed(values: Sequence[Any]) -> Part | None:
    if not values:
        return None
    if any(isinstance(value, (list, dict)) for value in values):
        return Part(strategy=st.one_of([_literal(value) for value in values]))
    return Part(strategy=st.sampled_from(values))


def _literal(value: Any) -> st.SearchStrategy[Any]:
    """Return *value*, a copy of its own for each draw."""
    return st.builds(copy.deepcopy, st.just(value)) if isinstance(value, (list, dict)) else st.just(value)


def _target(node: Node) -> Node | None:
    view = node.view()
    return node.definition(view.uri) if isinstance(view, views.ReferenceView) else None


def _reachable(node: Node) -> set[Node]:
    """Return all references that *node* leads to."""
    seen: set[Node] = set()
    stack = [node]
    while stack:
        found = set(_references(stack.pop())) - seen
        seen |= found
        stack += [target for each in found if (target := _target(each)) is not None]
    return seen


def _references(node: Node) -> Iterator[Node]:
    """Yield the references that stand within *node*."""
    stack = [node]
    while stack:
        each = stack.pop()
        view = each.view()
        if isinstance(view, views.ReferenceView):
            yield each
        stack += _within(view)


def _within(view: views.CanonicalViewType) -> list[Node]:
    match view:
        case views.TypedGroupView(body=body):
            return [body]
        case views.NotView(schema=schema):
            return [schema]
        case (
            views.AnyOfView(branches=branches) | views.OneOfView(branches=branches) | views.AllOfView(branches=branches)
        ):
            return list(branches)
        case views.ArrayView():
            items = [] if view.items is None else [view.items]
            return [*view.prefix_items, *items, *(each.schema for each in view.contains)]
        case views.ObjectView():
            others = [each for each in (view.additional_properties, view.property_names) if each is not None]
            return [*view.properties.values(), *view.pattern_properties.values(), *others]
    return []
