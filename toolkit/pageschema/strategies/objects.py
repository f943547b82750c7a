"""Strategies of objects."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from jsonschema_rs import canonical as views

from pageschema.solver.outcome import Node
from pageschema.strategies.part import ANYTHING, Part

if TYPE_CHECKING:
    from pageschema.strategies.builder import Builder

NAMES = st.text(max_size=9)
MANY = 120
"""Past so many values in all, optional properties are left out more often than not."""

FEW = 3
"""Up to so many optional properties, all and none of them are seen often enough."""

LEVELS = 64
_LEVEL = st.integers(0, LEVELS - 1)

_Pairs = st.SearchStrategy[tuple[str, Any]]


def build(builder: Builder, node: Node, view: views.ObjectView, budget: int) -> Part | None:
    """Return the objects of *view*, the canonical *node* seen as one, or None where there is none.

    They have the properties that are declared, and others only where the schema has something to say of others, or
    declares none at all.
    """
    listed, takes_others = _names(view.property_names)
    declared = builder.ordered([*view.properties, *view.required, *listed])
    is_name = _accepts(builder, view.property_names)
    fields: list[_Field] = []
    for name in declared:
        is_required = name in view.required
        part = builder.all_of(list(_values(builder, view, name)), budget) if is_name(name) else None
        if part is not None:
            fields.append(_Field(name=name, strategy=part.strategy, size=part.size, is_required=is_required))
        elif is_required:
            return None
    least, most = view.min_properties or 0, view.max_properties
    missing = max(0, least - len(fields))
    others = _others(builder, view, budget, declared=frozenset(declared), needed=missing > 0) if takes_others else []
    required = sum(field.is_required for field in fields)
    if (missing and not others) or (most is not None and max(required, least) > most):
        return None
    room = missing + 2 if most is None else min(missing + 2, most - required)
    extras = None
    if others and room:
        extras = st.lists(st.one_of(others), min_size=missing, max_size=room, unique_by=lambda pair: pair[0])
    plan = _Plan(fields=fields, extras=extras, least=least, most=most)
    part = Part(strategy=_bounded(plan) if least or most is not None else _free(plan), size=plan.size)
    return builder.held_to(node, part) if view.violations else part


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    name: str
    strategy: st.SearchStrategy[Any]
    size: float
    is_required: bool


class _Plan:
    """What objects are drawn from: declared fields, and pairs of name and value for others."""

    def __init__(
        self,
        *,
        fields: Sequence[_Field],
        extras: st.SearchStrategy[list[tuple[str, Any]]] | None,
        least: int,
        most: int | None,
    ) -> None:
        self.fields = fields
        self.extras = st.just([]) if extras is None else extras
        self.has_extras = extras is not None
        self.least = least
        self.most = math.inf if most is None else most
        optional = sum(field.size for field in fields if not field.is_required)
        rarity = max(1, math.ceil(optional / MANY))
        bar = LEVELS - max(1, LEVELS // (1 + rarity))
        # Nearly all comes first: what is there under a higher bar is there under it too, so a failure shrinks to it.
        nearly_all = [1] if optional <= MANY / 4 else []
        few = sum(not field.is_required for field in fields) <= FEW
        self.bars = st.just(bar) if few else st.sampled_from([*nearly_all, *[bar] * 6, LEVELS])
        certain = sum(field.size for field in fields if field.is_required)
        self.size = 1 + certain + optional / (1 + rarity) + 3 * self.has_extras


# What `composite` makes is made once: it reads the source of the function each time.
@st.composite
def _free(draw: st.DrawFn, plan: _Plan) -> dict[str, Any]:
    bar = draw(plan.bars)
    drawn = {field.name: draw(field.strategy) for field in plan.fields if field.is_required or draw(_LEVEL) >= bar}
    if plan.has_extras:
        drawn.update(draw(plan.extras))
    return drawn


@st.composite
def _bounded(draw: st.DrawFn, plan: _Plan) -> dict[str, Any]:
    bar = draw(plan.bars)
    chosen = [field.is_required or draw(_LEVEL) >= bar for field in plan.fields]
    for index, field in enumerate(plan.fields):
        if sum(chosen) < plan.least:
            chosen[index] = True
        elif sum(chosen) > plan.most and not field.is_required:
            chosen[index] = False
    drawn = {field.name: draw(field.strategy) for field, take in zip(plan.fields, chosen, strict=True) if take}
    for name, value in draw(plan.extras):
        if len(drawn) < plan.most:
            drawn[name] = value
    return drawn


def _values(builder: Builder, view: views.ObjectView, name: str) -> Iterator[Node]:
    """Yield every node that the property *name* has to be an instance of."""
    by_pattern = view.pattern_properties.items()
    matched = [node for pattern, node in by_pattern if _accepts(builder, builder.reading.of_pattern(pattern))(name)]
    if name in view.properties:
        yield view.properties[name]
    elif not matched and view.additional_properties is not None:
        yield view.additional_properties
    yield from matched


def _others(
    builder: Builder, view: views.ObjectView, budget: int, *, declared: frozenset[str], needed: bool
) -> list[_Pairs]:
    """Return pairs of name and value for properties that are not declared, by the kind of their names."""
    is_name = _accepts(builder, view.property_names)
    matches = {pattern: _accepts(builder, builder.reading.of_pattern(pattern)) for pattern in view.pattern_properties}

    def pairs(names: st.SearchStrategy[Any], part: Part, pattern: str | None = None) -> _Pairs:
        def fits(name: Any) -> bool:
            return (
                isinstance(name, str)
                and name not in declared
                and is_name(name)
                and all(matching_it(name) == (each == pattern) for each, matching_it in matches.items())
            )

        return st.tuples(names.filter(fits), part.strategy)

    found: list[_Pairs] = []
    for pattern, node in view.pattern_properties.items():
        part, names = builder.build(node, budget), builder.build(builder.reading.of_pattern(pattern), budget)
        if part is not None and names is not None:
            found.append(pairs(names.strategy, part, pattern))
    if view.additional_properties is None and not needed and (declared or found):
        return found
    part = ANYTHING if view.additional_properties is None else builder.build(view.additional_properties, budget)
    free = Part(strategy=NAMES) if view.property_names is None else builder.build(view.property_names, budget)
    if part is not None and free is not None:
        found.append(pairs(free.strategy, part))
    return found


def _names(node: Node | None) -> tuple[list[Any], bool]:
    """Return the names that *node*, which all names must fit, lists, and whether it takes others too."""
    if node is None:
        return [], True
    match node.view():
        case views.ConstView(value=value):
            return [value], False
        case views.EnumView(values=values):
            return list(values), False
        case views.FalseView():
            return [], False
        case views.AnyOfView(branches=branches):
            found = [_names(branch) for branch in branches]
            return [name for names, _ in found for name in names], any(others for _, others in found)
    return [], True


def _accepts(builder: Builder, node: Node | None) -> Callable[[str], bool]:
    judge = None if node is None else builder.judge(node)
    return (lambda _: True) if judge is None else judge.accepts
