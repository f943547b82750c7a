"""What is drawn now and then, so that it is seen, among what is drawn as a rule."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

RULE = 9
"""Draws as a rule, to each one now and then."""


def with_seldom(usual: st.SearchStrategy[Any], seldom: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return *usual*, and now and then *seldom*."""
    return st.one_of([*[usual] * RULE, seldom])


def up_to(low: int, high: int) -> st.SearchStrategy[int]:
    """Return whole numbers from *low* to *high*, every other one *high* itself; a failure shrinks to the least."""
    return st.integers(low, 2 * high - low).map(lambda drawn: min(drawn, high))
