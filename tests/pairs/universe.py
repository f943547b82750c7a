"""Arrays and objects over so few values that each of them can be tried: a yes is then checked, not sampled."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from itertools import combinations, product
from random import Random
from typing import Any

from pageschema.schema import Judge
from pageschema.solver import Instance, NoInstance, subtract

from .laws import Breach
from .schemas import Schema

ITEMS: tuple[Any, ...] = (None, True, 0, 1, "a", "ab", [], {})
NAMES = ("a", "b", "ab", "c")
MEMBERS: tuple[Any, ...] = (None, 0, 1, "a", [0], {"a": 0})
LEAVES: tuple[Schema, ...] = (
    True, False, {"type": "integer"}, {"type": "string"}, {"const": 0}, {"const": "a"}, {"enum": [0, "a"]},
    {"enum": [0, 1]}, {"minimum": 1}, {"type": ["null", "boolean"]}, {"not": {"const": 0}}, {"pattern": "^a"},
    {"type": "array"}, {"type": "object"}, {"maxLength": 0}, {"minItems": 1}, {"required": ["a"]},
    {"not": {"type": "integer"}},
)  # fmt: skip
KEYS: tuple[Schema, ...] = (
    {"maxLength": 1}, {"enum": ["a", "b"]}, {"pattern": "^a"}, {"not": {"const": "a"}}, {"minLength": 2}, False,
)  # fmt: skip
PATTERNS = ("^a", "b$", ".", "^[ab]$", "c|^$", "^a$")


def _values() -> Iterator[Any]:
    yield from (*ITEMS, 1.5, "b", "aa")
    for count in range(1, 4):
        yield from map(list, product(ITEMS, repeat=count))
    yield from map(list, product((0, 1, "a", True), repeat=4))
    for count in range(1, 5):
        members = MEMBERS if count < 4 else MEMBERS[1:4]
        for names in combinations(NAMES, count):
            yield from (dict(zip(names, values, strict=True)) for values in product(members, repeat=count))


VALUES = tuple(_values())


def pair(rng: Random) -> tuple[Schema, Schema]:
    """Return two schemas for arrays, or two for objects, which often are one with a keyword changed."""
    make = rng.choice((_array, _object))
    old = _schema(rng, make)
    if rng.random() < 0.4:
        return old, _schema(rng, make)
    new, other = copy.deepcopy(old), make(rng)
    keyword = rng.choice([*other, *new])
    if keyword in other:
        new[keyword] = other[keyword]
    else:
        del new[keyword]
    return old, new


def breaches(old: Schema, new: Schema) -> Iterator[Breach]:
    """Hold both differences to every value."""
    judges = Judge(old, formats=False), Judge(new, formats=False)
    taken = [[judge.accepts(value) for value in VALUES] for judge in judges]
    for one, other, here, there in ((old, new, *taken), (new, old, *reversed(taken))):
        answer = subtract(one, other, formats=False)
        if isinstance(answer, NoInstance):
            for value, inside, outside in zip(VALUES, here, there, strict=True):
                if inside and not outside:
                    yield Breach(law="yes", old=one, new=other, content="open", way="backward", value=value)
                    break
        elif isinstance(answer, Instance) and not _shows(one, other, answer.value):
            yield Breach(law="witness", old=one, new=other, content="open", way="backward", value=answer.value)


def _shows(one: Schema, other: Schema, value: Any) -> bool:
    return Judge(one, formats=False).accepts(value) and not Judge(other, formats=False).accepts(value)


def _schema(rng: Random, make: Callable[[Random], dict[str, Any]]) -> dict[str, Any]:
    whole, kind = make(rng), rng.random()
    further = rng.choice(("unevaluatedItems", "unevaluatedProperties"))
    wide = {further: rng.choice(LEAVES)} if rng.random() < 0.4 else {}
    if kind < 0.1:
        return {"not": whole}
    if kind < 0.2:
        return {**whole, "not": make(rng)}
    if kind < 0.46:
        return {rng.choice(("anyOf", "oneOf", "allOf")): [whole, make(rng)], **wide}
    if kind < 0.52:
        return {"if": whole, "then": make(rng), "else": make(rng)}
    return whole


def _array(rng: Random) -> dict[str, Any]:
    draws: list[tuple[float, str, Callable[[], Any]]] = [
        (0.4, "items", lambda: rng.choice(LEAVES)),
        (0.45, "prefixItems", lambda: [rng.choice(LEAVES) for _ in range(rng.choice((1, 2)))]),
        (0.3, "minItems", lambda: rng.randint(0, 3)),
        (0.3, "maxItems", lambda: rng.randint(0, 4)),
        (0.3, "uniqueItems", lambda: True),
        (0.5, "contains", lambda: rng.choice(LEAVES)),
        (0.2, "minContains", lambda: rng.randint(0, 3)),
        (0.2, "maxContains", lambda: rng.randint(0, 2)),
        (0.2, "unevaluatedItems", lambda: rng.choice(LEAVES)),
    ]
    return {"type": "array", **{keyword: make() for chance, keyword, make in draws if rng.random() < chance}}


def _object(rng: Random) -> dict[str, Any]:
    dependent: list[Callable[[], Schema]] = [
        lambda: {"required": ["b"]},
        lambda: {"maxProperties": 1},
        lambda: {"properties": {"b": rng.choice(LEAVES)}},
        lambda: False,
    ]
    draws: list[tuple[float, str, Callable[[], Any]]] = [
        (0.6, "properties", lambda: {name: rng.choice(LEAVES) for name in rng.sample(NAMES, rng.choice((1, 2)))}),
        (0.35, "required", lambda: rng.sample(NAMES, rng.choice((1, 2)))),
        (0.35, "additionalProperties", lambda: rng.choice(LEAVES)),
        (0.35, "patternProperties", lambda: {each: rng.choice(LEAVES) for each in rng.sample(PATTERNS, 2)}),
        (0.25, "propertyNames", lambda: rng.choice(KEYS)),
        (0.25, "minProperties", lambda: rng.randint(0, 4)),
        (0.25, "maxProperties", lambda: rng.randint(0, 3)),
        (0.2, "dependentRequired", lambda: {rng.choice(NAMES): [rng.choice(NAMES)]}),
        (0.15, "dependentSchemas", lambda: {rng.choice(NAMES): rng.choice(dependent)()}),
        (0.15, "unevaluatedProperties", lambda: rng.choice(LEAVES)),
    ]
    return {"type": "object", **{keyword: make() for chance, keyword, make in draws if rng.random() < chance}}
