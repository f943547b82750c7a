"""The two questions, asked of the algebra first, then of the search, and answered once the validators agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pageschema import pointer
from pageschema.errors import InvalidSchema
from pageschema.schema import PageSchema
from pageschema.solver import algebra
from pageschema.solver.answer import Answer, Instance, NoInstance, Unknown
from pageschema.solver.budget import Budget, OutOfSteps
from pageschema.solver.confirm import Claim, Confidence
from pageschema.solver.outcome import Goal, Outcome
from pageschema.solver.search import Search

WANTED = (1, 24)
"""Candidates asked for at first, and again where none of those was confirmed."""


def find_instance(schema: PageSchema | dict[str, Any] | bool, *, formats: bool = True) -> Answer:  # noqa: FBT001
    """Return a small instance of *schema*, or the proof that there is none, or why neither could be had.

    Args:
        schema: JSON Schema 2020-12. References to other documents are not followed.
        formats: Whether `format` is an assertion, as the API reads it, or an annotation, as 2020-12 has it.

    Returns:
        An instance that jsonschema-rs takes and jsonschema does not refuse (their known differences aside). The same
        answer for the same schema, always; bounded in steps, so that a hostile schema ends in `Unknown`.
    """
    value = _value(schema)
    form = algebra.canonicalize([value], formats=formats)
    if isinstance(form, Unknown):
        return form
    reading, (node,) = form
    return _answer(reading, Goal(node), [(value, True)])


def subtract(
    old: PageSchema | dict[str, Any] | bool,  # noqa: FBT001
    new: PageSchema | dict[str, Any] | bool,  # noqa: FBT001
    *,
    formats: bool = True,
) -> Answer:
    """Return a small instance of *old* that *new* refuses, or the proof that there is none, or why neither was had.

    Args:
        old: The schema whose instances are in question.
        new: The schema that has to take them.
        formats: As for `find_instance`.
    """
    taken, refused = _value(old), _value(new)
    form = algebra.canonicalize([taken, refused], formats=formats)
    if isinstance(form, Unknown):
        return form
    reading, (left, right) = form
    return _answer(reading, Goal(left, (right,)), [(taken, True), (refused, False)])


def _answer(reading: algebra.Algebra, goal: Goal, claimed: Sequence[tuple[Any, bool]]) -> Answer:
    search = Search(reading, Budget())
    formats = reading.formats
    disputed: Answer | None = None
    outcome = Outcome()
    try:
        claims: list[Claim] = []
        for want in WANTED:
            outcome = search.solve(goal, want)
            if outcome.empty:
                return NoInstance()
            claims = claims or [Claim.that(schema, valid=valid, formats=formats) for schema, valid in claimed]
            for candidate in outcome.candidates:
                confidence = min(
                    (claim.check(candidate.value, formats=formats) for claim in claims), key=lambda c: c.value
                )
                if confidence is Confidence.CONFIRMED:
                    return Instance(candidate.value)
                if confidence is Confidence.DISPUTED and disputed is None:
                    disputed = Instance(candidate.value)
            if not outcome.found:
                break
    except OutOfSteps:
        outcome = Outcome(reason="the budget of steps is spent", pointer=pointer.build(search.trail))
    except RecursionError:
        outcome = Outcome(reason="instances are nested deeper than is searched")
    except InvalidSchema as error:
        outcome = Outcome(reason=error.what)
    return disputed or Unknown(outcome.reason or "no candidate was confirmed", outcome.pointer)


def _value(schema: PageSchema | dict[str, Any] | bool) -> Any:  # noqa: FBT001
    return schema.value if isinstance(schema, PageSchema) else schema
