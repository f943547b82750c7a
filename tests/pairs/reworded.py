"""The same instances in other words: what a schema means must not hang on how it is put."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from pageschema import pointer
from pageschema.schema import walk

from .edits import grounded, put
from .schemas import NOTES, TYPES, Schema

_FREE = frozenset({"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "unevaluatedProperties", "unevaluatedItems"})


def moved(schema: Schema, prefix: str) -> Schema:
    """Return *schema* with each reference leading to where it leads once *schema* stands at the pointer *prefix*."""
    if isinstance(schema, list):
        return [moved(item, prefix) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: f"#{prefix}{value[1:]}" if key == "$ref" and isinstance(value, str) else moved(value, prefix)
        for key, value in schema.items()
    }


def together(keyword: str, *schemas: Schema) -> Schema:
    """Return one schema that combines *schemas* under ``allOf``, ``anyOf`` or ``oneOf``."""
    names = [f"s{index}" for index in range(len(schemas))]
    definitions = {name: moved(schema, f"/$defs/{name}") for name, schema in zip(names, schemas, strict=True)}
    return {keyword: [{"$ref": f"#/$defs/{name}"} for name in names], "$defs": definitions}


def without(schema: Schema, refused: Schema) -> Schema:
    """Return a schema for what *schema* holds and *refused* does not."""
    definitions = {"s0": moved(schema, "/$defs/s0"), "s1": moved(refused, "/$defs/s1")}
    return {"allOf": [{"$ref": "#/$defs/s0"}, {"not": {"$ref": "#/$defs/s1"}}], "$defs": definitions}


def reworded(rng: Random, schema: Schema) -> Schema:
    """Return a schema of the same instances, put otherwise in one to four places."""
    for _ in range(rng.choice((1, 2, 3, 4))):
        place = rng.choice(list(walk(schema)))
        made = rng.choice(_WAYS)(rng, place.schema)
        if made is not None:
            changed = put(schema, pointer.parse(place.pointer), made)
            if grounded(changed):
                schema = changed
    return schema


def _alone(part: Any) -> dict[str, Any]:
    return {key: value for key, value in part.items() if key != "$defs"} if isinstance(part, dict) else part


def _wrapped(rng: Random, part: Any) -> Any:
    part = _alone(part)
    return rng.choice(
        (
            {"allOf": [part]},
            {"anyOf": [part]},
            {"oneOf": [part]},
            {"anyOf": [part, part]},
            {"not": {"not": part}},
            {"if": part, "then": True, "else": False},
            {"anyOf": [part, False]},
            {"oneOf": [part, False]},
            {"allOf": [True, part]},
            {"not": {"anyOf": [{"not": part}]}},
        )
    )


def _split(rng: Random, part: Any) -> Any:
    """Put some keywords, which do not look at others, into an ``allOf``."""
    if not isinstance(part, dict) or _FREE & part.keys():
        return None
    bound = {"properties", "patternProperties", "additionalProperties", "items", "prefixItems", "contains"}
    bound |= {"minContains", "maxContains", "$defs", "$ref"}
    keys = [key for key in part if key not in bound]
    if not keys:
        return None
    key = rng.choice(keys)
    return {**{other: value for other, value in part.items() if other != key}, "allOf": [{key: part[key]}]}


def _listed(_: Random, part: Any) -> Any:
    if not isinstance(part, dict):
        return None
    if "const" in part and "enum" not in part:
        return {**{key: value for key, value in part.items() if key != "const"}, "enum": [part["const"]]}
    if len(part.get("enum", ())) > 1 and "anyOf" not in part:
        rest = {key: value for key, value in part.items() if key != "enum"}
        return {**rest, "anyOf": [{"const": value} for value in part["enum"]]}
    return None


def _cases(_: Random, part: Any) -> Any:
    """Say the same type by type."""
    if not isinstance(part, dict) or _FREE & part.keys():
        return None
    types = part.get("type", [name for name in TYPES if name != "integer"])
    types = [types] if isinstance(types, str) else types
    rest = _alone({key: value for key, value in part.items() if key != "type"})
    return {"anyOf": [{"type": name, **rest} for name in types]} if len(types) < 7 else None


def _turned(_: Random, part: Any) -> Any:
    return dict(reversed(part.items())) if isinstance(part, dict) else None


def _noted(rng: Random, part: Any) -> Any:
    key = rng.choice(list(NOTES))
    return {**part, key: NOTES[key]} if isinstance(part, dict) and key not in part else None


def _numbers(_: Random, part: Any) -> Any:
    """Write whole numbers as floats, where that is exact."""
    if not isinstance(part, dict):
        return None
    keys = [key for key in ("minimum", "maximum", "const", "multipleOf", "exclusiveMinimum") if key in part]
    made = {key: float(part[key]) for key in keys if type(part[key]) is int and abs(part[key]) < 2**53}
    return {**part, **made} if made else None


def _shuffled(rng: Random, part: Any) -> Any:
    keys = [key for key in ("allOf", "anyOf", "oneOf", "enum", "required") if isinstance(part, dict) and key in part]
    if not keys:
        return None
    key = rng.choice(keys)
    return {**part, key: rng.sample(part[key], len(part[key]))}


def _factored(_: Random, part: Any) -> Any:
    """Say with ``not`` and ``allOf`` what ``anyOf`` says, and the other way round."""
    if not isinstance(part, dict) or {"not", "unevaluatedProperties", "unevaluatedItems"} & part.keys():
        return None
    for key, other in (("anyOf", "allOf"), ("allOf", "anyOf")):
        if key in part:
            rest = {name: value for name, value in part.items() if name != key}
            return {**rest, "not": {other: [{"not": branch} for branch in part[key]]}}
    return None


def _required(_: Random, part: Any) -> Any:
    if not isinstance(part, dict) or "required" not in part or _FREE & part.keys():
        return None
    rest = {key: value for key, value in part.items() if key != "required"}
    return {**rest, "allOf": [{"required": [name]} for name in part["required"]]}


_WAYS: tuple[Callable[[Random, Any], Any], ...] = (
    _wrapped, _wrapped, _split, _split, _listed, _cases, _turned, _noted, _numbers, _shuffled, _factored, _required,
)  # fmt: skip
