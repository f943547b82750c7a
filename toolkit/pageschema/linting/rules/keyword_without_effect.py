"""PS211 keyword-without-effect."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pageschema import pointer
from pageschema.finding import Severity
from pageschema.linting.kinds import EVERY, kind_of_value, kinds_at, kinds_of_type, said
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.vocabulary import FORMATS, STRING_FORMATS, TYPE_OF
from pageschema.linting.wording import field, quoted
from pageschema.schema import Place

_STRING_FORMATS = tuple(STRING_FORMATS)  # asked for values of any type, lists among them
_FOLDED_FORMATS = {name.replace("-", ""): name for name in STRING_FORMATS} | {
    "timestamp": "date-time",
    "url": "uri",
    "mail": "email",
    "emailaddress": "email",
    "guid": "uuid",
    "isodate": "date",
    "iso8601": "date-time",
}
_PARTNERS: dict[str, tuple[str, ...]] = {
    "then": ("if",),
    "else": ("if",),
    "if": ("then", "else"),
    "minContains": ("contains",),
    "maxContains": ("contains",),
    "contentSchema": ("contentMediaType",),
}
"""Keywords that do something only beside another one."""


def _find(subject: Subject) -> Iterator[Flaw]:
    for place in subject.holding(*_PARTNERS):
        yield from _alone(place)
    for place in subject.holding(*TYPE_OF, "format"):
        yield from _of_another_type(subject, place)
    for place in subject.holding("format"):
        yield from _of_no_type(place, in_model=subject.model_schema is not None)
    for place in subject.holding("enum"):
        yield from _never_listed(place)


def _of_another_type(subject: Subject, place: Place) -> Iterator[Flaw]:
    """Yield one flaw for the keywords of each type that no value here has."""
    own = kinds_of_type(place.schema["type"]) if "type" in place.schema else frozenset()
    named: dict[str, list[str]] = {}
    for keyword, value in place.schema.items():
        name = "string" if keyword == "format" and value in _STRING_FORMATS else TYPE_OF.get(keyword)
        if name is not None and name not in own:
            named.setdefault(name, []).append(keyword)
    if not named:
        return
    kinds = kinds_at(subject, place)
    if not kinds or kinds == EVERY:
        return
    for name, keywords in named.items():
        if name in kinds or (name == "number" and "integer" in kinds) or _is_said_elsewhere(place, name, keywords):
            continue
        shown = " and ".join(quoted(keyword) for keyword in keywords[:3])
        verbs = ("are", "do") if len(keywords) > 1 else ("is", "does")
        yield Flaw(
            pointer=pointer.join(place.pointer, keywords[0]),
            message=f"{shown} {verbs[0]} about {name}s, and {verbs[1]} nothing: {field(place)} is {said(kinds)}",
            remedy=f"drop {'them' if len(keywords) > 1 else 'it'}, or let the type be {name}",
        )


def _is_said_elsewhere(place: Place, name: str, keywords: list[str]) -> bool:
    """Whether the effect is not the point: of a value that is refused, of a root or of items that want an object."""
    if keywords == ["required"] and not isinstance(place.schema["required"], list):
        return True
    if name != "object" or "properties" not in keywords:
        return False
    return not place.pointer or (place.schema.get("type") == "array" and "items" not in place.schema)


def _of_no_type(place: Place, *, in_model: bool) -> Iterator[Flaw]:
    """Yield a flaw for a format that nobody has heard of; in a model, a type may bring its own."""
    name = place.schema.get("format")
    if not isinstance(name, str) or name in FORMATS or name.startswith("x-"):
        return
    meant = _meant_format(name)
    if meant or not in_model:
        yield Flaw(
            pointer=pointer.join(place.pointer, "format"),
            message=f"format {quoted(name)} of {field(place)} is none that is known, and does nothing",
            remedy=f"did you mean {quoted(meant)}?" if meant else "say in the description how it is written",
        )


def _meant_format(name: str) -> str | None:
    plain = re.sub(r"[\W_]", "", name).casefold()
    if re.fullmatch(r"[ymd]{4,10}", plain) and {*plain} >= {"y", "m"}:
        return "date"
    return _FOLDED_FORMATS.get(plain)


def _alone(place: Place) -> Iterator[Flaw]:
    for keyword, partners in _PARTNERS.items():
        if keyword in place.schema and not any(partner in place.schema for partner in partners):
            others = " or ".join(quoted(partner) for partner in partners)
            yield Flaw(
                pointer=pointer.join(place.pointer, keyword),
                message=f"{quoted(keyword)} does nothing without {others}",
                remedy=f"add {others}, or drop {quoted(keyword)}",
            )


def _never_listed(place: Place) -> Iterator[Flaw]:
    """Yield a flaw where null is among the types, but not among the values."""
    types, values = place.schema.get("type"), place.schema.get("enum")
    if not isinstance(types, list) or not isinstance(values, list) or "null" not in types or not values:
        return
    kinds: set[Any] = {kind_of_value(value) for value in values}
    if "null" not in kinds:
        yield Flaw(
            pointer=pointer.join(place.pointer, "type", types.index("null")),
            message=f"'null' in 'type' does nothing: 'enum' of {field(place)} does not list null",
            remedy="add null to 'enum', without quotes, or drop it from 'type'",
        )


KEYWORD_WITHOUT_EFFECT = LintRule(
    code="PS211",
    name="keyword-without-effect",
    severity=Severity.WARNING,
    summary="a keyword that can do nothing: about another type, without its partner, a `format` that is not known",
    why=(
        "`minLength` on a number, `items` on a string, `then` without `if` are valid JSON Schema and constrain "
        "nothing. Either the constraint that you count on is not there, or the type is another than you meant. Null in "
        "`type` beside an `enum` that does not list it does nothing either: it stays forbidden."
    ),
    source=(
        "JSON Schema 2020-12 validation, section 6: an assertion applies to values of its type and ignores others; "
        "core, sections 10.2.2 and 10.3.1. sourcemeta/jsonschema, rule non_applicable_type_specific_keywords."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "description": "The amount due", "minLength": 1},
    "currency": {"type": ["string", "null"], "description": "As in ISO 4217", "enum": ["EUR", "USD"]}
  }
}
""",
    flagged=("/properties/total/minLength", "/properties/currency/type/1"),
    good="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "description": "The amount due", "minimum": 1},
    "currency": {"type": ["string", "null"], "description": "As in ISO 4217", "enum": ["EUR", "USD", null]}
  }
}
""",
    find=_find,
    silences=("enum-without-escape",),
)
