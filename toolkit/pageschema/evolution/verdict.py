"""Does a reader take everything that a writer hands out?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeAlias

from pageschema.evolution.closing import Unclosable, declared
from pageschema.evolution.comparison import Verdict
from pageschema.evolution.meaning import meaning_of_root
from pageschema.schema import Judge, Place, walk
from pageschema.solver import Budget, Instance, NoInstance, Prepared, shows, subtract

Content: TypeAlias = Literal["declared", "open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A verdict, with the instance that shows a no, or the reason of an unknown, which a search may settle."""

    verdict: Verdict
    witness: Any = None
    reason: str = ""
    searchable: bool = False


YES = Proof(verdict="yes")
MOST_PLACES = 200
"""Subschemas up to which drawing instances takes a bearable time."""


MOST_PARTS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two schemas, with its judge, to whom `format` is an annotation."""

    schema: Any
    judge: Judge
    name: str | None = None

    def accepts(self, instance: Any) -> bool:
        """Return whether *instance* is valid."""
        return self.judge.accepts(instance)


class Writer:
    """A schema whose instances are in question, under one reading of what can come back under it.

    `handed_out` is the schema of just that; None where it could not be told which properties are declared.
    """

    def __init__(self, side: Side, *, content: Content) -> None:
        self.accepts = side.accepts
        self.schema = self.handed_out = side.schema
        if content == "declared":
            try:
                self.handed_out = declared(side.schema)
            except (Unclosable, RecursionError):
                self.handed_out = None

    @cached_property
    def asked(self) -> Prepared:
        """What can come back, or all instances where that could not be told, ready to be asked about again."""
        return Prepared(self.schema if self.handed_out is None else self.handed_out)

    @cached_property
    def meaning(self) -> Any:
        """What of the schema counts."""
        return meaning_of_root(self.schema)


def takes(reader: Any, writer: Writer, budget: Budget | None = None) -> Proof:
    """Return whether *reader*, as it stands, takes every instance that can come back under *writer*.

    Args:
        reader: A schema.
        writer: What the other side hands out.
        budget: Shared by several questions; this one has its own by default.
    """
    if meaning_of_root(reader) == writer.meaning:
        return YES
    known = writer.handed_out is not None
    answer = subtract(writer.asked, reader, formats=False, budget=budget)
    if isinstance(answer, NoInstance):
        return YES
    if isinstance(answer, Instance):
        if not known:
            # What is true of all instances is true of those handed out; a counterexample may be none of them.
            return Proof(verdict="unknown", reason="which properties the writer declares could not be told")
        if writer.handed_out is writer.schema or writer.accepts(answer.value):
            return Proof(verdict="no", witness=answer.value)
        return Proof(verdict="unknown", reason="the instance that was found is none of the writer's")
    reason = f"{answer.reason} (at {answer.pointer})" if answer.pointer else answer.reason
    return Proof(verdict="unknown", reason=reason, searchable=answer.searchable and known)


def searched(reader: Any, writer: Writer, unknown: Proof) -> Proof:
    """Return *unknown*, or the no that a bounded search by Hypothesis came upon."""
    places = list(walk(writer.handed_out)) if unknown.searchable else []
    if not places or len(places) > MOST_PLACES or any(map(_asks_for_much, places)):
        return unknown
    from pageschema.strategies import hunt  # Hypothesis is slow to import, and seldom needed.

    judge = Judge(reader, formats=False)

    def breaks(value: Any) -> bool:
        return not judge.accepts(value) and writer.accepts(value) and shows(value, writer.asked, reader, formats=False)

    for witness in hunt(writer.handed_out, breaks):
        return Proof(verdict="no", witness=witness)
    return unknown


def _asks_for_much(place: Place) -> bool:
    """Return whether instances of a place are larger than can be drawn by the dozen."""
    least = ("minItems", "minLength", "minProperties", "minContains")
    return isinstance(place.schema, dict) and any(place.schema.get(keyword, 0) > MOST_PARTS for keyword in least)
