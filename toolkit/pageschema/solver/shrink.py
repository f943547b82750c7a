"""A smaller instance for the same claims: keys and items left out, inner values put in place of outer ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

TRIES = 300


def shrink(value: Any, holds: Callable[[Any], bool]) -> Any:
    """Return a smallest value within reach of *value* for which *holds* is still true, in a bounded number of tries."""
    tries = TRIES
    progress = True
    while progress:
        progress = False
        for smaller in _smaller(value):
            if not tries:
                return value
            tries -= 1
            if holds(smaller):
                value, progress = smaller, True
                break
    return value


def _smaller(value: Any) -> Iterator[Any]:
    """Yield values one step smaller than *value*, the greatest steps first."""
    yield from _inner(value)
    yield from _reduced(value)


def _inner(value: Any) -> Iterator[Any]:
    """Yield the arrays and objects inside *value*, from the bottom up."""
    if isinstance(value, (dict, list)):
        for child in value.values() if isinstance(value, dict) else value:
            yield from _inner(child)
            if isinstance(child, (dict, list)):
                yield child


def _reduced(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for key in value:
            yield {other: member for other, member in value.items() if other != key}
        for key, member in value.items():
            for smaller in _reduced(member):
                yield {**value, key: smaller}
    elif isinstance(value, list):
        for index in range(len(value)):
            yield [*value[:index], *value[index + 1 :]]
        for index, item in enumerate(value):
            for smaller in _reduced(item):
                yield [*value[:index], smaller, *value[index + 1 :]]
