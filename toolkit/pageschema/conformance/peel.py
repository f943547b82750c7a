"""Peeling: the API's own keys taken off an extraction, and checked.

Beside a field ``total`` the API puts ``total_citations``, ``total_meta`` and ``total_score``. By suffix alone they
cannot be told from a field called ``credit_score``; by the names that the page schema declares they can.

Source: api-overview, confidence-scoring, accurate-mode ("Response").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pageschema import pointer
from pageschema.conformance.shape import Shape, Shapes
from pageschema.conformance.violation import Violation, cut
from pageschema.schema import PageSchema

SUFFIXES = ("_citations", "_meta", "_score")


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
                if is_sibling(name, shape):
                    reading.siblings[below] = member
                    continue
                members[name] = None
                stack.append((member, shape.field(name), below, members, name))
                if member is None and name in shape.names:
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


def is_sibling(name: str, shape: Shape) -> bool:
    """Return whether *name* is a key that the API adds beside a field declared there."""
    return name not in shape.names and any(
        name.endswith(suffix) and name.removesuffix(suffix) in shape.names for suffix in SUFFIXES
    )


def sibling_violations(siblings: Mapping[str, Any]) -> Iterator[Violation]:
    """Yield what is wrong with the shapes of siblings, each at its own pointer."""
    for where, value in siblings.items():
        name = pointer.parse(where)[-1]
        suffix = next(each for each in SUFFIXES if name.endswith(each))
        fault = _SHAPES[suffix](value)
        if fault is not None:
            keyword, what = fault
            yield Violation(
                pointer=where,
                keyword=keyword,
                message=f"{name} {what}",
                value=cut(value),
                remedy="report it to the API's provider with the request id; the field itself is judged apart from it",
            )


def _citations(value: Any) -> tuple[str, str] | None:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return None
    return "type", "is no array of block ids (texts)"


def _meta(value: Any) -> tuple[str, str] | None:
    return None if isinstance(value, dict) else ("type", "is no object")


def _score(value: Any) -> tuple[str, str] | None:
    if not isinstance(value, dict):
        return "type", "is no object with a 'score'"
    if "score" not in value:
        return "required", "has no 'score'"
    score, reasoning = value["score"], value.get("reasoning")
    if isinstance(score, bool) or not isinstance(score, (int, float)) or score != int(score):
        return "type", "has a 'score' that is no whole number"
    if not 1 <= score <= 5:
        return ("minimum" if score < 1 else "maximum"), "has a 'score' outside of 1 to 5"
    if reasoning is not None and not isinstance(reasoning, str):
        return "type", "has a 'reasoning' that is no text"
    return None


_SHAPES: dict[str, Callable[[Any], tuple[str, str] | None]] = {
    "_citations": _citations,
    "_meta": _meta,
    "_score": _score,
}
