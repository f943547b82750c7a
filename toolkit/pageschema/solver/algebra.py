"""The door to the canonical form of jsonschema-rs: sets of instances as nodes, and what is proven about them.

Its answers were never found wrong; it leaves open what it cannot model. Everything here therefore has an answer for
"cannot tell", and none raises. The form is experimental and changes between minors, so nothing else builds nodes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import Any

import jsonschema_rs
from jsonschema_rs import canonical as views

from pageschema import jsontext
from pageschema.schema import explicit_classes
from pageschema.solver.answer import Unknown
from pageschema.solver.outcome import Node

HEAVY = 24
"""Nodes from which on a set is only looked at part by part. The search remembers parts; the algebra does not, and takes
ten seconds to compare two objects of 200 properties that differ everywhere."""

MOST_LISTED = 100
"""Values from which on each is judged by itself; the algebra compares them by pairs."""

_LOOK_AROUND = re.compile(r"\(\?<?[=!]|\\[1-9k]")

TYPES = ("null", "boolean", "number", "string", "array", "object")
"""The types of JSON, least first; an integer is a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Algebra:
    """One reading of schemas, and its plain sets; only nodes of the same reading combine.

    `formats`: `format` is an assertion. `look_around`: patterns may look around, which costs the linear engine.
    """

    formats: bool
    look_around: bool = False

    def canonicalize(self, schema: Any) -> Node | Unknown:
        """Return the canonical form of *schema* in this reading, or why there is none."""
        if not self.look_around and _looks_around(schema):
            return Unknown("a pattern looks around")
        try:
            return _canonicalize(explicit_classes(schema) if self.look_around else schema, self)
        except (ValueError, TypeError, OverflowError, RecursionError, jsonschema_rs.ReferencingError) as error:
            return Unknown(jsontext.clip(str(error).partition("\n")[0], 160))

    def of_type(self, name: str) -> Node:
        """Return the set of all values of one type."""
        return _constant(f'{{"type": "{name}"}}', self)

    def of_pattern(self, pattern: str) -> Node:
        """Return the set of strings in which *pattern*, taken from a node, matches."""
        return _constant(json.dumps({"type": "string", "pattern": pattern}), self)

    def of_value(self, value: Any) -> Node:
        """Return the set that holds one value."""
        return _canonicalize({"const": value}, self)

    def of_values(self, values: Iterable[Any]) -> Node:
        """Return the set of these values."""
        return _canonicalize({"enum": list(values)}, self)

    def everything(self) -> Node:
        """Return the set of all values."""
        return _constant("true", self)

    def nothing(self) -> Node:
        """Return the empty set."""
        return _constant("false", self)


def canonicalize(
    schemas: Sequence[Any],
    *,
    formats: bool,
    form: Callable[[Algebra, Any], Node | Unknown] = Algebra.canonicalize,
) -> tuple[Algebra, list[Node]] | Unknown:
    """Return the canonical forms of *schemas*, read as 2020-12, and the reading they share, or why there is none.

    Args:
        schemas: Objects or booleans, or whatever *form* takes.
        formats: Whether `format` is an assertion.
        form: Says what the form of one of them is.
    """
    problem = Unknown("")
    for look_around in (False, True):
        reading = Algebra(formats=formats, look_around=look_around)
        forms = [form(reading, schema) for schema in schemas]
        nodes = [form for form in forms if not isinstance(form, Unknown)]
        if len(nodes) == len(forms):
            return reading, nodes
        problem = next(form for form in forms if isinstance(form, Unknown))
    return problem


@lru_cache(maxsize=8192)
def covers(larger: Node, smaller: Node) -> bool:
    """Return whether *larger* is proven to hold all of *smaller*."""
    if larger == smaller:
        return True
    if not (is_light(larger) and is_light(smaller)):
        return False
    try:
        return bool(larger.covers(smaller) == views.Containment.YES)
    except ValueError:
        return False


def is_empty(node: Node) -> bool:
    """Return whether *node* is proven to hold nothing."""
    return bool(node.satisfiability() == views.Satisfiability.NO)


@lru_cache(maxsize=8192)
def disjoint(one: Node, other: Node) -> bool:
    """Return whether the two are proven to have nothing in common."""
    if not (is_light(one) and is_light(other)):
        return False
    common = intersect((one, other))
    return common is not None and is_empty(common)


def merge(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Return nodes that together hold what all *nodes* hold, as few as the form can put together."""
    distinct = tuple(dict.fromkeys(nodes))
    if len(distinct) < 2:
        return distinct
    common = intersect(distinct)
    return distinct if common is None or isinstance(common.view(), views.RawView) else (common,)


def intersect(nodes: Iterable[Node]) -> Node | None:
    """Return what all *nodes* hold, or None where the form cannot say it."""
    try:
        return reduce(lambda one, other: one.intersect(other), nodes)
    except ValueError:
        return None


def subtract(node: Node, refused: Iterable[Node]) -> Node | None:
    """Return what *node* holds and none of *refused* does, or None where the form cannot say it."""
    try:
        return reduce(lambda one, other: one.subtract(other), refused, node)
    except ValueError:
        return None


_SCALARS = (
    views.TrueView,
    views.FalseView,
    views.MultiTypeView,
    views.StringView,
    views.NumberView,
    views.IntegerView,
    views.ConstView,
    views.EnumView,
)


def is_light(node: Node) -> bool:
    """Return whether questions about *node* as a whole are cheap."""
    view = node.view()
    if isinstance(view, views.EnumView):
        return len(view.values) <= MOST_LISTED
    if isinstance(view, _SCALARS):
        return True
    stack = [node]
    weight = 0
    followed: set[str] = set()
    while stack and len(stack) + weight <= HEAVY:
        weight += 1
        part = stack.pop()
        view = part.view()
        if isinstance(view, views.ReferenceView):
            # A node takes all definitions of its document along; only those that it leads to are its own.
            target = None if view.uri in followed else part.definition(view.uri)
            followed.add(view.uri)
            stack += [] if target is None else [target]
        stack.extend(_parts(view))
    return not stack


def _parts(view: Any) -> Iterator[Node]:
    """Yield the nodes right inside a view."""
    match view:
        case views.ObjectView():
            yield from view.properties.values()
            yield from view.pattern_properties.values()
            yield from (node for node in (view.additional_properties, view.property_names) if node is not None)
        case views.ArrayView():
            yield from view.prefix_items
            yield from (contained.schema for contained in view.contains)
            if view.items is not None:
                yield view.items
        case views.AnyOfView() | views.AllOfView() | views.OneOfView():
            yield from view.branches
        case views.NotView():
            yield view.schema
        case views.TypedGroupView():
            yield view.body


def _looks_around(schema: Any) -> bool:
    """Return whether some text in *schema* reads like a pattern that only the engine with look-around takes.

    The canonical form does not tell: what it keeps as written it does not compile.
    """
    left = [schema]
    while left:
        value = left.pop()
        if isinstance(value, dict):
            left += value
            left += value.values()
        elif isinstance(value, list):
            left += value
        elif isinstance(value, str) and _LOOK_AROUND.search(value):
            return True
    return False


@lru_cache(maxsize=512)
def _constant(text: str, algebra: Algebra) -> Node:
    return _canonicalize(json.loads(text), algebra)


def _canonicalize(schema: Any, algebra: Algebra) -> Node:
    return jsonschema_rs.canonicalize(
        schema,
        draft=jsonschema_rs.Draft202012,
        validate_formats=algebra.formats,
        pattern_options=jsonschema_rs.FancyRegexOptions() if algebra.look_around else jsonschema_rs.RegexOptions(),
        offline=True,
    )
