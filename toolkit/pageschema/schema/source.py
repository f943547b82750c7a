"""Where things stand in a JSON text: the line and column of every pointer, and keys that repeat."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
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
    for where, position, repeated in _keys(text):
        if repeated:
            yield Duplicate(pointer=where, position=position)


def positions(text: str, *, only: Container[str] | None = None) -> dict[str, Position]:
    """Return where each pointer of a JSON *text* starts: at the key of a member, at the value of an array item.

    Args:
        only: The pointers that are wanted; a large text has so many that keeping all of them takes a hundred times its
            own size.
    """
    found = {where: position for where, position, _ in _keys(text) if only is None or where in only}
    return {"": Position(line=1, column=1)} | found


_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{},:]|[^\s\[\]{},:"]++', re.DOTALL)


def tokens(text: str) -> Iterator[re.Match[str]]:
    """Yield the tokens of a JSON *text*: brackets, commas, colons, and scalars with keys among them."""
    return _TOKEN.finditer(text)


@dataclass(slots=True)
class _Open:
    """An array or object that the scan is inside of, and the member or item that it stands at."""

    pointer: str
    seen: set[str] | None
    index: int = -1
    child: str = ""


def _keys(text: str) -> Iterator[tuple[str, Position, bool]]:
    """Yield (pointer, position, repeated) for every member and item of a JSON text, in order."""
    line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
    line = 0
    stack: list[_Open] = []
    expects_value = False
    for match in tokens(text):
        token = match.group()
        while line + 1 < len(line_starts) and line_starts[line + 1] <= match.start():
            line += 1
        column = match.start() - line_starts[line] + 1
        top = stack[-1] if stack else None
        if token == ":":
            expects_value = True
        elif token == ",":
            expects_value = False
        elif token in "]}":
            stack.pop()
            expects_value = False
        elif top is not None and top.seen is not None and not expects_value:
            key = json.loads(token, strict=False) if "\\" in token else token[1:-1]
            repeated = key in top.seen
            top.seen.add(key)
            top.child = pointer.join(top.pointer, key)
            yield top.child, Position(line=line + 1, column=column), repeated
        else:
            if top is not None and top.seen is None:
                top.index += 1
                top.child = f"{top.pointer}/{top.index}"
                yield top.child, Position(line=line + 1, column=column), False
            if token in "[{":
                stack.append(_Open(pointer=top.child if top else "", seen=set() if token == "{" else None))
                expects_value = False
