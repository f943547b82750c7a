"""From the schema that Pydantic writes to the form that the API serves best: a transform of values, by position."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from pageschema.generation.emit import CLASS, MADE_UP, NAMED
from pageschema.schema import map_schema, walk

_DEFS = "#/$defs/"
_ANNOTATIONS = frozenset(
    {"default", "deprecated", "description", "examples", "readOnly", "title", "writeOnly", CLASS, NAMED}
)
_FIRST = ("$schema", "$ref", "title", "description", "type")


def inlined(marked: dict[str, Any]) -> dict[str, Any]:
    """Return the form that the API serves best; what is inlined twice is shared, so its text may be far larger."""
    definitions = marked.get("$defs", {})
    top = {key: item for key, item in with_root(marked).items() if key != "$defs"}
    uses = {"": _used(top), **{name: _used(schema) for name, schema in definitions.items()}}
    parts = {name for names in uses.values() for name in names if "/" in name}
    kept = {name for name in definitions if name in _reached(name, uses)} | {name.partition("/")[0] for name in parts}
    done: dict[str, Any] = {}

    def change(schema: dict[str, Any]) -> Any:
        schema = _tidied(_with_tags(schema))
        name = _definition(schema)
        if name in definitions and name not in kept:
            if name not in done:
                done[name] = map_schema(definitions[name], change)
            schema = _merged(done[name], _without_ref(schema))
        return _with_optional(schema) if isinstance(schema.get("properties"), dict) else schema

    root = map_schema(top, change)
    needed = kept & _reached("", uses)
    if not needed:
        return cast("dict[str, Any]", root)
    return {**root, "$defs": {name: map_schema(definitions[name], change) for name in definitions if name in needed}}


def with_root(schema: dict[str, Any]) -> dict[str, Any]:
    """Return *schema* with the definition that a root ``$ref`` names in its place, definitions kept."""
    definitions = schema.get("$defs", {})
    seen: set[str] = set()
    name = _definition(schema)
    while name in definitions and name not in seen:
        seen.add(name)
        schema = {**definitions[name], **_without_ref(schema)}
        name = _definition(schema)
    return schema


def _tidied(schema: dict[str, Any]) -> dict[str, Any]:
    """Take away what the API makes nothing of: made-up titles, null defaults, OpenAPI's discriminator.

    Versions of Pydantic word the same differently, and a text that is frozen shall not depend on the version: older
    ones say ``const`` and ``enum`` of one value, newer ones add ``additionalProperties`` where a map takes anything.
    """
    twice = "const" if NAMED in schema else "enum"
    takes_anything = schema.get("additionalProperties") is True and "properties" not in schema
    return {
        key: item
        for key, item in schema.items()
        if not (key == "title" and isinstance(item, str) and (item.startswith(MADE_UP) or item == schema.get(NAMED)))
        and not (key == "default" and item is None)
        and not (key == twice and "const" in schema and schema.get("enum") == [schema["const"]])
        and not (key == "additionalProperties" and takes_anything)
        and key != "discriminator"
    }


def _with_tags(schema: dict[str, Any]) -> dict[str, Any]:
    """Require of each branch of a discriminated union its tag: the model cannot tell without it, default or none."""
    tag = schema["discriminator"].get("propertyName") if isinstance(schema.get("discriminator"), dict) else None
    branches = schema.get("oneOf")
    if tag is None or not isinstance(branches, list):
        return schema
    return {**schema, "oneOf": [_requiring(tag, branch) for branch in branches]}


def _requiring(tag: str, branch: Any) -> Any:
    if not isinstance(branch, dict) or tag not in branch.get("properties", {}):
        return branch
    required = branch.get("required", [])
    return branch if tag in required else {**branch, "required": [tag, *required]}


def _with_optional(schema: dict[str, Any]) -> dict[str, Any]:
    """Let each property that allows null be absent instead: the API tells optional by absence from ``required``.

    Source: Datalab's own adapter, which collapses nullable unions and takes the field out of ``required``.
    """
    properties = {name: _without_null(each) for name, each in schema["properties"].items()}
    optional = {name for name, each in schema["properties"].items() if properties[name] != each}
    changed = {**schema, "properties": properties}
    if isinstance(schema.get("required"), list):
        changed["required"] = [name for name in schema["required"] if name not in optional]
        if not changed["required"]:
            del changed["required"]
    return changed


def _without_null(schema: Any) -> Any:
    """Return *schema* without the choice of null, or as it is where null is no choice or the only one."""
    if not isinstance(schema, dict):
        return schema
    types = schema.get("type")
    if isinstance(types, list) and "null" in types and len(types) > 1:
        rest = [each for each in types if each != "null"]
        schema = {**schema, "type": rest[0] if len(rest) == 1 else rest}
    values = schema.get("enum")
    if isinstance(values, list) and None in values and len(values) > 1:
        rest = [each for each in values if each is not None]
        schema = {**schema, "enum": rest}
        if "type" not in schema and all(isinstance(each, str) for each in rest):
            schema["type"] = "string"
    for keyword in ("anyOf", "oneOf"):
        branches = schema.get(keyword)
        if isinstance(branches, list):
            rest = [
                _without_null(each) for each in branches if not (isinstance(each, dict) and each.get("type") == "null")
            ]
            if rest and rest != branches:
                outer = {key: item for key, item in schema.items() if key != keyword}
                schema = _merged(rest[0], outer) if len(rest) == 1 else {**schema, keyword: rest}
    return schema


def _merged(inner: Any, outer: dict[str, Any]) -> dict[str, Any]:
    """Return one schema that says both; where the two annotate differently, *outer* is heard."""
    if not isinstance(inner, dict):
        return {"allOf": [inner], **outer}
    if any(inner[key] != outer[key] for key in inner.keys() & outer.keys() - _ANNOTATIONS):
        return {"allOf": [inner], **outer}
    return {**inner, **outer}


def polished(schema: dict[str, Any], classes: list[type]) -> dict[str, Any]:
    """Return *schema* with its definitions named after their classes, and keywords in the order of a reader.

    Pydantic tells two classes of one name apart by their modules; a file loaded by its path has no lasting one.
    """
    names: dict[str, str] = {}
    definitions = schema.get("$defs", {})
    for old, each in definitions.items():
        wanted = re.sub(r"\W+", "_", classes[each[CLASS]].__name__).strip("_") if CLASS in each else old
        taken, number = set(names.values()), 2
        names[old] = wanted
        while names[old] in taken:
            names[old] = f"{wanted}_{number}"
            number += 1

    def rename(schema: dict[str, Any]) -> dict[str, Any]:
        name, slash, below = _definition(schema).partition("/")
        if name in names:
            schema = {**schema, "$ref": _DEFS + names[name] + slash + below}
        return {key: schema[key] for key in sorted(schema, key=_rank)}

    whole = {**schema, "$defs": {names[old]: each for old, each in definitions.items()}} if definitions else schema
    return cast("dict[str, Any]", map_schema(whole, rename))


def _rank(keyword: str) -> int:
    """Order keywords as a reader wants them; the sort is stable, so the others stay as Pydantic has them."""
    if keyword in _FIRST:
        return _FIRST.index(keyword)
    return len(_FIRST) + (keyword == "$defs")


def _definition(schema: dict[str, Any]) -> str:
    """Return the name of the definition that the ``$ref`` of *schema* points to, or "" where it has none of ours."""
    reference = schema.get("$ref")
    return reference.removeprefix(_DEFS) if isinstance(reference, str) and reference.startswith(_DEFS) else ""


def _without_ref(schema: dict[str, Any]) -> dict[str, Any]:
    return {key: item for key, item in schema.items() if key != "$ref"}


def _used(schema: Any) -> list[str]:
    names = (_definition(place.schema) for place in walk(schema) if isinstance(place.schema, dict))
    return [name for name in names if name]


def _reached(start: str, uses: Mapping[str, list[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(uses[start])
    while waiting:
        name = waiting.pop().partition("/")[0]
        if name not in found:
            found.add(name)
            waiting.extend(uses.get(name, ()))
    return found
