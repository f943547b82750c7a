"""A wider schema that has a canonical form, for one that has none: its instances are candidates, nothing more."""

from __future__ import annotations

from typing import Any

from jsonschema_rs import canonical as views

from pageschema import pointer
from pageschema.solver.algebra import Algebra
from pageschema.solver.answer import Unknown
from pageschema.solver.outcome import Node

ROUNDS = 12


def relax(schema: Any, reading: Algebra) -> Node | None:
    """Return the canonical form of *schema* without the parts that have none, or None where nothing is left."""
    for _ in range(ROUNDS):
        node = reading.canonicalize(schema)
        if isinstance(node, Unknown):
            return None
        view: Any = node.view()
        if not isinstance(view, views.RawView):
            return node
        schema = _without(schema, pointer.parse(view.pointer or ""))
        if schema is None:
            return None
    return None


def _without(schema: Any, parts: tuple[str, ...]) -> Any:
    """Return *schema* with what stands at *parts* taken for ``true``; a root gives up its conditions instead."""
    if not parts:
        hard = {"not", "if", "then", "else", "contains", "uniqueItems", "unevaluatedProperties", "unevaluatedItems"}
        kept = {key: value for key, value in schema.items() if key not in hard} if isinstance(schema, dict) else schema
        return None if kept == schema else kept
    head, rest = parts[0], parts[1:]
    if isinstance(schema, dict) and head in schema:
        return {**schema, head: _inside(schema[head], rest)}
    if isinstance(schema, list) and head.isdecimal() and int(head) < len(schema):
        index = int(head)
        return [*schema[:index], _inside(schema[index], rest), *schema[index + 1 :]]
    return None


def _inside(child: Any, rest: tuple[str, ...]) -> Any:
    return _without(child, rest) if rest else True
