"""Scalars that look as if they stood in a document: chosen by format, by name, then by description."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any, TypeGuard

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+|[^\W\d_a-zA-Z]+")

_TEXTS: tuple[tuple[frozenset[str], tuple[str, ...]], ...] = tuple(
    (frozenset(words.split()), values)
    for words, values in (
        ("date day due issued birthday born dob", ("2025-03-14", "2025-03-28")),
        ("email mail", ("office@example.com", "billing@example.com")),
        ("phone telephone mobile fax", ("+49 341 5550100", "+49 341 5550101")),
        ("url website link homepage", ("https://example.com/", "https://example.com/about")),
        ("currency", ("EUR", "USD")),
        ("country nation nationality", ("Germany", "France")),
        ("city town", ("Leipzig", "Lyon")),
        ("postcode postal zip", ("04109", "69002")),
        ("street address", ("Marktplatz 1, 04109 Leipzig", "Rue de la Paix 7, 69002 Lyon")),
        ("iban account", ("DE89370400440532013000", "FR7630006000011234567890189")),
        ("vat tax", ("DE123456789", "FR12345678901")),
        ("unit", ("pcs", "kg")),
        ("company vendor supplier seller employer bank insurer organisation organization issuer lab laboratory",
         ("Muster GmbH", "Exemple SARL")),
        ("number id reference ref code sku no identifier", ("2025-0042", "2025-0043")),
        ("name customer buyer patient person author holder party", ("Erika Mustermann", "Jean Dupont")),
        ("title position role degree", ("Senior Engineer", "Project Manager")),
        ("description summary note notes comment text details reason",
         ("Delivery as agreed.", "To be paid within 30 days.")),
    )
)  # fmt: skip
_NUMBERS: tuple[tuple[frozenset[str], tuple[float, ...]], ...] = tuple(
    (frozenset(words.split()), values)
    for words, values in (
        ("total amount price subtotal sum cost balance value salary premium net gross fee", (1240.5, 310.25)),
        ("rate percent percentage", (19, 7)),
        ("quantity qty count units", (3, 12)),
        ("year", (2025, 2024)),
        ("month day", (3, 4)),
        ("page line position", (1, 2)),
        ("age", (42, 37)),
    )
)
_FORMATS: dict[str, tuple[str, ...]] = {
    "date": ("2025-03-14", "2025-03-28"),
    "date-time": ("2025-03-14T09:30:00Z", "2025-03-28T16:05:00Z"),
    "time": ("09:30:00Z", "16:05:00Z"),
    "duration": ("P30D", "P14D"),
    "email": ("office@example.com", "billing@example.com"),
    "idn-email": ("office@example.com", "billing@example.com"),
    "hostname": ("example.com", "www.example.com"),
    "idn-hostname": ("example.com", "www.example.com"),
    "ipv4": ("192.0.2.1", "192.0.2.2"),
    "ipv6": ("2001:db8::1", "2001:db8::2"),
    "uri": ("https://example.com/", "https://example.com/about"),
    "iri": ("https://example.com/", "https://example.com/about"),
    "uri-reference": ("/documents/1", "/documents/2"),
    "iri-reference": ("/documents/1", "/documents/2"),
    "uuid": ("3f2b8c1e-5d47-4a9b-8c33-1f0e6a7d2b10", "3f2b8c1e-5d47-4a9b-8c33-1f0e6a7d2b11"),
    "json-pointer": ("/a", "/b"),
    "relative-json-pointer": ("0", "1"),
    "uri-template": ("/documents/{id}", "/files/{id}"),
    "regex": ("^a+$", "^b+$"),
}


def text(schema: dict[str, Any], *, name: str, index: int) -> str:
    """Return a text for the field *name*, as long as its schema wants it; patterns are not looked at."""
    given = schema.get("format")
    if isinstance(given, str) and given in _FORMATS:
        return _FORMATS[given][index % 2]
    chosen = _by_words(_TEXTS, name, schema)
    shown = chosen[index % 2] if chosen else f"Sample {index + 1}"
    if index > 1:
        shown = f"{shown} {index + 1}"
    shortest, longest = schema.get("minLength"), schema.get("maxLength")
    if isinstance(longest, (int, float)) and len(shown) > longest:
        shown = shown[: max(0, int(longest))]
        shown = shown[:-1] + str(index % 10) if shown and index else shown
    if isinstance(shortest, (int, float)) and len(shown) < shortest <= 10_000:
        shown = shown.ljust(math.ceil(shortest), ".")
    return shown


def number(schema: dict[str, Any], *, name: str, index: int, whole: bool) -> int | float | None:
    """Return a number for the field *name* within the bounds of its schema, or None where none comes to mind."""
    try:
        return next((n for n in _candidates(schema, name=name, index=index, whole=whole) if _within(n, schema)), None)
    except OverflowError:  # A bound or a step past what a double holds.
        return None


def _candidates(schema: dict[str, Any], *, name: str, index: int, whole: bool) -> Iterator[int | float]:
    chosen = _by_words(_NUMBERS, name, schema) or ((7, 8) if whole else (12.5, 8.75))
    yield from _rounded(chosen[index % 2] + index // 2, schema, whole=whole)
    bounds = {keyword: schema[keyword] for keyword in _BOUNDS if _is_number(schema.get(keyword))}
    for keyword, bound in bounds.items():
        near = (bound + index, bound + index + 1) if keyword in _LOW else (bound - index, bound - index - 1)
        for candidate in near:
            yield from _rounded(candidate, schema, whole=whole)
    if bounds:
        yield from _rounded((min(bounds.values()) + max(bounds.values())) / 2, schema, whole=whole)
    yield 0


def _rounded(candidate: float, schema: dict[str, Any], *, whole: bool) -> Iterator[int | float]:
    """Yield *candidate*, or where it must be whole or a multiple, the nearest such numbers above and below."""
    step = schema.get("multipleOf")
    for towards in (math.ceil, math.floor):
        if _is_number(step) and step > 0:
            multiple = round(towards(candidate / step) * step, 10)  # 3 * 0.1 is no multiple of 0.1.
            yield int(multiple) if whole else multiple
        else:
            yield towards(candidate) if whole else candidate


_LOW = ("minimum", "exclusiveMinimum")
_BOUNDS = (*_LOW, "maximum", "exclusiveMaximum")


def _is_number(value: Any) -> TypeGuard[int | float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _within(value: float, schema: dict[str, Any]) -> bool:
    def bound(keyword: str, default: float) -> float:
        given = schema.get(keyword)
        return given if _is_number(given) else default

    return (
        bound("minimum", -math.inf) <= value <= bound("maximum", math.inf)
        and bound("exclusiveMinimum", -math.inf) < value < bound("exclusiveMaximum", math.inf)
    )  # fmt: skip


def _by_words(
    table: tuple[tuple[frozenset[str], tuple[Any, ...]], ...], name: str, schema: dict[str, Any]
) -> tuple[Any, ...] | None:
    """Return the values for the last word of *name* that the table knows, else for a word of the description."""
    words = [word.lower() for word in _WORD.findall(name)]
    for word in reversed(words):
        for known, values in table:
            if word in known:
                return values
    description = schema.get("description")
    described = {word.lower() for word in _WORD.findall(description[:200])} if isinstance(description, str) else set()
    return next((values for known, values in table if known & described), None)
