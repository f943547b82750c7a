"""What a schema says, as a formula over JSON types, listed values and the constraints of one type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from pageschema.solver.outcome import Node
from pageschema.solver.shapes import Leaf


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part holds."""

    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class One:
    """Exactly one part holds."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Part


@dataclass(frozen=True, slots=True)
class OfType:
    """The value is of one of these types; ``integer`` may be among them."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """The value is one of these."""

    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """The value is of this type and fits the constraints."""

    type: str
    leaf: Leaf


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What *target* says, to which *reference* refers."""

    reference: Node
    target: Node


@dataclass(frozen=True, slots=True)
class Opaque:
    """What can be judged, but not reasoned about."""

    node: Node


Part: TypeAlias = Node | All | Some | One | Not | OfType | Listed | Typed | Elsewhere | Opaque
