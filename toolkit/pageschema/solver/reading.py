"""A node of the algebra, read one level deep as a formula."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jsonschema_rs import canonical as views

from pageschema.solver import verbatim
from pageschema.solver.algebra import Algebra
from pageschema.solver.formula import All, Elsewhere, Listed, Not, OfType, One, Opaque, Part, Some, Typed
from pageschema.solver.outcome import Node


@lru_cache(maxsize=2048)
def read(node: Node, reading: Algebra) -> Part:
    """Return what *node* says."""
    view: Any = node.view()
    match view:
        case views.TrueView():
            return All()
        case views.FalseView():
            return Some()
        case views.MultiTypeView(types=types):
            return OfType(tuple(types))
        case views.ConstView(value=value):
            return Listed((value,))
        case views.EnumView(values=values):
            return Listed(tuple(values))
        case views.TypedGroupView(type_name=name, body=body):
            return All((OfType((name,)), body))
        case views.NotView(schema=inner):
            return Not(inner)
        case views.AllOfView(branches=branches):
            return All(tuple(branches))
        case views.AnyOfView(branches=branches):
            return Some(tuple(branches))
        case views.OneOfView(branches=branches):
            return One(tuple(branches))
        case views.ReferenceView(uri=uri):
            target = node.definition(uri)
            return Opaque(node) if target is None else Elsewhere(node, target)
        case views.RawView():
            return verbatim.read(node, reading) or Opaque(node)
    kind = _type(view)
    return Typed(kind, node) if kind else Opaque(node)


def _type(view: Any) -> str | None:
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
