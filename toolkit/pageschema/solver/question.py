"""The two questions, asked of the algebra first, then of the search, and answered once the validators agree."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

from pageschema import pointer
from pageschema.errors import InvalidSchema
from pageschema.schema import PageSchema
from pageschema.solver import algebra
from pageschema.solver.answer import Answer, Instance, NoInstance, Unknown
from pageschema.solver.budget import Budget, OutOfSteps
from pageschema.solver.confirm import Claim, Confidence
from pageschema.solver.outcome import Candidate, Goal, Node, Outcome
from pageschema.solver.prepared import Prepared
from pageschema.solver.reading import read
from pageschema.solver.relax import relax
from pageschema.solver.search import Search
from pageschema.solver.shrink import shrink
from pageschema.solver.strings import DISPUTED

Schema: TypeAlias = PageSchema | dict[str, Any] | bool | Prepared

MORE = 24
"""Candidates asked for where the first one was not confirmed."""

FRAMES = 3_000
"""Python frames that a search may nest: a level of the instance takes some ten, and `MAX_LEVELS` is the deepest."""

_COUNTING = threading.Lock()
_searching = 0
_limit = 0


def find_instance(schema: Schema, *, formats: bool = True) -> Answer:
    """Return a small instance of *schema*, or the proof that there is none, or why neither could be had.

    Args:
        schema: JSON Schema 2020-12. References to other documents are not followed.
        formats: Whether `format` is an assertion, as the API reads it, or an annotation, as 2020-12 has it.

    Returns:
        An instance that jsonschema-rs takes and jsonschema does not refuse (their known differences aside). The same
        answer for the same schema, always; bounded in steps, so that a hostile schema ends in `Unknown`.
    """
    return _answer([(schema, True)], formats=formats)


def subtract(
    old: Schema,
    new: Schema,
    *,
    formats: bool = True,
    budget: Budget | None = None,
) -> Answer:
    """Return a small instance of *old* that *new* refuses, or the proof that there is none, or why neither was had.

    Args:
        old: The schema whose instances are in question.
        new: The schema that has to take them.
        formats: As for `find_instance`.
        budget: Shared by several questions; each has its own by default.
    """
    return _answer([(old, True), (new, False)], formats=formats, budget=budget)


def shows(
    value: Any,
    old: Schema,
    new: Schema,
    *,
    formats: bool = True,
) -> bool:
    """Return whether both validators confirm that *value* is an instance of *old* that *new* refuses.

    Raises:
        InvalidSchema: A validator cannot work with one of the schemas.
    """
    claims = [
        Claim.that(_prepared(schema), valid=sign, formats=formats) for schema, sign in ((old, True), (new, False))
    ]
    return all(claim.check(value) is Confidence.CONFIRMED for claim in claims)


def _prepared(schema: Schema) -> Prepared:
    return schema if isinstance(schema, Prepared) else Prepared(schema)


def _answer(claimed: Sequence[tuple[Schema, bool]], *, formats: bool, budget: Budget | None = None) -> Answer:
    asked = [_prepared(schema) for schema, _ in claimed]
    for each in asked:
        if each.guard.objection:
            return Unknown(each.guard.objection)
    form = algebra.canonicalize(asked, formats=formats, form=lambda reading, each: each.form(reading))
    if isinstance(form, Unknown):
        return form
    reading, nodes = form
    search = Search(reading, budget or Budget())
    try:
        with _deeper():
            return _search(search, nodes, asked, [valid for _, valid in claimed])
    except OutOfSteps:
        return Unknown("the budget of steps is spent", pointer.build(search.trail), searchable=True)
    except RecursionError:
        return Unknown("instances are nested deeper than is searched")
    except InvalidSchema as error:
        return Unknown(error.what)
    finally:
        _forget()


@contextmanager
def _deeper() -> Iterator[None]:
    """Let the search nest as deep as a schema may, wherever it was called from.

    The limit is one for all threads: the last search to end puts it back, or another one would end early.
    """
    global _searching, _limit  # noqa: PLW0603  # as the limit itself is
    with _COUNTING:
        if not _searching:
            _limit = sys.getrecursionlimit()
            sys.setrecursionlimit(max(_limit, FRAMES))
        _searching += 1
    try:
        yield
    finally:
        with _COUNTING:
            _searching -= 1
            if not _searching:
                sys.setrecursionlimit(_limit)


def _forget() -> None:
    """Let go of what was remembered of this question's nodes: each keeps its whole document in memory."""
    for remembered in (algebra.covers, algebra.disjoint, read):
        remembered.cache_clear()


def _search(search: Search, nodes: Sequence[Node], asked: Sequence[Prepared], valid: Sequence[bool]) -> Answer:
    goal = Goal((nodes[0],), tuple(nodes[1:]))
    outcome = search.solve(goal)
    if outcome.empty:
        return NoInstance()
    formats = search.reading.formats
    claims = [Claim.that(each, valid=sign, formats=formats) for each, sign in zip(asked, valid, strict=True)]
    found, sure = _first_confirmed(outcome, claims)
    if not sure and outcome.found:
        outcome = search.solve(goal, MORE)
        found, sure = _first_confirmed(outcome, claims)
    if found is None:
        wider = [relax(each.root, search.reading) for each in asked]
        for guess in _guesses(wider) if wider != nodes else ():
            found = found or _first_confirmed(search.solve(guess, MORE), claims)[0]
    if found is None:
        # A search would only find what the validators take and ECMA-262 does not.
        disputed = outcome.reason == DISPUTED
        return Unknown(outcome.reason or "no candidate was confirmed", outcome.pointer, searchable=not disputed)
    if len(claims) == 1:
        return found
    smaller = shrink(found.value, lambda value: all(claim.judged(value) for claim in claims))
    small, still_sure = _first_confirmed(Outcome(candidates=(Candidate(smaller),)), claims)
    return small if small is not None and still_sure >= sure else found


def _guesses(wider: Sequence[Node | None]) -> Iterator[Goal]:
    """Yield goals whose instances may do, where a schema has parts without canonical form."""
    if wider[0] is not None:
        refused = tuple(node for node in wider[1:] if node is not None)
        yield Goal((wider[0],), refused)
        if refused:
            yield Goal((wider[0],))


def _first_confirmed(outcome: Outcome, claims: Sequence[Claim]) -> tuple[Instance | None, bool]:
    """Return the first candidate that both validators confirm, else the first on which they differ as they do.

    And whether it was confirmed.
    """
    disputed = None
    for candidate in outcome.candidates:
        confidence = min((claim.check(candidate.value) for claim in claims), key=lambda c: c.value)
        if confidence is Confidence.CONFIRMED:
            return Instance(candidate.value), True
        if confidence is Confidence.DISPUTED and disputed is None:
            disputed = Instance(candidate.value)
    return disputed, False
