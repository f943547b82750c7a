"""A JSON text as a tree of spans: where each value stands, and the white space around it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pageschema.schema import tokens


@dataclass(slots=True, kw_only=True)
class Node:
    """A value and the characters it stands in: ``text[start:end]``."""

    value: Any
    start: int
    end: int = 0
    entries: list[Entry] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Entry:
    """A member of an object, or an item of an array, which has no `key`.

    It begins at `start`, its key ends before `key_end`, and the comma or bracket behind it is at `close`.
    """

    key: str | None
    start: int
    key_end: int
    node: Node
    close: int = 0


def read(text: str) -> Node:
    """Return the tree of a JSON *text* that `jsontext.parse` takes."""
    found = _Reader(text).value()
    assert found is not None  # noqa: S101 - a JSON text holds a value
    return found


class _Reader:
    def __init__(self, text: str) -> None:
        self._tokens: Iterator[tuple[str, int]] = ((match.group(), match.start()) for match in tokens(text))
        self._behind = 0

    def value(self) -> Node | None:
        """Return the next value, None at the bracket that closes an empty array or object."""
        token, start = next(self._tokens)
        if token == "{":
            return self._object(start)
        if token == "[":
            return self._array(start)
        if token == "]":
            self._behind = start
            return None
        return Node(value=json.loads(token), start=start, end=start + len(token))

    def _object(self, start: int) -> Node:
        node = Node(value={}, start=start)
        token, at = next(self._tokens)
        while token != "}":
            key, key_at, key_end = json.loads(token), at, at + len(token)
            next(self._tokens)  # the colon
            value = self.value()
            assert value is not None  # noqa: S101 - a member has a value
            node.value[key] = value.value
            token, at = next(self._tokens)
            node.entries.append(Entry(key=key, start=key_at, key_end=key_end, node=value, close=at))
            if token == ",":
                token, at = next(self._tokens)
        node.end = at + 1
        return node

    def _array(self, start: int) -> Node:
        node = Node(value=[], start=start)
        while (value := self.value()) is not None:
            node.value.append(value.value)
            token, at = next(self._tokens)
            node.entries.append(Entry(key=None, start=value.start, key_end=value.start, node=value, close=at))
            self._behind = at
            if token == "]":
                break
        node.end = self._behind + 1
        return node
