"""What a search knows about one goal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import jsonschema_rs

Node: TypeAlias = jsonschema_rs.CanonicalSchema
"""One node of a schema in canonical form. Equal only where what it refers to is equal too."""

MAX_SIZE = 2_000
"""Largest instance that is built, in values: shared parts would make a small search write an endless one."""


@dataclass(frozen=True, slots=True)
class Goal:
    """An instance of all of `take` that is an instance of none of `refuse`."""

    take: tuple[Node, ...]
    refuse: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A JSON value and how many values it is made of."""

    value: Any
    size: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Candidates for a goal, least first, and whether these are all there are.

    No candidates and `exhausted` is a proof of emptiness, which may lean on the goals in `needs`: goals that were being
    solved further up, and that a smallest instance never contains twice. Candidates are proposals:
    a validator has the last word on them.
    """

    candidates: tuple[Candidate, ...] = ()
    exhausted: bool = False
    needs: frozenset[Goal] = frozenset()
    reason: str = ""
    pointer: str = ""

    @property
    def empty(self) -> bool:
        """Whether the goal is proven to have no instance."""
        return self.exhausted and not self.candidates

    @property
    def found(self) -> bool:
        """Whether there is a candidate."""
        return bool(self.candidates)


EMPTY = Outcome(exhausted=True)


def undecided(reason: str) -> Outcome:
    """Return an outcome that says nothing but why."""
    return Outcome(reason=reason)


def identity(value: Any) -> Any:
    """Return a hashable that is equal for equal JSON values: 1 is 1.0 and is not true."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return (type(value).__name__, value)
    if isinstance(value, dict):
        return ("object", frozenset((key, identity(item)) for key, item in value.items()))
    if isinstance(value, list):
        return ("array", tuple(identity(item) for item in value))
    return ("number", value)


def distinct(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield each JSON value once."""
    seen = set()
    for candidate in candidates:
        key = identity(candidate.value)
        if key not in seen:
            seen.add(key)
            yield candidate


@dataclass(slots=True)
class Tally:
    """Gathers the outcomes of alternatives: exhausted only where each of them is."""

    candidates: list[Candidate] = field(default_factory=list)
    exhausted: bool = True
    needs: frozenset[Goal] = frozenset()
    reason: str = ""
    pointer: str = ""

    def add(self, outcome: Outcome) -> None:
        """Take one alternative in; instances past all bounds count as not found."""
        self.needs |= outcome.needs
        kept = [candidate for candidate in outcome.candidates if candidate.size <= MAX_SIZE]
        self.candidates += kept
        self.exhausted = self.exhausted and outcome.exhausted and len(kept) == len(outcome.candidates)
        if not self.reason and not kept and not outcome.empty:
            self.reason, self.pointer = outcome.reason or "only very large instances were found", outcome.pointer

    def has(self, want: int) -> bool:
        """Return whether there are enough; from then on nothing is known of what was not looked at."""
        if len(self.candidates) < want:
            return False
        self.exhausted = False
        return True

    def outcome(self) -> Outcome:
        """Return all of it as one outcome, least candidates first."""
        found = tuple(sorted(distinct(self.candidates), key=lambda candidate: candidate.size))
        if found:
            return Outcome(candidates=found, exhausted=self.exhausted and not self.needs, needs=self.needs)
        return Outcome(exhausted=self.exhausted, needs=self.needs, reason=self.reason, pointer=self.pointer)
