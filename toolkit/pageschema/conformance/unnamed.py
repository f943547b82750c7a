"""A property called ``""``: the validator leaves it out of its pointers, so it is given a name first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema import pointer
from pageschema.schema import Fault, map_schema

_NAME = "\ue000"
"""One character for private use: nobody calls a field so."""


def is_unnamed_in(value: Any) -> bool:
    """Return whether an object in *value* has a property without a name."""
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            if "" in item:
                return True
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)
    return False


def named(value: Any) -> Any:
    """Return a copy of *value* in which that property has a name."""
    if isinstance(value, dict):
        return {name or _NAME: named(member) for name, member in value.items()}
    return [named(item) for item in value] if isinstance(value, list) else value


def named_schema(root: Any) -> Any:
    """Return a schema that says of the name what *root* says of the property without one."""

    def change(schema: dict[str, Any]) -> dict[str, Any]:
        changed = dict(schema)
        for keyword in ("properties", "dependentSchemas", "dependentRequired"):
            if isinstance(schema.get(keyword), dict):
                changed[keyword] = {name or _NAME: each for name, each in schema[keyword].items()}
        if isinstance(changed.get("dependentRequired"), dict):
            changed["dependentRequired"] = {name: _listed(each) for name, each in changed["dependentRequired"].items()}
        if "required" in schema:
            changed["required"] = _listed(schema["required"])
        return changed

    return map_schema(root, change)


def without_name(fault: Fault) -> Fault:
    """Return a fault of the named value as one of the value that came."""
    parts = ["" if part == _NAME else part for part in pointer.parse(fault.pointer)]
    detail = {
        key: _unlisted(value) if isinstance(value, list) else ("" if value == _NAME else value)
        for key, value in fault.detail.items()
    }
    return replace(fault, pointer=pointer.build(parts), detail=detail, message=fault.message.replace(_NAME, ""))


def _listed(names: Any) -> Any:
    return [name or _NAME for name in names] if isinstance(names, list) else names


def _unlisted(names: list[Any]) -> list[Any]:
    return ["" if name == _NAME else name for name in names]
