"""Instances drawn without any knowledge of the solver: by the look of a schema, and biased to what two schemas mention.

Nothing here has to be right. A validator judges each value; what counts is to come close to every edge of both schemas.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from random import Random
from typing import Any

import jsonschema_rs

from pageschema import pointer
from pageschema.schema import walk

from .schemas import NAMES, NESTED, NUMBERS, TEXTS, Schema

_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_LENGTHS = ("minLength", "maxLength")
_SMALL = 3
LEVELS = 4


class Sampler:
    """Draws values that lie near the edges of the schemas given."""

    def __init__(self, rng: Random, schemas: Iterable[Schema], values: Iterable[Any] = ()) -> None:
        self.rng = rng
        self.roots = list(schemas)
        self.numbers: list[Any] = [0, 1, -1, 1.5, True]
        self.texts: list[str] = ["", "a", "b", "1"]
        self.names: list[str] = ["a", "b", "zz"]
        self.others: list[Any] = [None, True, False, [], {}, *values]
        self.kinds: list[str] = ["null", "boolean", "number", "string", "array", "object"]
        for schema in self.roots:
            for place in walk(schema):
                if isinstance(place.schema, dict):
                    self._learn(place.schema)

    def _learn(self, part: dict[str, Any]) -> None:
        for keyword in _BOUNDS:
            if keyword in part:
                bound = part[keyword]
                self.numbers += [bound, bound + 1, bound - 1, bound + 0.5, bound - 0.5, bound * 2, bound * 3, -bound]
        self.others += part.get("enum", []) + ([part["const"]] if "const" in part else [])
        for pattern in [*([part["pattern"]] if "pattern" in part else []), *part.get("patternProperties", {})]:
            matching = _matching(pattern)
            self.texts += matching[:40]
            self.names += matching[:6]
        for keyword in _LENGTHS:
            if keyword in part:
                self.texts += [letter * max(0, part[keyword] + by) for letter in "a1" for by in (-1, 0, 1)]
        self.names += [*part.get("properties", ()), *part.get("required", ()), *part.get("dependentSchemas", ())]
        for name, needed in part.get("dependentRequired", {}).items():
            self.names += [name, *needed]

    def anything(self, depth: int = 2) -> Any:
        """Return a value of any look."""
        rng = self.rng
        kind = rng.random()
        if kind < 0.25:
            return rng.choice(self.numbers)
        if kind < 0.5:
            return rng.choice(self.texts)
        if kind < 0.7 or depth <= 0:
            return rng.choice(self.others)
        if kind < 0.8:
            return rng.choice(NESTED)
        if kind < 0.9:
            return [self.anything(depth - 1) for _ in range(rng.randint(0, 3))]
        return {rng.choice(self.names): self.anything(depth - 1) for _ in range(rng.randint(0, 3))}

    def around(self, one: Schema, other: Schema, count: int) -> list[Any]:
        """Return values like *one*, like *other*, like both at once, and of any look."""
        made = [self.like(one, wild) for wild in (0.03, 0.12) for _ in range(count // 2)]
        made += [self.like(other, wild) for wild in (0.03, 0.12) for _ in range(count // 2)]
        made += [self._like([one, other], root, LEVELS, 0.08) for root in (one, other) for _ in range(count // 4)]
        return made + [self.anything() for _ in range(count // 4)]

    def like(self, root: Schema, wild: float = 0.08) -> Any:
        """Return a value that looks like an instance of *root*; in each place, sometimes, it does not care."""
        return self._like([root], root, LEVELS, wild)

    def _like(self, schemas: list[Schema], root: Schema, depth: int, wild: float) -> Any:
        rng = self.rng
        if depth < 0 or rng.random() < wild:
            return self.anything(min(depth, 2))
        parts = [part for schema in schemas for part in self._in_place(schema, root, 8)]
        listed = [part for part in parts if "const" in part or part.get("enum")]
        if listed and rng.random() < 0.85:
            part = rng.choice(listed)
            return part["const"] if "const" in part else rng.choice(part["enum"])
        kind = self._kind(parts)
        if kind == "object":
            return self._object(parts, root, depth, wild)
        if kind == "array":
            return self._array(parts, root, depth, wild)
        if kind == "string":
            return self._string(parts)
        if kind in {"number", "integer"}:
            number = self._number(parts)
            return int(number) if kind == "integer" and rng.random() < 0.7 else number
        return rng.choice((True, False)) if kind == "boolean" else None

    def _in_place(self, schema: Schema, root: Schema, left: int) -> Iterator[dict[str, Any]]:
        """Yield what applies to one value, with one choice taken of each union."""
        if not isinstance(schema, dict) or left < 0:
            return
        rng = self.rng
        yield schema
        chosen: list[Any] = list(schema.get("allOf", ()))
        chosen += [rng.choice(schema[key]) for key in ("anyOf", "oneOf") if schema.get(key)]
        if "if" in schema:
            taken = rng.random() < 0.5
            chosen += [schema["if"]] if taken else []
            chosen += [schema[key] for key in ("then" if taken else "else",) if key in schema]
        if "not" in schema and rng.random() < 0.15:  # Near the edge of what is refused.
            chosen.append(schema["not"])
        chosen += [each for each in schema.get("dependentSchemas", {}).values() if rng.random() < 0.5]
        if "$ref" in schema:
            chosen.append(self._target(root, schema["$ref"]))
        for each in chosen:
            yield from self._in_place(each, root, left - 1)

    def _target(self, root: Schema, reference: str) -> Schema:
        for whole in (root, *self.roots):
            try:
                return pointer.resolve(whole, reference[1:])
            except KeyError:
                continue
        return True

    def _kind(self, parts: list[dict[str, Any]]) -> str:
        kinds: set[str] | None = None
        for part in parts:
            if "type" in part:
                named = {part["type"]} if isinstance(part["type"], str) else set(part["type"])
                named |= {"integer"} if "number" in named else set()
                kinds = named if kinds is None else (kinds & named or kinds)
        if kinds is None:
            keys = {key for part in parts for key in part}
            kinds = {kind for kind, hints in _HINTS.items() if hints & keys} or set(self.kinds)
        return self.rng.choice(sorted(kinds))

    def _number(self, parts: list[dict[str, Any]]) -> Any:
        rng = self.rng
        near = [part[key] for part in parts for key in _BOUNDS if key in part]
        steps = [part["multipleOf"] for part in parts if "multipleOf" in part]
        if steps and rng.random() < 0.5:
            return rng.choice(steps) * rng.choice((0, 1, 2, 3, 4, 5, 6, 10, -1, -2))
        if near and rng.random() < 0.7:
            return rng.choice(near) + rng.choice((0, 0, 1, -1, 0.5, -0.5, 2))
        return rng.choice(self.numbers if rng.random() < 0.7 else NUMBERS)

    def _string(self, parts: list[dict[str, Any]]) -> str:
        rng = self.rng
        pool = self.texts if rng.random() < 0.8 else list(TEXTS)
        patterns = [part["pattern"] for part in parts if "pattern" in part]
        if patterns and rng.random() < 0.8:
            pool = _matching(rng.choice(patterns)) or pool
        low = max([part["minLength"] for part in parts if "minLength" in part], default=0)
        high = min([part["maxLength"] for part in parts if "maxLength" in part], default=9)
        fitting = [text for text in pool if low <= len(text) <= high]
        return rng.choice(fitting or pool)

    def _object(self, parts: list[dict[str, Any]], root: Schema, depth: int, wild: float) -> dict[str, Any]:
        rng = self.rng
        declared = [name for part in parts for name in part.get("properties", ())]
        names = [name for part in parts for name in part.get("required", ())]
        often = rng.choice((0.2, 0.7, 1.0))
        names += [name for name in declared if rng.random() < often]
        if rng.random() < 0.3:
            names += [rng.choice(self.names if rng.random() < 0.7 else NAMES) for _ in range(rng.choice((1, 1, 2)))]
        least = max([part.get("minProperties", 0) for part in parts], default=0)
        for _ in range(6):
            if len(set(names)) < least:
                names.append(rng.choice([*declared, *self.names]))
        made = {}
        for name in dict.fromkeys(names):
            under: list[Schema] = []
            for part in parts:
                own = [part["properties"][name]] if name in part.get("properties", {}) else []
                own += [each for pattern, each in part.get("patternProperties", {}).items() if _matches(pattern, name)]
                further = ("additionalProperties", "unevaluatedProperties")
                under += own or [part[key] for key in further if key in part]
            made[name] = self._like(under, root, depth - 1, wild)
        return made

    def _array(self, parts: list[dict[str, Any]], root: Schema, depth: int, wild: float) -> list[Any]:
        rng = self.rng
        low = max([part.get("minItems", 0) for part in parts], default=0)
        high = min([part["maxItems"] for part in parts if "maxItems" in part], default=max(low, _SMALL))
        count = rng.randint(low, max(low, high)) + rng.choice((0, 0, 0, 0, 1, -1))
        contained = [part["contains"] for part in parts if "contains" in part]
        made: list[Any] = []
        for index in range(max(0, count)):
            under = []
            for part in parts:
                prefix = part.get("prefixItems", ())
                further = [part[key] for key in ("items", "unevaluatedItems") if key in part]
                under += [prefix[index]] if index < len(prefix) else further
            if contained and rng.random() < 0.5:
                under.append(rng.choice(contained))
            again = made and rng.random() < 0.15
            made.append(rng.choice(made) if again else self._like(under, root, depth - 1, wild))
        return made


_HINTS = {
    "object": {
        "properties", "required", "additionalProperties", "patternProperties", "propertyNames", "minProperties",
        "maxProperties", "dependentRequired", "dependentSchemas", "unevaluatedProperties",
    },
    "array": {"items", "prefixItems", "contains", "minItems", "maxItems", "uniqueItems", "unevaluatedItems"},
    "string": {"pattern", "minLength", "maxLength", "format"},
    "number": {*_BOUNDS},
}  # fmt: skip

_UNIVERSE = tuple(
    sorted(
        {
            *("".join(letters) for length in range(5) for letters in product("ab1", repeat=length)),
            *("".join(letters) for length in range(4) for letters in product("aB1-x. é", repeat=length)),
            *("".join(letters) for length in range(7) for letters in product("ab", repeat=length)),
            *TEXTS, "abababab", "aaaaaaaa", "12345678", "-1.5", "0.10", "x-", "x-a", "ABCD", "XYZ", "a\n", "\n", "\r",
            "\u2028", "\x00", "\uff11\uff12", "é1", "_", "a b", "ab ab", "𝄞𝄞", "a𝄞", "٣", "\xa0", "\ufeff",
        },
        key=lambda text: (len(text), text),
    )
)  # fmt: skip


@lru_cache(maxsize=1000)
def _matching(pattern: str) -> list[str]:
    """Return texts in which *pattern* matches: short ones, and some of each length."""
    try:
        judge = jsonschema_rs.Draft202012Validator(
            {"pattern": pattern}, pattern_options=jsonschema_rs.FancyRegexOptions()
        )
    except ValueError:
        return []
    found = [text for text in _UNIVERSE if judge.is_valid(text)]
    return found[:25] + found[25 :: max(1, len(found) // 60)]


@lru_cache(maxsize=10_000)
def _matches(pattern: str, name: str) -> bool:
    try:
        return bool(
            jsonschema_rs.Draft202012Validator(
                {"pattern": pattern}, pattern_options=jsonschema_rs.FancyRegexOptions()
            ).is_valid(name)
        )
    except ValueError:
        return False
