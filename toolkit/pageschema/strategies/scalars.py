"""Strategies of numbers, of texts, and of any JSON value at all."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from typing import Any

from hypothesis import strategies as st
from jsonschema_rs import canonical as views

from pageschema.strategies.patterns import Matching, matching, text
from pageschema.strategies.seldom import with_seldom

BOOLEANS = st.booleans()
REALS = st.floats(allow_nan=False, allow_infinity=False)
NUMBERS = st.integers() | REALS
SCALARS = st.none() | BOOLEANS | NUMBERS | st.text()
ANYTHING = SCALARS | st.lists(SCALARS, max_size=3) | st.dictionaries(st.text(max_size=9), SCALARS, max_size=3)
BY_TYPE: dict[str, st.SearchStrategy[Any]] = {
    "null": st.none(),
    "boolean": BOOLEANS,
    "integer": st.integers(),
    "number": NUMBERS,
    "string": st.text(),
    "array": st.lists(SCALARS, max_size=4),
    "object": st.dictionaries(st.text(max_size=9), SCALARS, max_size=4),
}
"""The types of JSON, least first."""

_DIGITS = 15
"""A double holds any decimal of so many digits."""

_WIDE = 100
"""In a range of up to so many numbers, its ends are drawn often enough."""

_ZONES = st.sampled_from(("Z", "+00:00", "+02:00", "-05:30", "+14:00"))
_HOST = r"([a-z]{1,9}(-[a-z0-9]{1,5})?\.){1,2}(com|org|de|example)"
_PATH = r"(/[A-Za-z0-9._~-]{0,8}){0,3}"
_URI = rf"(https?|ftp)://{_HOST}(:[1-9][0-9]{{1,3}})?{_PATH}(\?[a-z]{{1,5}}=([A-Za-z0-9]|%20){{0,6}})?(#[a-z]{{0,5}})?"
_HEX = "[0-9a-f]"
_BYTE = "(0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])"
_PATTERNS = {
    "duration": r"P([1-9][0-9]{0,2}D|[1-9]Y|[1-9]M|[1-9][0-9]?W|T[1-9][0-9]?H|[1-9]DT[1-9][0-9]?H[1-9]M|T[1-9][0-9]?S)",
    "email": rf"[a-z0-9]([a-z0-9_+-]{{0,8}}[a-z0-9])?(\.[a-z0-9]{{1,8}})?@{_HOST}",
    "hostname": _HOST,
    "ipv4": rf"{_BYTE}\.{_BYTE}\.{_BYTE}\.{_BYTE}",
    "ipv6": rf"(({_HEX}{{1,4}}:){{7}}{_HEX}{{1,4}}|::|::1|2001:db8::{_HEX}{{1,4}}|fe80::{_HEX}{{1,4}}:{_HEX}{{1,4}})",
    "json-pointer": r"(/([A-Za-z0-9 é]|~0|~1){0,6}){0,3}",
    "regex": r"\^?[a-z]{1,5}(\[[a-z]{1,3}\]|\([a-z]{1,3}\)|\\d|\.)?[*+?]?\$?",
    "relative-json-pointer": r"(0|[1-9][0-9]?)(#|(/[A-Za-z0-9]{0,6}){0,2})",
    "uri": rf"({_URI}|urn:[a-z]{{2,6}}:[a-z0-9]{{1,8}}|mailto:[a-z]{{1,8}}@{_HOST})",
    "uri-reference": rf"({_URI}|\.{{0,2}}{_PATH})",
    "uri-template": rf"https://{_HOST}{_PATH}(/\{{[a-z]{{1,5}}\}})?",
    "uuid": rf"{_HEX}{{8}}-{_HEX}{{4}}-[1-5]{_HEX}{{3}}-[89ab]{_HEX}{{3}}-{_HEX}{{12}}",
}
_ALIASES = {
    "idn-email": "email",
    "idn-hostname": "hostname",
    "iri": "uri",
    "iri-reference": "uri-reference",
}


def strings(view: views.StringView) -> Matching:
    """Return texts of *view*: right by construction where `exact`, else right as a rule."""
    low, high = view.min_length or 0, view.max_length
    facets: list[Matching] = [found for name in view.formats if (found := _format(name, low, high)) is not None]
    for pattern in view.patterns:
        found = matching(pattern, low=low, high=high)
        facets.append(found or Matching(strategy=text(low, high), exact=False))
    made = facets[0] if facets else Matching(strategy=text(low, high), exact=True)
    exact = made.exact and len(facets) < 2 and not view.excluded_patterns and not view.excluded_formats
    if not view.excluded:
        return Matching(strategy=made.strategy, exact=exact)
    barred = frozenset(view.excluded)
    return Matching(strategy=made.strategy.filter(lambda drawn: drawn not in barred), exact=exact)


def _format(name: str, low: int, high: int | None) -> Matching | None:
    """Return texts of a format, or None for one that asserts nothing."""
    name = _ALIASES.get(name, name)
    if name in _PATTERNS:
        return matching(f"^({_PATTERNS[name]})$", low=low, high=high)
    made = _moments(name)
    return None if made is None else Matching(strategy=made, exact=low == 0 and high is None)


def _moments(name: str) -> st.SearchStrategy[str] | None:
    if name == "date":
        return st.dates().map(lambda day: day.isoformat())
    if name == "date-time":
        return st.tuples(st.datetimes(), _ZONES).map(lambda drawn: drawn[0].isoformat() + drawn[1])
    if name == "time":
        return st.tuples(st.times(), _ZONES).map(lambda drawn: drawn[0].isoformat() + drawn[1])
    return None


def numbers(view: views.NumberView | views.IntegerView) -> st.SearchStrategy[Any] | None:
    """Return numbers of *view*, whole ones and others, or None where there is none."""
    whole = isinstance(view, views.IntegerView)
    low, high = _exact(view.minimum), _exact(view.maximum)
    steps = [_exact(step) for step in view.multiple_of] + ([Fraction(1)] if whole else [])
    step = reduce(_lcm, filter(None, steps)) if steps else None
    open_low = isinstance(view, views.NumberView) and view.exclusive_minimum
    open_high = isinstance(view, views.NumberView) and view.exclusive_maximum
    barred = [Fraction(step) for step in map(_exact, view.not_multiple_of) if step]
    if isinstance(view, views.NumberView) and view.excludes_integers:
        barred.append(Fraction(1))
    found = [_multiples(step or Fraction(1), low, high, open_low=open_low, open_high=open_high)]
    if step is None:
        found.append(_reals(low, high, open_low=open_low, open_high=open_high))
    if step is None and any(bar == 1 for bar in barred):
        del found[0]
    made = [each for each in found if each is not None]
    if not made:
        return None
    if not barred:
        return st.one_of(made)
    return st.one_of(made).filter(lambda drawn: not any((_fraction(drawn) / bar).denominator == 1 for bar in barred))


def _multiples(
    step: Fraction, low: Fraction | None, high: Fraction | None, *, open_low: bool, open_high: bool
) -> st.SearchStrategy[Any] | None:
    least = None if low is None else math.floor(low / step) + 1 if open_low else math.ceil(low / step)
    most = None if high is None else math.ceil(high / step) - 1 if open_high else math.floor(high / step)
    if step.denominator != 1:
        # Past so many digits a double is another number than its decimal.
        places = next(places for places in range(1, 400) if (step * 10**places).denominator == 1)
        edge = 10**_DIGITS // int(step * 10**places)
        if (least or 0) > edge or (most or 0) < -edge:
            return _multiples(Fraction(step.numerator), low, high, open_low=open_low, open_high=open_high)
        least = -edge if least is None else max(least, -edge)
        most = edge if most is None else min(most, edge)
    if least is not None and most is not None and least > most:
        return None
    counts = st.integers(least, most)
    if least is not None and most is not None and most - least > _WIDE:
        counts = with_seldom(counts, st.sampled_from([least, most]))
    return counts if step == 1 else counts.map(lambda count: _number(count * step))


def _reals(
    low: Fraction | None, high: Fraction | None, *, open_low: bool, open_high: bool
) -> st.SearchStrategy[float] | None:
    if low is None and high is None:
        return REALS
    try:
        least = None if low is None else float(low)
        most = None if high is None else float(high)
    except OverflowError:
        return None
    if low is not None and least is not None and (_fraction(least) < low or (open_low and _fraction(least) == low)):
        least = math.nextafter(least, math.inf)
    if high is not None and most is not None and (_fraction(most) > high or (open_high and _fraction(most) == high)):
        most = math.nextafter(most, -math.inf)
    if least is not None and most is not None and least > most:
        return None
    return st.floats(least, most, allow_nan=False, allow_infinity=False)


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)


def _fraction(number: Any) -> Fraction:
    return Fraction(Decimal(repr(number))) if isinstance(number, float) else Fraction(number)


def _exact(bound: Any) -> Fraction | None:
    return None if bound is None else _fraction(bound)


def _lcm(one: Fraction, other: Fraction) -> Fraction:
    return Fraction(
        math.lcm(one.numerator * other.denominator, other.numerator * one.denominator),
        one.denominator * other.denominator,
    )
