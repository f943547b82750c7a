"""Hypothesis as a hunter: an instance for which something holds, where nothing could be proven."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, errors, find, settings
from hypothesis import strategies as st

from pageschema.errors import InvalidSchema
from pageschema.strategies.instances import extractions

DRAWS = 20
"""Instances drawn at most before the first that holds, those that turn out to be none among them."""

_QUIET = settings(
    max_examples=DRAWS,
    database=None,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


class _Spent(KeyboardInterrupt):
    """Enough was drawn: the one kind of exception that ends a run of Hypothesis at once.

    Its own limit lets pass ten times as many that turn out to be no instance.
    """


def hunt(schema: Any, holds: Callable[[Any], bool]) -> list[Any]:
    """Return one small instance of *schema* for which *holds*, or none where a bounded search met none.

    Args:
        schema: JSON Schema 2020-12.
        holds: Asked of each instance that is drawn, and of smaller ones.

    Returns:
        The same instance for the same question, always.
    """
    drawn = 0
    met = False

    @st.composite
    def limited(draw: st.DrawFn) -> Any:
        nonlocal drawn
        drawn += 1
        if drawn > DRAWS and not met:
            raise _Spent
        return draw(made)

    def noted(value: Any) -> bool:
        nonlocal met
        met = met or holds(value)
        return holds(value)

    try:
        made = extractions(schema)
        return [find(limited(), noted, settings=_QUIET, random=Random(0))]  # noqa: S311 - a seed, no secret
    except (_Spent, errors.HypothesisException, InvalidSchema):
        return []
