"""The words of findings: values in quotes, names of places, and the name that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable

from pageschema import jsontext
from pageschema.schema import Place

LONGEST_NAME = 64
COMPARISONS = 20_000
"""Difflib takes some 20 µs for two names; a hostile schema has thousands of wrong ones."""


def quoted(value: jsontext.JsonValue) -> str:
    """Return *value* for a message: a string in quotes, a short list or number as JSON, anything larger by its kind."""
    if isinstance(value, str):
        return f"'{jsontext.clip(value)}'"
    if isinstance(value, dict):
        return "an object" if value else "{}"
    if isinstance(value, list) and (len(value) > 6 or any(isinstance(item, (dict, list)) for item in value)):
        return f"a list of {len(value)}"
    return jsontext.clip(jsontext.dumps(value, indent=None))


def field(place: Place) -> str:
    """Return what a message calls *place*: the field, definition or item that it stands for."""
    name = jsontext.clip(str(place.key), LONGEST_NAME)
    match place.keyword:
        case "":
            return f"'{jsontext.clip(place.pointer)}'" if place.pointer else "the page schema"
        case "properties":
            return f"field '{name}'"
        case "$defs" | "definitions":
            return f"definition '{name}'"
        case "items" | "prefixItems" | "additionalItems" | "contains":
            return f"an item of {field(place.parent)}" if place.parent else "an item"
        case "additionalProperties" | "patternProperties":
            return f"a value of {field(place.parent)}" if place.parent else "a value"
        case "allOf" | "anyOf" | "oneOf":
            if place.parent is None:
                return "a branch"
            others = [each for each in place.parent.schema[place.keyword] if each is not place.schema]
            whole = field(place.parent)
            return whole if others == [{"type": "null"}] else f"a branch of {whole}"
        case _:
            return f"'{place.keyword}'"


class Names:
    """The names that exist, asked for the one that a wrong name was probably meant to be."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(dict.fromkeys(names))
        self._folded = {_fold(name): name for name in reversed(self._names)}
        self._short = [name for name in self._names if len(name) <= LONGEST_NAME]
        self._left = COMPARISONS

    def near(self, wrong: str) -> str | None:
        """Return the name nearest to *wrong*, or None where none is near."""
        if _fold(wrong) in self._folded:
            return self._folded[_fold(wrong)]
        if len(wrong) > LONGEST_NAME or self._left < len(self._short):
            return None
        self._left -= len(self._short)
        import difflib

        return next(iter(difflib.get_close_matches(wrong, self._short, n=1, cutoff=0.75)), None)


def _fold(name: str) -> str:
    return name.casefold().replace("_", "").replace("-", "").replace(" ", "")
