"""The words of a schema as a person reads them: names, descriptions, and what stands in for a word."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from pageschema.linting.subject import Subject
from pageschema.schema import Place

LONGEST_READ = 4_000
"""Characters of a description that are read: what it asks for stands at its start."""

_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[\W_]+")
_WORD = re.compile(r"[^\W_]+")


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list that is written on a line."""
    return frozenset(text.split())


@lru_cache(maxsize=4096)
def words_of_name(name: str) -> tuple[str, ...]:
    """Return the words of a name, whichever way they are joined: ``totalAmount``, ``total_amount``."""
    text = name[:256] if name.isascii() else unicodedata.normalize("NFKC", name[:256])
    return tuple(word.casefold() for word in _BOUNDARY.split(text) if word)


@lru_cache(maxsize=256)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text."""
    read = text[:LONGEST_READ]
    return tuple(_WORD.findall((read if read.isascii() else unicodedata.normalize("NFKC", read)).casefold()))


def description(schema: Any) -> str:
    """Return the description that *schema* itself carries, trimmed, or an empty text."""
    text = schema.get("description") if isinstance(schema, dict) else None
    return text.strip() if isinstance(text, str) else ""


def description_at(subject: Subject, place: Place) -> str:
    """Return what describes *place*: its own description, else that of what it refers to or of a branch."""
    own = description(place.schema)
    if own or not isinstance(place.schema, dict) or not place.schema.keys() & _LEADING_ON:
        return own
    return next(filter(None, (description(member.schema) for member in subject.team(place).places)), "")


_LEADING_ON = frozenset({"$ref", "allOf", "anyOf", "oneOf"})

_NO_VALUE = {
    # English.
    "na", "not applicable", "not available", "none", "unknown", "nil", "null", "tbd", "not found", "not specified",
    "not provided", "unspecified", "undefined", "missing", "no data", "not stated", "not mentioned", "empty", "blank",
    # German, French, Spanish, Portuguese, Italian, Dutch.
    "unbekannt", "keine angabe", "nicht angegeben", "inconnu", "non renseigné", "non précisé", "desconocido",
    "no especificado", "desconhecido", "não informado", "não especificado", "sconosciuto", "non specificato",
    "onbekend",
    # Japanese, Chinese, Russian.
    "不明", "なし", "未知", "无", "無", "неизвестно", "не указано",
}  # fmt: skip
_FILLERS = {
    "todo", "fixme", "xxx", "string", "placeholder", "foo", "bar", "lorem ipsum", "your value here", "changeme",
    "change me", "fill me in", "asdf",
}  # fmt: skip


_PART = "(?:YYYY|yyyy|MM|mm|DD|dd|HH|SS|ss|XX+|xx+|##+)"
_MASK = re.compile(rf"{_PART}(?:[-/.: T_]?{_PART})+")
"""How a value is to be written, in the place of one: ``YYYY-MM-DD``."""


def stands_for_nothing(text: str) -> bool:
    """Return whether *text* is what people write where there is no value: ``N/A``, ``unknown``, ``-``."""
    words = words_of(text)
    return not words or " ".join(words) in _NO_VALUE or words in (("n", "a"), ("k", "a"), ("s", "o"), ("n", "d"))


def stands_for_a_value(text: str) -> bool:
    """Return whether *text* is what people write until they know better: ``string``, ``TODO``, ``<name>``."""
    stripped = text.strip()
    if _MASK.fullmatch(stripped):
        return True
    if len(stripped) > 2 and stripped[0] + stripped[-1] in ("<>", "[]", "{}"):
        return True
    return " ".join(words_of(text)) in _FILLERS
