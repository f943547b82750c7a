"""JSON Pointer (RFC 6901): build, parse, resolve."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

Part: TypeAlias = str | int


def build(parts: Iterable[Part]) -> str:
    """Return the pointer for *parts*; no parts give ``""``, the whole value."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def parse(pointer: str) -> tuple[str, ...]:
    """Return the parts of *pointer*, unescaped.

    Raises:
        ValueError: The pointer is neither empty nor starts with ``/``.
    """
    if not pointer:
        return ()
    if not pointer.startswith("/"):
        raise ValueError(f"a JSON Pointer starts with '/': {pointer!r}")
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer[1:].split("/"))


def join(pointer: str, *parts: Part) -> str:
    """Return *pointer* extended by *parts*."""
    return pointer + build(parts)


def resolve(value: Any, pointer: str) -> Any:
    """Return what *pointer* names inside *value*.

    Raises:
        KeyError: Nothing stands there.
    """
    for part in parse(pointer):
        if isinstance(value, dict) and part in value:
            value = value[part]
        elif isinstance(value, list) and part.isdecimal() and part.isascii() and int(part) < len(value):
            value = value[int(part)]
        else:
            raise KeyError(pointer)
    return value
