"""A fault: one realistic bug that the emulator can be given, and what must notice it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pageschema.emulator.behaviour import Behaviour


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """The check that notices a fault, and the clause it then names, for the checks that judge by clause."""

    check: str
    clause: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One bug: `apply` returns the behaviour with it, and exactly the checks and clauses in `trips` then fire."""

    name: str
    summary: str
    trips: tuple[Trip, ...]
    apply: Callable[[Behaviour], Behaviour]
