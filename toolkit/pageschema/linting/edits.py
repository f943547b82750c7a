"""Changing one place of a JSON value."""

from __future__ import annotations

from typing import Any

from pageschema import pointer


def put(root: Any, where: str, value: Any) -> Any:
    """Put *value* where the pointer says, in place, and return the root; the pointer must name something."""
    if not where:
        return value
    holder, key = _holder(root, where)
    holder[key] = value
    return root


def drop(root: Any, where: str) -> Any:
    """Drop the member or item that the pointer names, in place, and return the root."""
    holder, key = _holder(root, where)
    del holder[key]
    return root


def _holder(root: Any, where: str) -> tuple[Any, Any]:
    *above, last = pointer.parse(where)
    holder = pointer.resolve(root, pointer.build(above))
    return holder, int(last) if isinstance(holder, list) else last
