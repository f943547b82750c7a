"""Peeling: the API's own keys taken off an extraction.

Beside a field ``total`` the API puts ``total_citations``, ``total_meta`` and ``total_score``. By suffix alone they
cannot be told from a field called ``credit_score``; by the names that the page schema declares they can.

Source: api-overview, confidence-scoring, accurate-mode ("Response").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pageschema import pointer
from pageschema.conformance.shape import Shape, Shapes
from pageschema.schema import PageSchema


@dataclass(frozen=True, slots=True, kw_only=True)
class Peeled:
    """An extraction without the API's own keys, and those keys' values by their pointers."""

    value: Any
    siblings: Mapping[str, Any]


@dataclass(slots=True, kw_only=True)
class Null:
    """A null that stands for a declared field; `holder` is the object that it stands in."""

    holder: dict[str, Any]
    name: str
    pointer: str
    is_required: bool
    is_admitted: bool


@dataclass(slots=True, kw_only=True)
class Reading:
    """A copy of an extraction without siblings, of which the nulls can be taken out and put back."""

    value: Any = None
    siblings: dict[str, Any] = field(default_factory=dict)
    nulls: list[Null] = field(default_factory=list)


def peel(extraction: Any, schema: PageSchema | dict[str, Any]) -> Peeled:
    """Take the API's own keys off *extraction*, at every depth.

    ``<field>_citations``, ``<field>_meta`` and ``<field>_score`` go where the schema declares ``<field>`` and does not
    declare the longer name. The argument is not modified.
    """
    reading = read(extraction, Shapes(schema.value if isinstance(schema, PageSchema) else schema))
    return Peeled(value=reading.value, siblings=reading.siblings)


def read(extraction: Any, shapes: Shapes) -> Reading:
    """Return a working copy of *extraction*, without recursion: it may be nested deep."""
    reading = Reading()
    holder: list[Any] = [None]
    stack: list[tuple[Any, Shape, str, Any, Any]] = [(extraction, shapes.root, "", holder, 0)]
    while stack:
        value, shape, where, target, key = stack.pop()
        target[key] = value
        if shape.is_empty:
            continue
        if isinstance(value, list):
            copied = target[key] = list(value)
            stack.extend(
                (item, shape.item(index), pointer.join(where, index), copied, index) for index, item in enumerate(value)
            )
        elif isinstance(value, dict):
            members: dict[str, Any] = {}
            target[key] = members
            for name, member in value.items():
                below = pointer.join(where, name)
                if shape.is_sibling(name):
                    reading.siblings[below] = member
                    continue
                members[name] = None
                stack.append((member, shape.field(name), below, members, name))
                if member is None and shape.is_field(name):
                    admitted = shape.field(name).admits_null
                    reading.nulls.append(
                        Null(
                            holder=members,
                            name=name,
                            pointer=below,
                            is_required=name in shape.required,
                            is_admitted=admitted,
                        )
                    )
    reading.value = holder[0]
    return reading
