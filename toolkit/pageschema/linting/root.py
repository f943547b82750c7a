"""Giving a root its own ``properties``: a ``$ref`` or ``allOf`` there replaced by what it stands for.

Source: JSON Schema 2020-12 core, sections 8.2.3.1 (``$ref`` beside other keywords applies with them) and 10.2.1.1.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from pageschema import pointer
from pageschema.linting.edits import drop, put
from pageschema.linting.subject import Subject

_DEFINITIONS = ("$defs", "definitions")
_MERGEABLE = frozenset({"type", "properties", "required", "title", "description", "$comment"})
_STEPS = 10


def with_properties(subject: Subject) -> dict[str, Any] | None:
    """Return the value of *subject* with `properties` at its root, meaning the same, or None where that takes a person.

    The definition that the root referred to moves to the root: what referred to it refers to ``#`` then, so that
    nothing is said twice.
    """
    for _ in range(_STEPS):
        root = subject.value
        if "properties" in root:
            return dict(root)
        if any(_has_own_base(place.schema) for place in subject.places):
            return None
        changed = _reference_inlined(subject) if "$ref" in root else _branches_merged(subject)
        if changed is None:
            return None
        subject = subject.with_value(changed)
    return None


def _has_own_base(schema: Any) -> bool:
    return isinstance(schema, dict) and bool(schema.keys() & {"$id", "$anchor", "$dynamicAnchor", "$dynamicRef"})


def _reference_inlined(subject: Subject) -> dict[str, Any] | None:
    here = next((r for r in subject.references if not r.place.pointer), None)
    if here is None or here.target is None or not isinstance(here.target.schema, dict):
        return None
    if here.target.keyword not in _DEFINITIONS or here.target.pointer.count("/") != 2:
        return None
    beside = subject.value.keys() - {"$ref", *_DEFINITIONS}
    if any(subject.value[key] != here.target.schema.get(key, subject.value[key]) for key in beside):
        return None
    root = subject.fresh_value()
    moved = here.target.pointer
    for reference in subject.references:
        target = reference.target.pointer if reference.target is not None else ""
        if reference is not here and (target == moved or target.startswith(f"{moved}/")):
            put(root, reference.pointer, "#" + quote(target.removeprefix(moved), safe="/~!$&'()*+,;=:@"))
    definition = pointer.resolve(root, moved)
    drop(root, moved)
    del root["$ref"]
    return _definitions_last({**definition, **root})


def _branches_merged(subject: Subject) -> dict[str, Any] | None:
    root = subject.fresh_value()
    branches = root.pop("allOf", None)
    if not isinstance(branches, list) or not branches or root.keys() - _MERGEABLE - set(_DEFINITIONS):
        return None
    inlined: list[str] = []
    members: list[dict[str, Any]] = [root]
    for place in subject.places:
        if place.keyword != "allOf" or place.parent is not subject.places[0]:
            continue
        member = place.schema
        if isinstance(member, dict) and list(member) == ["$ref"]:
            target = next((r.target for r in subject.references if r.place is place), None)
            member = target.schema if target is not None else None
            inlined += [target.pointer] if target is not None and target.keyword in _DEFINITIONS else []
        if not isinstance(member, dict) or member.keys() - _MERGEABLE:
            return None
        members.append(member)
    if len(members) != len(branches) + 1 or any(_points_into_branches(r.target) for r in subject.references):
        return None
    merged = _merged(members)
    if merged is None:
        return None
    rest = {key: root[key] for key in _DEFINITIONS if key in root}
    return _unreferenced_dropped(subject, _definitions_last(merged | rest), inlined)


def _points_into_branches(target: Any) -> bool:
    return target is not None and target.pointer.startswith("/allOf")


def _merged(members: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return one object schema for *members* together, or None where they differ on anything."""
    merged: dict[str, Any] = {}
    for key in ("title", "description", "$comment"):
        texts = list(dict.fromkeys(member[key] for member in members if isinstance(member.get(key), str)))
        if len(texts) > 1 and key == "description":
            return None
        merged |= {key: texts[0]} if texts else {}
    properties: dict[str, Any] = {}
    required: list[str] = []
    for member in members:
        own, needed = member.get("properties", {}), member.get("required", [])
        if member.get("type", "object") != "object" or not isinstance(own, dict) or not isinstance(needed, list):
            return None
        if any(properties.get(name, schema) != schema for name, schema in own.items()):
            return None
        properties |= own
        required += [name for name in needed if name not in required]
    merged |= {"type": "object", "properties": properties}
    return merged | ({"required": required} if required else {})


def _unreferenced_dropped(subject: Subject, root: dict[str, Any], candidates: list[str]) -> dict[str, Any]:
    targets = {r.target.pointer for r in subject.with_value(root).references if r.target is not None}
    for where in candidates:
        if not any(target == where or target.startswith(f"{where}/") for target in targets):
            root = drop(root, where)
    return _definitions_last(root)


def _definitions_last(root: dict[str, Any]) -> dict[str, Any]:
    definitions = {key: root[key] for key in _DEFINITIONS if root.get(key)}
    return {key: value for key, value in root.items() if key not in _DEFINITIONS} | definitions
