"""JSON Pointer (RFC 6901): build, parse, resolve."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TypeAlias

Part: TypeAlias = str | int

_INDEX = re.compile(r"(?:0|[1-9][0-9]{0,17})\Z")
_INVALID_ESCAPE = re.compile(r"~(?![01])")


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
    for part in parts:
        text = str(part)
        if "~" in text or "/" in text:
            text = text.replace("~", "~0").replace("/", "~1")
        pointer = f"{pointer}/{text}"
    return pointer


def resolve(value: Any, pointer: str) -> Any:
    """Return what *pointer* names inside *value*.

    Raises:
        KeyError: Nothing stands there.
        ValueError: The pointer is neither empty nor starts with ``/``.
    """
    if _INVALID_ESCAPE.search(pointer):
        raise KeyError(pointer)
    for part in parse(pointer):
        if isinstance(value, dict) and part in value:
            value = value[part]
        elif isinstance(value, list) and _INDEX.match(part) and int(part) < len(value):
            value = value[int(part)]
        else:
            raise KeyError(pointer)
    return value
