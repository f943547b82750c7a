"""Realistic edits of a schema: what an author changes from one version to the next."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from pageschema import pointer
from pageschema.schema import walk

from .schemas import DEFINITIONS, FORMATS, NAMES, STEPS, TYPES, Schema, pattern, same, subschema, value

_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
_COUNTS = (
    "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "minContains", "maxContains",
)  # fmt: skip
_PLAIN = re.compile(r"[\w/$-]*")
_IN_PLACE = ("allOf", "anyOf", "oneOf")
_SINGLE = ("not", "if", "then", "else")


def edited(rng: Random, schema: Schema, *, edits: int | None = None) -> Schema:
    """Return *schema* after one to three edits; never a schema that refers to itself without a step."""
    for _ in range(edits or rng.choice((1, 1, 2, 3))):
        schema = _once(rng, schema)
    return schema


def _once(rng: Random, schema: Schema) -> Schema:
    for _ in range(12):
        if rng.random() < 0.06:
            return _shared(rng, schema)
        place = rng.choice(list(walk(schema)))
        edit = rng.choice(_EDITS)
        made = edit(rng, copy.deepcopy(place.schema), tuple(_defined(schema)))
        if made is None or (made == place.schema and repr(made) == repr(place.schema)):
            continue
        changed = put(schema, pointer.parse(place.pointer), made)
        if isinstance(changed, (dict, bool)) and grounded(changed):
            return changed
    return schema


def _shared(rng: Random, schema: Schema) -> Schema:
    """Put a reference where a subschema stood: to a definition that now holds it, or to some other place."""
    place, other = rng.choice(list(walk(schema))), rng.choice(list(walk(schema)))
    if not isinstance(schema, dict) or not place.pointer:
        return schema
    name = rng.choice(DEFINITIONS)
    if rng.random() < 0.6 and name not in schema.get("$defs", {}):
        changed = put(schema, pointer.parse(place.pointer), {"$ref": f"#/$defs/{name}"})
        changed = {**changed, "$defs": {**changed.get("$defs", {}), name: place.schema}}
    else:
        changed = put(schema, pointer.parse(place.pointer), {"$ref": f"#{other.pointer}"})
    return changed if _PLAIN.fullmatch(other.pointer) and grounded(changed) else schema


def _defined(schema: Schema) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from (name for name in DEFINITIONS if name in schema.get("$defs", {}))


def put(root: Any, parts: tuple[str, ...], new: Any) -> Any:
    """Return *root* with *new* where *parts* lead; the definitions at the top stay."""
    if not parts:
        kept = {"$defs": root["$defs"]} if isinstance(root, dict) and "$defs" in root else {}
        return {**new, **kept} if isinstance(new, dict) else ({"allOf": [new], **kept} if kept else new)
    head, rest = parts[0], parts[1:]
    if isinstance(root, list):
        index = int(head)
        return [*root[:index], _set(root[index], rest, new), *root[index + 1 :]]
    return {key: _set(child, rest, new) if key == head else child for key, child in root.items()}


def _set(root: Any, parts: tuple[str, ...], new: Any) -> Any:
    return put(root, parts, new) if parts else new


def grounded(schema: Schema) -> bool:
    """Return whether no reference leads back to itself without a step into the instance, and each leads somewhere."""
    state: dict[int, bool] = {}

    def visit(part: Any) -> bool:
        if not isinstance(part, dict):
            return True
        if id(part) in state:
            return state[id(part)]
        state[id(part)] = False
        children = [part[keyword] for keyword in _SINGLE if keyword in part]
        children += [child for keyword in _IN_PLACE for child in part.get(keyword, ())]
        children += part.get("dependentSchemas", {}).values()
        if "$ref" in part:
            try:
                target = pointer.resolve(schema, part["$ref"][1:])
            except KeyError:
                return False
            children.append(target)
        state[id(part)] = all(list(map(visit, children)))
        return state[id(part)]

    return all(visit(place.schema) for place in walk(schema))


# Each edit takes the subschema (a copy) and the names of definitions; None: not possible here.
_Edit = Callable[[Random, Any, tuple[str, ...]], Any]


def _drop(rng: Random, part: Any, _: tuple[str, ...]) -> Any:
    keys = [key for key in part if key != "$defs"] if isinstance(part, dict) else []
    if not keys:
        return None
    del part[rng.choice(keys)]
    return part


def _nudge(rng: Random, part: Any, _: tuple[str, ...]) -> Any:
    keys = [key for key in (*_BOUNDS, *_COUNTS) if isinstance(part, dict) and key in part]
    if not keys:
        return None
    key = rng.choice(keys)
    by = rng.choice((1, -1)) if key in _COUNTS else rng.choice((1, -1, 0.5, -0.5, 0.1))
    part[key] = max(0, part[key] + by) if key in _COUNTS else part[key] + by
    return part


def _exclusive(rng: Random, part: Any, _: tuple[str, ...]) -> Any:
    turned = dict(zip(_BOUNDS, ("exclusiveMinimum", "exclusiveMaximum", "minimum", "maximum"), strict=True))
    keys = [key for key in turned if isinstance(part, dict) and key in part]
    if not keys:
        return None
    key = rng.choice(keys)
    part[turned[key]] = part.pop(key)
    return part


def _tighten(rng: Random, part: Any, defined: tuple[str, ...]) -> Any:
    """Add a keyword that fits what is there."""
    if not isinstance(part, dict):
        return None
    more = subschema(rng, defined=defined)
    fresh = [key for key in more if key not in part] if isinstance(more, dict) else []
    if not fresh:
        return None
    key = rng.choice(fresh)
    return {**part, key: more[key]}


def _replace(rng: Random, _part: Any, defined: tuple[str, ...]) -> Any:
    return subschema(rng, defined=defined)


def _types(rng: Random, part: Any, _: tuple[str, ...]) -> Any:
    if not isinstance(part, dict) or "type" not in part:
        return None
    types = [part["type"]] if isinstance(part["type"], str) else list(part["type"])
    if len(types) > 1 and rng.random() < 0.5:
        types.remove(rng.choice(types))
    else:
        types = [*types, *rng.sample([name for name in TYPES if name not in types], 1)] if len(types) < 7 else types
    if types in (["integer"], ["number"]) and rng.random() < 0.5:
        types = ["number"] if types == ["integer"] else ["integer"]
    part["type"] = types[0] if len(types) == 1 else types
    return part


def _members(rng: Random, part: Any, _: tuple[str, ...]) -> Any:
    if not isinstance(part, dict) or "enum" not in part:
        return {"enum": [part["const"], value(rng)]} if isinstance(part, dict) and "const" in part else None
    if len(part["enum"]) > 1 and rng.random() < 0.5:
        part["enum"].pop(rng.randrange(len(part["enum"])))
    else:
        more = value(rng)
        if not any(same(more, other) for other in part["enum"]):
            part["enum"].append(more)
    return part


def _required(rng: Random, part: Any, _: tuple[str, ...]) -> Any:
    if not isinstance(part, dict) or not {"properties", "required"} & part.keys():
        return None
    required = list(part.pop("required", []))
    name = rng.choice([*part.get("properties", {}), rng.choice(NAMES)])
    required = [each for each in required if each != name] if name in required else [*required, name]
    return {**part, "required": required} if required else part


def _property(rng: Random, part: Any, defined: tuple[str, ...]) -> Any:
    if not isinstance(part, dict) or "properties" not in part:
        return None
    properties, kind = part["properties"], rng.choice(("add", "remove", "rename"))
    new = rng.choice(NAMES)
    if kind == "add" and new not in properties:
        properties[new] = subschema(rng, defined=defined)
    elif properties:
        name = rng.choice(list(properties))
        moved = properties.pop(name)
        if kind == "rename":
            properties[new] = moved
            if name in part.get("required", ()):
                part["required"] = sorted({new, *part["required"]} - {name})
    return part


def _close(rng: Random, part: Any, defined: tuple[str, ...]) -> Any:
    if not isinstance(part, dict) or "properties" not in part:
        return None
    key = rng.choice(("additionalProperties",) * 4 + ("unevaluatedProperties",))
    part[key] = rng.choice((False, False, True, subschema(rng, defined=defined)))
    return part


def _nullable(rng: Random, part: Any, _: tuple[str, ...]) -> Any:
    if isinstance(part, dict) and {"type": "null"} in part.get("anyOf", ()) and len(part["anyOf"]) == 2:
        return next((branch for branch in part["anyOf"] if branch != {"type": "null"}), None)
    if isinstance(part, dict):
        part.pop("$defs", None)
    return {rng.choice(("anyOf", "anyOf", "oneOf")): [part, {"type": "null"}]}


def _branches(rng: Random, part: Any, defined: tuple[str, ...]) -> Any:
    keys = [key for key in (*_IN_PLACE, "prefixItems") if isinstance(part, dict) and key in part]
    if not keys:
        return None
    branches = part[rng.choice(keys)]
    if len(branches) > 1 and rng.random() < 0.5:
        branches.pop(rng.randrange(len(branches)))
    elif rng.random() < 0.3:
        rng.shuffle(branches)
    else:
        branches.append(subschema(rng, defined=defined))
    return part


def _turn(rng: Random, part: Any, _: tuple[str, ...]) -> Any:
    """Make one combination another one."""
    keys = [key for key in _IN_PLACE if isinstance(part, dict) and key in part]
    if not keys:
        return None
    key = rng.choice(keys)
    other = rng.choice([name for name in _IN_PLACE if name != key])
    if other in part:
        return None
    part[other] = part.pop(key)
    return part


def _wrap(rng: Random, part: Any, _: tuple[str, ...]) -> Any:
    if isinstance(part, dict):
        part.pop("$defs", None)
    return rng.choice(
        (
            {"allOf": [part]},
            {"anyOf": [part, part]},
            {"not": {"not": part}},
            {"oneOf": [part]},
            {"not": part},
            {"type": "array", "items": part},
            {"if": part, "then": True, "else": False},
        )
    )


def _pattern(rng: Random, part: Any, _: tuple[str, ...]) -> Any:
    if not isinstance(part, dict):
        return None
    if isinstance(part.get("patternProperties"), dict) and part["patternProperties"]:
        old = rng.choice(list(part["patternProperties"]))
        part["patternProperties"][pattern(rng)] = part["patternProperties"].pop(old)
        return part
    if "pattern" in part or part.get("type") == "string":
        part["pattern"] = pattern(rng)
        return part
    return None


def _step(rng: Random, part: Any, _: tuple[str, ...]) -> Any:
    if not isinstance(part, dict) or "multipleOf" not in part:
        return None
    part["multipleOf"] = rng.choice(STEPS) if rng.random() < 0.6 else part["multipleOf"] * 2
    return part


def _note(rng: Random, part: Any, _: tuple[str, ...]) -> Any:
    if not isinstance(part, dict):
        return None
    return {**part, rng.choice(("title", "description")): rng.choice(("new", "other"))} | (
        {"format": rng.choice(FORMATS)} if part.get("type") == "string" and rng.random() < 0.4 else {}
    )


_EDITS: tuple[_Edit, ...] = (
    _drop, _drop, _nudge, _nudge, _nudge, _exclusive, _tighten, _tighten, _replace, _types, _types, _members, _members,
    _required, _required, _property, _property, _property, _close, _close, _nullable, _branches, _branches, _turn,
    _wrap, _pattern, _pattern, _step, _note,
)  # fmt: skip
