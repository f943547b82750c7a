"""Where things stand in a JSON text: the line and column of every pointer, and keys that repeat."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Container, Iterator
from typing import NamedTuple

from pageschema import pointer


class Position(NamedTuple):
    """A place in a text: line and column count from 1, in code points."""

    line: int
    column: int


class Duplicate(NamedTuple):
    """A key that stands twice in one object; parsers keep the last and say nothing."""

    pointer: str
    position: Position


def duplicates(text: str) -> Iterator[Duplicate]:
    """Yield each key that repeats within its object, at the later place. *text* must be JSON that `parse` takes."""
    lines = _Lines(text)
    for where, start, repeated in _keys(text):
        if repeated:
            yield Duplicate(pointer=where, position=lines.position(start))


def positions(text: str, *, only: Container[str] | None = None) -> dict[str, Position]:
    """Return where each pointer of a JSON *text* starts: at the key of a member, at the value of an array item.

    Args:
        only: The pointers that are wanted; a large text has so many that keeping all of them takes a hundred times its
            own size.
    """
    lines = _Lines(text)
    found = {where: start for where, start, _ in _keys(text) if only is None or where in only}
    return {"": Position(line=1, column=1)} | {where: lines.position(start) for where, start in found.items()}


_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{},:]|[^\s\[\]{},:"]++', re.DOTALL)


_MEMBER = re.compile(
    r'(?P<string>"(?:[^"\\]++|\\.)*+")(?P<key>\s*:)?|(?P<open>[\[{])|(?P<close>[\]}])|[^\s\[\]{},:"]++', re.DOTALL
)
"""A key with its colon, a bracket, or a scalar."""


def tokens(text: str) -> Iterator[re.Match[str]]:
    """Yield the tokens of a JSON *text*: brackets, commas, colons, and scalars with keys among them."""
    return _TOKEN.finditer(text)


class _Lines:
    """Where the lines of a text begin."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def position(self, at: int) -> Position:
        """Return the line and column of the character *at*."""
        line = bisect_right(self._starts, at)
        return Position(line=line, column=at - self._starts[line - 1] + 1)


def _keys(text: str) -> Iterator[tuple[str, int, bool]]:
    """Yield (pointer, where it starts, repeated) for every member and item of a JSON text, in order."""
    around: list[tuple[str, set[str] | None, int, str]] = []
    here, seen, index, child = "", None, -1, ""
    depth = 0
    for match in _MEMBER.finditer(text):
        kind = match.lastgroup
        if kind == "key":
            assert seen is not None  # noqa: S101 - a key stands in an object: this is JSON.
            token = match["string"]
            key = json.loads(token, strict=False) if "\\" in token else token[1:-1]
            child = pointer.join(here, key)
            yield child, match.start(), key in seen
            seen.add(key)
        elif kind == "close":
            here, seen, index, child = around.pop()
            depth -= 1
        else:
            if seen is None and depth:
                index += 1
                child = f"{here}/{index}"
                yield child, match.start(), False
            if kind == "open":
                around.append((here, seen, index, child))
                depth += 1
                here, seen, index = child, set() if match["open"] == "{" else None, -1
