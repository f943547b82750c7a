"""A smallest pair of schemas for which something still holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from .edits import grounded
from .schemas import Schema

MOST_TRIES = 1_000


def smallest(old: Schema, new: Schema, holds: Callable[[Schema, Schema], bool]) -> tuple[Schema, Schema]:
    """Return the smallest pair within reach for which *holds* is true, as it must be of the pair given.

    A step is first made on both sides at once, since the two are mostly alike.
    """
    tries = MOST_TRIES
    progress = True
    while progress and tries:
        progress = False
        for pair in _smaller(old, new):
            tries -= 1
            if not tries:
                break
            if _valid(pair) and holds(*pair):
                old, new = pair
                progress = True
                break
    return old, new


def _valid(pair: tuple[Schema, Schema]) -> bool:
    from pageschema.schema import metaschema_fault

    return all(isinstance(side, (dict, bool)) and metaschema_fault(side) is None and grounded(side) for side in pair)


def _smaller(old: Schema, new: Schema) -> Iterator[tuple[Schema, Schema]]:
    olds, news = dict(_steps(old, "")), dict(_steps(new, ""))
    for step in olds.keys() & news.keys() if len(olds) < 400 else ():
        yield olds[step], news[step]
    yield from ((each, new) for each in olds.values())
    yield from ((old, each) for each in news.values())


def _steps(value: Any, at: str) -> Iterator[tuple[str, Any]]:
    """Yield each way to make *value* simpler by one step, with a name for the step."""
    if isinstance(value, dict):
        if value:
            yield f"{at} none", {}
        for key, child in value.items():
            yield f"{at} without {key}", {other: each for other, each in value.items() if other != key}
            if isinstance(child, dict) and "$defs" not in value:
                yield f"{at} lift {key}", child
            if isinstance(child, list) and len(child) == 1 and isinstance(child[0], dict) and "$defs" not in value:
                yield f"{at} lift only {key}", child[0]
        for key, child in value.items():
            for name, smaller in _steps(child, f"{at}/{key}"):
                yield name, {**value, key: smaller}
    elif isinstance(value, list):
        for index in range(len(value)):
            yield f"{at} without {index}", [*value[:index], *value[index + 1 :]]
        for index, child in enumerate(value):
            for name, smaller in _steps(child, f"{at}/{index}"):
                yield name, [*value[:index], smaller, *value[index + 1 :]]
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        for less in (0, 1, 2, int(value)):
            if abs(less) < abs(value) or (less == value and isinstance(value, float)):
                yield f"{at} {less}", less
    elif isinstance(value, str) and value not in {"", "a"} and at.rpartition("/")[2] == "const":
        yield f"{at} a", "a"
    elif value is False:
        yield f"{at} true", True
