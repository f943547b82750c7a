"""Hypothesis as a hunter: an instance for which something holds, where nothing could be proven."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, errors, find, settings

from pageschema.errors import InvalidSchema
from pageschema.strategies.instances import extractions

EXAMPLES = 50


def hunt(schema: Any, holds: Callable[[Any], bool]) -> list[Any]:
    """Return one small instance of *schema* for which *holds*, or none where a bounded search met none.

    Args:
        schema: JSON Schema 2020-12.
        holds: Asked of each instance that is drawn, and of smaller ones.

    Returns:
        The same instance for the same question, always.
    """
    quiet = settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    try:
        return [find(extractions(schema), holds, settings=quiet, random=Random(0))]  # noqa: S311 - a seed, no secret
    except (errors.NoSuchExample, errors.Unsatisfiable, InvalidSchema):
        return []
