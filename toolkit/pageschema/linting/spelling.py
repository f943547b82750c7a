"""The keyword that a name was probably meant to be: a slip of the pen, another writing, another word for it."""

from __future__ import annotations

from functools import lru_cache

from pageschema.linting.vocabulary import KEYWORDS

LONGEST = 32

_SYNONYMS = {
    "description": "desc descr instruction instructions explanation prompt hint help",
    "minimum": "min minValue minimumValue",
    "maximum": "max maxValue maximumValue",
    "pattern": "regex regexp",
    "enum": "values choices options allowed allowedValues oneof_values",
    "properties": "fields attributes props",
    "default": "defaultValue",
    "required": "requiredFields requiredProperties mandatory",
    "minItems": "minCount",
    "maxItems": "maxCount",
    "additionalProperties": "additionalFields",
}
_MEANT = {
    "".join(name.casefold().split("_")): keyword for keyword, names in _SYNONYMS.items() for name in names.split()
}
_FOLDED = {keyword.casefold().lstrip("$"): keyword for keyword in KEYWORDS}
_AS_THEY_ARE = frozenset({"note", "notes", "label", "labels", "kind", "kinds", "tags", "item_type"})
"""Names near a keyword that people give to annotations of their own."""


def folded(name: str) -> str | None:
    """Return the keyword that *name* is but for its case, and for ``_``, ``-`` and ``$``."""
    return _FOLDED.get(name.casefold().replace("_", "").replace("-", "").replace(" ", "").lstrip("$"))


def synonym(name: str) -> str | None:
    """Return the keyword for which *name* is another word."""
    return _MEANT.get(name.casefold().replace("_", "").replace("-", ""))


def asks_whether_required(name: str) -> bool:
    """Return whether *name* is what people write on a field to say whether it may be left out."""
    return name.casefold().replace("_", "").replace("-", "") in _REQUIRED


_REQUIRED = frozenset({"optional", "isoptional", "isrequired", "mandatory", "ismandatory", "requiredfield"})


@lru_cache(maxsize=1024)
def misspelt(name: str) -> str | None:
    """Return the keyword that *name* misses by a letter, or by two where it is long."""
    if not 3 <= len(name) <= LONGEST or name.casefold() in _AS_THEY_ARE:
        return None
    near = [(_distance(name, keyword), keyword) for keyword in KEYWORDS if _looks_like(name, keyword)]
    away, keyword = min(near, default=(9, ""))
    return keyword if away <= (1 if len(keyword) < 7 else 2) else None


def _looks_like(name: str, keyword: str) -> bool:
    return abs(len(keyword) - len(name)) <= 2 and (keyword[0] == name[0] or keyword[-1] == name[-1])


def _distance(one: str, other: str) -> int:
    """Return how many letters to add, drop, change or swap with the next lead from *one* to *other*."""
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for index, letter in enumerate(one, 1):
        earlier, before, row = before, row, [index] + [0] * len(other)
        for at, wanted in enumerate(other, 1):
            row[at] = min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (letter != wanted))
            if index > 1 and at > 1 and letter == other[at - 2] and one[index - 2] == wanted:
                row[at] = min(row[at], earlier[at - 2] + 1)
    return row[-1]
