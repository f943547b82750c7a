"""The ways in which an extraction goes wrong, one small function each: what models write in place of what was asked.

Each proposes edits; whether one breaks the schema, and breaks it once, is for `check_extraction` to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pageschema import jsontext, pointer
from pageschema.conformance.shape import SUFFIXES, Shape

_LONGEST = 10_000
_MOST_ITEMS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One place of an extraction, and what is declared there."""

    pointer: str
    value: Any
    shape: Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Another value for the place `at`, which breaks the place `pointer`: `at` itself, or a member of it."""

    at: str
    value: Any
    pointer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakage:
    """One way to go wrong: what is proposed where, and the keywords of which one is broken then."""

    name: str
    summary: str
    keywords: frozenset[str]
    edits: Callable[[Spot], Iterator[Edit]]


_Candidates = Callable[[Any, tuple[dict[str, Any], ...]], Iterator[Any]]


def _to(candidates: _Candidates) -> Callable[[Spot], Iterator[Edit]]:
    """Return the edits that put other values, made of the value and its schemas, in the place of a value."""

    def edits(spot: Spot) -> Iterator[Edit]:
        for value in candidates(spot.value, spot.shape.applying):
            # In the extraction's own place a text is read as JSON, and null is none; but it does come in a list.
            if spot.pointer or isinstance(value, list):
                yield Edit(at=spot.pointer, value=value, pointer=spot.pointer)

    return edits


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _limits(schemas: tuple[dict[str, Any], ...], keyword: str) -> Iterator[Any]:
    return (schema[keyword] for schema in schemas if _is_number(schema.get(keyword)))


def _number_as_text(value: Any, _: Any) -> Iterator[Any]:
    if _is_number(value):
        yield jsontext.dumps(value)


def _number_as_printed(value: Any, _: Any) -> Iterator[Any]:
    if _is_number(value):
        yield "12,50"
        yield "1.234,56 €"
        yield "$1,234.56"


def _fraction(value: Any, _: Any) -> Iterator[Any]:
    if _is_number(value):
        yield 12.5


def _no_text(value: Any, _: Any) -> Iterator[Any]:
    if isinstance(value, str):
        yield 0
        yield True


def _boolean_in_words(value: Any, _: Any) -> Iterator[Any]:
    if isinstance(value, bool):
        yield "yes" if value else "no"
        yield jsontext.dumps(value)


def _null(value: Any, _: Any) -> Iterator[Any]:
    if value is not None:
        yield None


def _blank(value: Any, _: Any) -> Iterator[Any]:
    if value is not None and not isinstance(value, str):
        yield ""
        yield "n/a"


def _listed(value: Any, _: Any) -> Iterator[Any]:
    if value is not None and not isinstance(value, list):
        yield [value]


def _unlisted(value: Any, _: Any) -> Iterator[Any]:
    if isinstance(value, list):
        yield value[0] if value else {}
        yield ", ".join(item for item in value if isinstance(item, str))


def _wrapped(value: Any, _: Any) -> Iterator[Any]:
    if value is not None and not isinstance(value, (list, dict)):
        yield {"value": value}


def _outside_enum(value: Any, _: Any) -> Iterator[Any]:
    if isinstance(value, str):
        yield from (value.swapcase(), value.title(), f"{value} ")
        yield "something else"
    elif _is_number(value):
        yield value + 1
        yield 987_654


def _mismatched(value: Any, _: Any) -> Iterator[Any]:
    if isinstance(value, str):
        yield from (f" {value}", f"{value}?", value.swapcase(), value[:-1], "n/a", "12,50 €", "")


def _misformatted(value: Any, _: Any) -> Iterator[Any]:
    if isinstance(value, str):
        yield from ("31.12.2025", "12/31/2025", "2025-02-30", "n/a", "")


def _too_small(value: Any, schemas: Any) -> Iterator[Any]:
    if _is_number(value):
        yield from _limits(schemas, "exclusiveMinimum")
        yield from (limit - 1 for limit in _limits(schemas, "minimum"))


def _too_large(value: Any, schemas: Any) -> Iterator[Any]:
    if _is_number(value):
        yield from _limits(schemas, "exclusiveMaximum")
        yield from (limit + 1 for limit in _limits(schemas, "maximum"))


def _between_steps(value: Any, schemas: Any) -> Iterator[Any]:
    if _is_number(value):
        for step in _limits(schemas, "multipleOf"):
            yield from (value + 1, value + step / 2, step * 1.5, value - 1)


def _too_short(value: Any, schemas: Any) -> Iterator[Any]:
    if isinstance(value, str):
        yield from (value[: int(limit) - 1] for limit in _limits(schemas, "minLength") if limit >= 1)


def _too_long(value: Any, schemas: Any) -> Iterator[Any]:
    if isinstance(value, str):
        for limit in _limits(schemas, "maxLength"):
            if limit <= _LONGEST:
                yield value + (value[-1:] or "x") * (int(limit) + 1 - len(value))


def _too_few(value: Any, schemas: Any) -> Iterator[Any]:
    if isinstance(value, list):
        yield from (value[: int(limit) - 1] for limit in _limits(schemas, "minItems") if limit >= 1)


def _too_many(value: Any, schemas: Any) -> Iterator[Any]:
    if isinstance(value, list) and value:
        for limit in _limits(schemas, "maxItems"):
            if limit <= _MOST_ITEMS:
                yield value + value[-1:] * (int(limit) + 1 - len(value))


def _repeated(value: Any, _: Any) -> Iterator[Any]:
    if isinstance(value, list) and value:
        yield [*value, value[0]]


def _missing(spot: Spot) -> Iterator[Edit]:
    for name in _fields(spot):
        rest = {other: member for other, member in spot.value.items() if other != name}
        yield Edit(at=spot.pointer, value=rest, pointer=pointer.join(spot.pointer, name))


def _renamed(spot: Spot) -> Iterator[Edit]:
    for name in _fields(spot):
        first, *words = name.split("_")
        other = first + "".join(map(str.title, words)) if words else name.title()
        if other not in spot.value and other not in spot.shape.names:
            members = {other if each == name else each: member for each, member in spot.value.items()}
            yield Edit(at=spot.pointer, value=members, pointer=pointer.join(spot.pointer, name))


def _undeclared(spot: Spot) -> Iterator[Edit]:
    if isinstance(spot.value, dict):
        for name in ("confidence", "not declared"):
            if name not in spot.value:
                yield Edit(at=spot.pointer, value=spot.value | {name: "high"}, pointer=pointer.join(spot.pointer, name))


def _doubly_encoded(spot: Spot) -> Iterator[Edit]:
    if spot.pointer == "":
        yield Edit(at="", value=jsontext.dumps(jsontext.dumps(spot.value)), pointer="")


_BAD_SIBLINGS: dict[str, tuple[Any, ...]] = {
    "_citations": ("/page/0/Text/3", [7]),
    "_meta": ("EXTRACTED", ["EXTRACTED"]),
    "_score": (4, {"reasoning": "It stands there."}, {"score": "4"}, {"score": 4.5}, {"score": 9}, {"score": 0}),
}


def _malformed_sibling(spot: Spot) -> Iterator[Edit]:
    for name in spot.value if isinstance(spot.value, dict) else ():
        if spot.shape.is_sibling(name):
            where = pointer.join(spot.pointer, name)
            suffix = next(each for each in SUFFIXES if name.endswith(each))
            yield from (Edit(at=where, value=value, pointer=where) for value in _BAD_SIBLINGS[suffix])


def _fields(spot: Spot) -> list[str]:
    return [name for name in spot.value if name in spot.shape.names] if isinstance(spot.value, dict) else []


def _breakage(name: str, summary: str, edits: Callable[[Spot], Iterator[Edit]], *keywords: str) -> Breakage:
    return Breakage(name=name, summary=summary, edits=edits, keywords=frozenset(keywords))


BREAKAGES = (
    _breakage("null", "null for what must be there", _to(_null), "type"),
    _breakage("blank", "an empty text or n/a in the place of something else", _to(_blank), "type"),
    _breakage("number-as-text", "a number in quotes", _to(_number_as_text), "type"),
    _breakage(
        "number-as-printed",
        "a number as it stands on the page: decimal comma, currency",
        _to(_number_as_printed),
        "type",
    ),
    _breakage("fraction", "a fraction for a whole number", _to(_fraction), "type"),
    _breakage("no-text", "a number or a boolean for a text", _to(_no_text), "type"),
    _breakage("boolean-in-words", "a boolean as a word", _to(_boolean_in_words), "type"),
    _breakage("listed", "a list of one in the place of the value", _to(_listed), "type"),
    _breakage("unlisted", "one item, or a text with commas, in the place of a list", _to(_unlisted), "type"),
    _breakage("wrapped", "an object around the value", _to(_wrapped), "type"),
    _breakage("missing", "a required property left out", _missing, "required"),
    _breakage("renamed", "a required property under another spelling of its name", _renamed, "required"),
    _breakage(
        "undeclared",
        "a property too many in a closed object",
        _undeclared,
        "additionalProperties",
        "unevaluatedProperties",
    ),
    _breakage(
        "outside-enum", "a value that is not listed, or one in other letters", _to(_outside_enum), "enum", "const"
    ),
    _breakage("pattern", "a text that does not match", _to(_mismatched), "pattern"),
    _breakage("format", "a date or another text that is not in its format", _to(_misformatted), "format"),
    _breakage("too-small", "a number below its minimum", _to(_too_small), "minimum", "exclusiveMinimum"),
    _breakage("too-large", "a number above its maximum", _to(_too_large), "maximum", "exclusiveMaximum"),
    _breakage("between-steps", "a number that is no multiple", _to(_between_steps), "multipleOf"),
    _breakage("too-short", "a text below its least length", _to(_too_short), "minLength"),
    _breakage("too-long", "a text beyond its greatest length", _to(_too_long), "maxLength"),
    _breakage("too-few", "too few items", _to(_too_few), "minItems"),
    _breakage("too-many", "too many items", _to(_too_many), "maxItems"),
    _breakage("repeated", "an item twice", _to(_repeated), "uniqueItems"),
    _breakage(
        "malformed-sibling",
        "a key of the API beside a field, in another shape",
        _malformed_sibling,
        "type",
        "required",
        "minimum",
        "maximum",
    ),
    _breakage(
        "doubly-encoded",
        "the whole extraction as a text that holds JSON, once more encoded",
        _doubly_encoded,
        "encoding",
    ),
)
"""Every way to go wrong, the plainest first: a failure shrinks to it."""
