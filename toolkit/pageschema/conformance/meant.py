"""What a value was meant to be where the schema wants something else, and the remedy that fits: in a table, per type.

A model writes what the page shows: ``12,50 €``, ``yes``, ``3 May 2024``. Each of these has a remedy of its own.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any

from pageschema import jsontext

_MOST_GIVEN = 5
_MOST_KNOWN = 200
_LONGEST_NAME = 200

NOT_FOUND = "ask for null in the field's description where nothing is found, and leave it out of 'required'"
_NOTHING = re.compile(
    r"[-\u2013\u2014.?/_*]*|n\.?\s?/?\s?a\.?|k\.\s?a\.|nil|none|null|unknown|tbd"
    r"|not (found|available|given|stated|applicable).*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", re.IGNORECASE)
_GROUP = r"[ .,'\u00a0\u202f\u2019]"
_MONEY = r"(?:[^\W\d_]{1,3}\.?|[$€£¥₹₽₩₺₴₿])"
_COMMA = re.compile(r"[^\d,.<>≤≥~]*\d{1,3}(?:[. \u00a0\u202f'\u2019]?\d{3})*,(?:\d{1,2}|\d{4,})[^\d,.%]*")
_PERCENT = re.compile(r"[^\d]{0,3}\d[\d.,]*\s*%")
_CURRENCY = re.compile(rf"[+-]?\s*(?:{_MONEY}\s*[+-]?\d[\d.,'\u2019\s]*|\d[\d.,'\u2019\s]*{_MONEY})")
_GROUPED = re.compile(rf"[+-]?\d{{1,3}}(?:{_GROUP}\d{{3}})+(?:[.,]\d+)?")
_MINUS = re.compile(r"\(\s*[^\d()]{0,3}\d[\d.,]*\s*[^\d()]{0,3}\)|\d[\d.,]*\s*-|[\u2212\u2013]\s*\d[\d.,]*")
_RANGE = re.compile(r"\d[\d.,]*\s*(-|\u2013|\u2014|to|bis|\.\.\.?)\s*\d[\d.,]*[^\d]{0,6}", re.IGNORECASE)
_FRACTION = re.compile(r"\d+\s*/\s*\d+")
_ONE_NUMBER = re.compile(r"[^\d]*\d(?:[\d.,'\u2019 \u00a0\u202f]*\d)?[^\d]*")
_DIGIT = re.compile(r"\d")
_DIRECTLY = "in the field's description, or declare it as a string"

_ON_NUMBERS: tuple[tuple[re.Pattern[str], str], ...] = (
    (_NOTHING, NOT_FOUND),
    (_NUMBER, "a number in quotes: convert it when reading, or declare the field as a string"),
    (_COMMA, f"a decimal comma: ask for a decimal point {_DIRECTLY}"),
    (_PERCENT, f"a percent sign: ask for the bare number, 19 for 19 %, {_DIRECTLY}"),
    (_GROUPED, f"thousands separators: ask for the bare number, 1234.5, {_DIRECTLY}"),
    (_MINUS, f"a negative number in its own way: ask for the bare number, -12.5, {_DIRECTLY}"),
    (
        _CURRENCY,
        "a currency or a unit: ask for the bare number in the field's description, and declare a field for the other",
    ),
    (_RANGE, "a range: declare a field for each end, say in the description which one to take, or declare a string"),
    (_FRACTION, f"a fraction: ask for the bare number, 0.5, {_DIRECTLY}"),
    (_ONE_NUMBER, f"a number among words or signs: ask for the bare number {_DIRECTLY}"),
    (_DIGIT, "several numbers: say in the field's description which one is meant, or declare it as a string"),
)
_OTHER_WORDS = "ask for null in the field's description where there is no number, or declare it as a string"

_YES = frozenset({"yes", "y", "no", "n", "ja", "nein", "oui", "non", "si", "sí", "x", "✓", "✔", "☑", "☐", "on", "off"})

_ON_DATES: tuple[tuple[re.Pattern[str], str], ...] = (
    (_NOTHING, NOT_FOUND),
    (
        re.compile(r"\d{4}-\d\d-\d\d[Tt ].*"),
        "it has a time: ask for YYYY-MM-DD alone in the field's description, or declare it as a date-time",
    ),
    (re.compile(r"\d{4}"), "a year alone: declare the field as an integer, or without 'format'"),
    (re.compile(r"\d{4}[-/.]\d{1,2}|\d{1,2}[-/.]\d{4}"), "a month alone: declare the field without 'format'"),
    (
        re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}"),
        "ask for YYYY-MM-DD in the field's description, and say whether day or month stands first in the document",
    ),
)
_DAY = "ask for YYYY-MM-DD in the field's description, or declare it without 'format'"
_MOMENT = "declare the field as a date, or without 'format': documents seldom say the time zone"


def number(text: str, *, only_whole: bool) -> str:
    """Return the remedy for a text where a number was wanted."""
    text = text.strip()
    if only_whole and _NUMBER.fullmatch(text) and not text.lstrip("+-").isdecimal():
        return "declare the field as a number, and say in its description not to put it in quotes"
    return next((remedy for form, remedy in _ON_NUMBERS if _matches(form, text)), _OTHER_WORDS)


def boolean(value: Any) -> str:
    """Return the remedy for a value where true or false was wanted."""
    text = str(value).strip().casefold()
    if isinstance(value, str) and text in {"true", "false"}:
        return "true or false in quotes: convert it when reading, or extract again"
    if isinstance(value, str) and _matches(_NOTHING, text):
        return NOT_FOUND
    if text in _YES or text in {"0", "1"}:
        said = jsontext.clip(text, 20)
        return f"say in the field's description when it is true and when false, and not to write '{said}'"
    return "say in the field's description when it is true and when false, or declare an enum"


def date(text: str) -> str:
    """Return the remedy for a text that is not of the form of a date."""
    return next((remedy for form, remedy in _ON_DATES if _matches(form, text.strip())), _DAY)


def moment(text: str) -> str:
    """Return the remedy for a text that is not of the form of a date and time."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text.strip()):
        return "a date alone: declare the field as a date"
    return NOT_FOUND if _matches(_NOTHING, text.strip()) else _MOMENT


def is_nothing(value: Any) -> bool:
    """Return whether a text says that nothing was found."""
    return isinstance(value, str) and _matches(_NOTHING, value.strip())


def container(value: list[Any] | dict[str, Any], wanted: set[str]) -> str:
    """Return the remedy for a list or an object where something else was wanted."""
    if isinstance(value, list):
        if "object" in wanted:
            return "declare the field as an array of objects, or say in its description which one to take"
        if len(value) == 1:
            return "take its one item when reading, declare the field as an array, or describe it as a single value"
        return "declare the field as an array, or say in its description that it is a single value"
    if "array" in wanted:
        return "put it into a list when reading, or say in the field's description that it is a list even of one"
    inner = next((name for name in ("value", "amount", "text") if _KINDS.get(type(value.get(name))) in wanted), None)
    taken = f"take its '{inner}' when reading, " if inner else ""
    return f"{taken}declare the field as an object, or say in its description that it is a single value"


def near(given: Iterable[str], known: list[str]) -> tuple[str, str] | None:
    """Return the first of the names *given* that was probably meant as one of those *known*, and that one.

    Only so many are looked at: each is compared to each, and a result may hold a hundred thousand.
    """
    known = known[:_MOST_KNOWN]
    for name in islice(given, _MOST_GIVEN):
        found = difflib.get_close_matches(name[:_LONGEST_NAME], known, n=1, cutoff=0.8)
        if not found:
            bare = _bare(name)
            found = [each for each in known if bare and _bare(each) == bare][:1]
        if found:
            return name, found[0]
    return None


def _bare(name: str) -> str:
    return re.sub(r"[\W_]", "", name[:_LONGEST_NAME]).casefold()


def _matches(form: re.Pattern[str], text: str) -> bool:
    return bool((form.search if form is _DIGIT else form.fullmatch)(text[:200]))


_KINDS: Mapping[type, str] = {str: "string", int: "number", float: "number"}

DATED: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "date": ("a date (2024-12-31)", date),
    "date-time": ("a date and time with time zone (2024-12-31T23:59:00Z)", moment),
    "time": (
        "a time with time zone (23:59:00Z)",
        lambda _text: "declare the field without 'format': documents seldom say the time zone",
    ),
}
"""By format: what is wanted, and the remedy for a text that is not of that form."""
