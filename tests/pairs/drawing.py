"""Pairs of schemas to compare: mostly two versions of one, since there verdicts are interesting."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from hypothesis import strategies as st

from .edits import edited
from .models import model_pair
from .reworded import reworded
from .schemas import Schema, schema

Pair = tuple[Schema, Schema]


def _edited(rng: Random) -> Pair:
    old = schema(rng, size=rng.choice((4, 8, 14)))
    return old, edited(rng, old)


def _reworded(rng: Random) -> Pair:
    old = schema(rng, size=6)
    return old, reworded(rng, edited(rng, old, edits=1) if rng.random() < 0.5 else old)


def _unrelated(rng: Random) -> Pair:
    return schema(rng, size=3), schema(rng, size=3)


DRAWN: dict[str, tuple[float, Callable[[Random], Pair]]] = {
    "edited": (0.65, _edited),
    "reworded": (0.12, _reworded),
    "unrelated": (0.1, _unrelated),
    "models": (0.13, model_pair),
}
"""How pairs are made, by name, with the share of each."""


def pair(rng: Random, kind: str | None = None) -> tuple[str, Pair]:
    """Return a pair and how it was made."""
    kind = kind or rng.choices(list(DRAWN), [share for share, _ in DRAWN.values()])[0]
    return kind, DRAWN[kind][1](rng)


def pairs(kind: str | None = None) -> st.SearchStrategy[Pair]:
    """Return the same as a strategy."""
    return st.randoms(use_true_random=False).map(lambda rng: pair(rng, kind)[1])
