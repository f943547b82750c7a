"""Random JSON Schemas of every keyword, in ranges so small that keywords clash, meet and cover one another.

Everything here draws from a `random.Random`, so that one generator serves both: seeded, thousands a second; and drawn
by Hypothesis, which then shrinks what it finds.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from hypothesis import strategies as st

from pageschema.errors import InvalidSchema
from pageschema.schema import Judge

NAMES = ("a", "b", "c", "ab", "x-1")
DEFINITIONS = ("N", "M")
TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")
PATTERNS = (
    "^a", "b$", "a", "^a+$", "^[ab]*$", ".", "^$", "^.$", "^a?b?$", "^(a|b)$", "a|b", "^(ab|ba)+$", "^[^a]*$", "^x-",
    r"^\d+$", "^[0-9]+$", r"^\d{2,3}$", "^[0-9]{2}$", "^[a-z]{1,3}$", "^[A-Z]{3}$", r"^\w+$", r"\s", "^(?!a)",
    "^(?=.*b)", r"^-?[0-9]+(\.[0-9]+)?$", "^aa|bb$", "^.*$", "", "a{2,}", "^(?:aa)*$", "^a*?$", r"^\S+$", r"\D",
    r"^\W*$", "$a", "a^", r"\.", "^[a-]$", "^[^b]$", r"\bab\b", r"^\p{L}+$", r"^(a)\1$", "^a$|^b$", "^(?!.*b)a",
    "(?<=a)b", r"^[\d-]+$", r"^\u0061$", "^(|a)$", "^(a*)*$", "^[ab]{0,2}$", "^..$", "^.{2,3}$",
)  # fmt: skip
ATOMS = ("a", "b", "1", ".", r"\d", r"\w", r"\S", r"\W", "[ab]", "[^a]", "[a-c]", r"[\d-]", r"[^\s]", "é", r"\n", "𝄞")
TIMES = ("", "", "", "", "?", "*", "+", "{2}", "{1,2}", "{2,}", "*?", "{0}")
FORMATS = ("date", "email", "uuid", "ipv4", "unheard-of")
NUMBERS = (
    0,
    1,
    -1,
    2,
    3,
    4,
    5,
    6,
    10,
    0.5,
    1.5,
    2.5,
    0.1,
    1.0,
    2.0,
    -0.5,
    0.3,
    1e-7,
    2**53,
    2**53 + 1,
    -(2**63),
    10**20,
    1e20,
)
STEPS = (1, 2, 3, 4, 6, 0.5, 1.5, 0.1, 0.3, 0.01, 1e-7, 1.0, 2**53)
TEXTS = ("", "a", "b", "c", "ab", "ba", "aa", "aab", "x-1", "1", "12", "123", "ABC", "é", "𝄞", " ", "2020-01-01")
SCALARS: tuple[Any, ...] = (None, True, False, *NUMBERS, *TEXTS)
NESTED: tuple[Any, ...] = (
    [], {}, [1], [1.0], [True], [0, False], ["a"], [[]], {"a": 1}, {"a": 1.0}, {"a": True}, {"b": None},
    {"a": {"b": [1]}},    {"a": "a", "b": "b"}, [1, 2], [1, 1],
)  # fmt: skip
NOTES = {"title": "T", "description": "words", "default": 1, "examples": ["a"], "deprecated": True, "$comment": "c"}

Schema = Any


def schema(rng: Random, *, size: int = 10) -> Schema:
    """Return a schema of some *size* subschemas, valid and with no reference that leads nowhere or in a circle."""
    maker = _Maker(rng, size)
    defined = [name for name in DEFINITIONS if rng.random() < 0.25]
    maker.defined = tuple(defined)
    root = maker.schema(depth=3, in_place=False)
    if not defined:
        return root
    definitions = {name: maker.schema(depth=2, in_place=True) for name in defined}
    if not isinstance(root, dict) or rng.random() < 0.3:
        root = {"$ref": f"#/$defs/{rng.choice(defined)}"}
    return {**root, "$defs": definitions}


def schemas(*, size: int = 8) -> st.SearchStrategy[Schema]:
    """Return the same as a strategy."""
    return st.randoms(use_true_random=False).map(lambda rng: schema(rng, size=size))


def pattern(rng: Random) -> str:
    """Return a regular expression: mostly one that people write, else one that a grammar does."""
    if rng.random() < 0.75:
        return rng.choice(PATTERNS)
    start, end = rng.choice(("", "^")), rng.choice(("", "$"))
    made = start + "|".join(_sequence(rng, 2) for _ in range(rng.choice((1, 1, 1, 2)))) + end
    try:
        Judge({"pattern": made})
    except InvalidSchema:
        return rng.choice(PATTERNS)
    return made


def _sequence(rng: Random, depth: int) -> str:
    return "".join(_term(rng, depth) for _ in range(rng.choice((0, 1, 1, 2, 2, 3))))


def _term(rng: Random, depth: int) -> str:
    kind = rng.random()
    if kind < 0.1:
        return rng.choice(("^", "$", r"\b", r"\B"))
    if kind < 0.14 and depth:
        return rng.choice(("(?=", "(?!", "(?<=", "(?<!")) + _sequence(rng, depth - 1) + ")"
    if kind < 0.3 and depth:
        branches = "|".join(_sequence(rng, depth - 1) for _ in range(rng.choice((1, 2, 2, 3))))
        return f"({rng.choice(('', '?:'))}{branches}){rng.choice(TIMES)}"
    return rng.choice(ATOMS) + rng.choice(TIMES)


def value(rng: Random) -> Any:
    """Return a JSON value as schemas mention them."""
    return rng.choice(NESTED) if rng.random() < 0.2 else rng.choice(SCALARS)


def subschema(rng: Random, *, defined: tuple[str, ...] = (), size: int = 4) -> Schema:
    """Return a schema to be put below another one that has the definitions named."""
    maker = _Maker(rng, size)
    maker.defined = defined
    return maker.schema(depth=2, in_place=True)


class _Maker:
    """Draws schemas until some number of them is spent."""

    def __init__(self, rng: Random, left: int) -> None:
        self.rng = rng
        self.left = left
        self.defined: tuple[str, ...] = ()

    def schema(self, depth: int, *, in_place: bool) -> Schema:
        """Return a schema.

        Args:
            depth: Levels below it.
            in_place: Whether it may apply to the same value as the root or a definition, so that a reference from here
                could lead in a circle.
        """
        self.left -= 1
        rng = self.rng
        kind = rng.random()
        if kind < 0.05:
            return rng.random() < 0.6
        if kind < 0.14 and self.defined and not in_place:
            return {"$ref": rng.choice([f"#/$defs/{name}" for name in self.defined])}
        if depth <= 0 or self.left <= 0 or kind < 0.4:
            made = self._scalar()
        elif kind < 0.62:
            made = self._object(depth - 1)
        elif kind < 0.76:
            made = self._array(depth - 1)
        elif kind < 0.94:
            made = self._combination(depth - 1, in_place=in_place)
        else:
            made = {**self._object(depth - 1), **self._array(depth - 1), **self._scalar()}
            made.pop("type", None)
        if rng.random() < 0.05:
            key = rng.choice(list(NOTES))
            made[key] = NOTES[key]
        return made

    def _below(self, depth: int) -> Schema:
        """Return a schema for a member or an item: it may lead back to the root."""
        if self.rng.random() < 0.03:
            return {"$ref": "#"}
        return self.schema(depth, in_place=False)

    def _scalar(self) -> dict[str, Any]:
        rng = self.rng
        kind = rng.random()
        if kind < 0.15:
            return {"type": rng.choice(TYPES)}
        if kind < 0.25:
            return {"type": rng.sample(TYPES, rng.choice((1, 2, 2, 3)))}
        if kind < 0.38:
            return {"enum": _distinct([value(rng) for _ in range(rng.choice((1, 2, 3)))])}
        if kind < 0.48:
            return {"const": value(rng)}
        made = self._number() if kind < 0.72 else self._string()
        if rng.random() < 0.1:
            made["enum"] = _distinct([value(rng) for _ in range(3)])
        return made

    def _number(self) -> dict[str, Any]:
        rng = self.rng
        made: dict[str, Any] = self._maybe("type", lambda: rng.choice(("integer", "number")), 0.85)
        for keyword in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
            made |= self._maybe(keyword, lambda: rng.choice(NUMBERS), 0.3)
        return made | self._maybe("multipleOf", lambda: rng.choice(STEPS), 0.3)

    def _string(self) -> dict[str, Any]:
        rng = self.rng
        made: dict[str, Any] = self._maybe("type", lambda: "string", 0.85)
        made |= self._maybe("minLength", lambda: rng.randint(0, 3), 0.3)
        made |= self._maybe("maxLength", lambda: rng.randint(0, 4), 0.3)
        made |= self._maybe("pattern", lambda: pattern(rng), 0.45)
        return made | self._maybe("format", lambda: rng.choice(FORMATS), 0.05)

    def _object(self, depth: int) -> dict[str, Any]:
        rng = self.rng
        names = rng.sample(NAMES, rng.choice((0, 1, 1, 2, 2, 3)))
        made: dict[str, Any] = self._maybe("type", lambda: "object", 0.85)
        if names:
            made["properties"] = {name: self._below(depth) for name in names}
        made |= self._maybe("required", lambda: rng.sample(NAMES, rng.choice((1, 1, 2))), 0.3)
        made |= self._maybe("additionalProperties", lambda: rng.random() < 0.2 or self._below(depth), 0.15)
        made |= self._maybe("additionalProperties", lambda: False, 0.15)
        made |= self._maybe("patternProperties", lambda: {pattern(rng): self._below(depth)}, 0.12)
        made |= self._maybe("propertyNames", self._names, 0.1)
        made |= self._maybe("minProperties", lambda: rng.randint(0, 3), 0.1)
        made |= self._maybe("maxProperties", lambda: rng.randint(0, 3), 0.1)
        made |= self._maybe("dependentRequired", lambda: {rng.choice(NAMES): [rng.choice(NAMES)]}, 0.07)
        made |= self._maybe("dependentSchemas", lambda: {rng.choice(NAMES): self.schema(depth, in_place=True)}, 0.05)
        return made | self._maybe("unevaluatedProperties", lambda: rng.random() < 0.3 and self._below(depth), 0.06)

    def _array(self, depth: int) -> dict[str, Any]:
        rng = self.rng
        made: dict[str, Any] = self._maybe("type", lambda: "array", 0.85)
        made |= self._maybe("items", lambda: self._below(depth), 0.55)
        made |= self._maybe("prefixItems", lambda: [self._below(depth) for _ in range(rng.choice((1, 2)))], 0.25)
        made |= self._maybe("minItems", lambda: rng.randint(0, 3), 0.25)
        made |= self._maybe("maxItems", lambda: rng.randint(0, 3), 0.25)
        made |= self._maybe("uniqueItems", lambda: rng.random() < 0.9, 0.15)
        if rng.random() < 0.2:
            made["contains"] = self._below(depth)
            made |= self._maybe("minContains", lambda: rng.randint(0, 2), 0.3)
            made |= self._maybe("maxContains", lambda: rng.randint(0, 2), 0.3)
        return made | self._maybe("unevaluatedItems", lambda: rng.random() < 0.3 and self._below(depth), 0.06)

    def _combination(self, depth: int, *, in_place: bool) -> dict[str, Any]:
        rng = self.rng

        def part() -> Schema:
            return self.schema(depth, in_place=in_place)

        kind = rng.choice(("allOf", "anyOf", "anyOf", "oneOf", "not", "if", "beside"))
        if kind == "not":
            return {"not": part()}
        if kind == "if":
            made = {"if": part()} | self._maybe("then", part, 0.8)
            return made | self._maybe("else", part, 0.5)
        if kind == "beside":  # A combination and keywords beside it.
            inner = self._combination(depth, in_place=in_place) if depth > 0 and self.left > 0 else {"not": part()}
            return {**self._object(depth), **inner}
        return {kind: [part() for _ in range(rng.choice((1, 2, 2, 3)))]}

    def _names(self) -> Schema:
        rng = self.rng
        options: tuple[Callable[[], Any], ...] = (
            lambda: {"enum": rng.sample(NAMES, 2)},
            lambda: {"maxLength": rng.randint(0, 2)},
            lambda: {"pattern": pattern(rng)},
            lambda: {"not": {"const": rng.choice(NAMES)}},
            lambda: rng.random() < 0.3,
        )
        return rng.choice(options)()

    def _maybe(self, keyword: str, make: Callable[[], Any], chance: float) -> dict[str, Any]:
        return {keyword: make()} if self.rng.random() < chance else {}


def _distinct(values: list[Any]) -> list[Any]:
    """Return *values* without repetitions as JSON sees them; 1 and 1.0 are the same, 1 and true are not."""
    kept: list[Any] = []
    for each in values:
        if not any(same(each, other) for other in kept):
            kept.append(each)
    return kept


def same(one: Any, other: Any) -> bool:
    """Return whether two JSON values are equal, for which true is no 1."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return bool(one == other)
