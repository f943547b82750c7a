"""A kind of change: what it is called, who it breaks, and how it is told from the edits at one place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pageschema import jsontext, pointer
from pageschema.evolution.comparison import Verdict
from pageschema.evolution.edit import Edit
from pageschema.evolution.pairing import Pair


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Edits that are one change, and where it stands."""

    pointer: str
    message: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeKind:
    """A kind of change and its page: one file holds it, and a test holds it to its examples.

    `summary` completes "This change …". `old` and `new` are small schemas that show it; between them, and under the
    `declared` reading, the verdicts are `backward` and `forward`. `detect` is given a pair of places and those of its
    edits that no earlier kind has named. A change that is `silent` alters nothing that is valid;
    one of the `fields` of an object always alters what writers hand out.
    """

    name: str
    summary: str
    old: Any
    new: Any
    backward: Verdict
    forward: Verdict
    detect: Callable[[Pair, Sequence[Edit]], Iterator[Named]]
    silent: bool = False
    fields: bool = False


def member(side_pointer: str, edit: Edit) -> str:
    """Return the pointer of a declared member."""
    return pointer.join(side_pointer, edit.keyword, *(() if edit.key is None else (edit.key,)))


def quoted(value: Any) -> str:
    """Return a value as people read it in a message, cut short."""
    return jsontext.clip(jsontext.dumps(value, indent=None), 60)


def subject(pair: Pair) -> str:
    """Return what a place is called: the field, or what it holds."""
    return called(pair.after.pointer or pair.before.pointer)


def called(where: str) -> str:
    """Return what the place at a pointer is called."""
    parts = pointer.parse(where)
    for index in range(len(parts) - 1, 0, -1):
        if parts[index - 1] == "properties":
            suffix = " (items)" if "items" in parts[index + 1 :] else ""
            return f"field '{jsontext.clip(parts[index], 60)}'{suffix}"
        if parts[index - 1] in {"$defs", "definitions"}:
            return f"'{jsontext.clip(parts[index], 60)}'"
    return "the schema"
