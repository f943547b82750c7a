"""The kinds of value that a schema leaves possible, as far as its types, constants and branches tell.

Always at least those that it does leave: what cannot be told is every kind.
"""

from __future__ import annotations

from typing import Any

from pageschema.linting.references import KEYWORDS
from pageschema.linting.subject import SAME_INSTANCE, Subject
from pageschema.schema import Place

Kinds = frozenset[str]

EVERY: Kinds = frozenset({"null", "boolean", "integer", "number", "string", "array", "object"})
"""The seven type names; here ``number`` are those that are no integers."""

_OF_NAME = {name: frozenset({name, "integer"} if name == "number" else {name}) for name in EVERY}
_TELLING = frozenset({"type", "enum", "const", "anyOf", "oneOf", "allOf", *KEYWORDS})
_ONE_CHOICE = (["anyOf"], ["oneOf"])
_MOST = 200


def kinds_of_type(types: Any) -> Kinds:
    """Return the kinds that a ``type`` allows; every kind where a name in it is not known."""
    if isinstance(types, str):
        return _OF_NAME.get(types, EVERY)
    names = types if isinstance(types, list) else [types]
    if not all(isinstance(name, str) and name in EVERY for name in names):
        return EVERY
    return frozenset(names) | ({"integer"} if "number" in names else frozenset())


def kind_of_value(value: Any) -> str:
    """Return the kind of a JSON value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "integer" if value == int(value) else "number"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"


def kinds_of(subject: Subject, place: Place, *, without: str = "") -> Kinds:
    """Return the kinds that *place* leaves, its references and branches heard, what stands around it not.

    Args:
        subject: The schema under lint.
        place: A place in it.
        without: A keyword of *place* itself that is not heard.
    """
    key = (place.pointer, without)
    found: Kinds | None = subject.kept.get(key)
    if found is None:
        found = _plainly(place.schema, without)
        found = subject.kept[key] = _Hearing(subject).of(place, without) if found is None else found
    return found


def kinds_at(subject: Subject, place: Place) -> Kinds:
    """Return the kinds that *place* leaves, the schemas heard that it is a branch of."""
    return kinds_of(subject, place) & kinds_around(subject, place)


def kinds_around(subject: Subject, place: Place) -> Kinds:
    """Return the kinds that are left by the schemas that *place* is a branch of, the other branches not heard."""
    found = EVERY
    while place.keyword in SAME_INSTANCE and place.parent is not None:
        holder = place.keyword
        place = place.parent
        found &= kinds_of(subject, place, without=holder if holder in ("anyOf", "oneOf") else "")
    return found


def _plainly(schema: Any, without: str = "") -> Kinds | None:
    """Return the kinds of a schema of which no more than ``type`` tells them, or None."""
    if not isinstance(schema, dict):
        return frozenset() if schema is False else EVERY
    telling = [keyword for keyword in schema if keyword in _TELLING and keyword != without]
    if not telling:
        return EVERY
    if telling == ["type"]:
        return kinds_of_type(schema["type"])
    if telling not in _ONE_CHOICE or not isinstance(schema[telling[0]], list):
        return None
    branches = [_plainly(branch) if isinstance(branch, (dict, bool)) else None for branch in schema[telling[0]]]
    return None if None in branches else frozenset().union(*filter(None, branches))


class _Hearing:
    """One question: each schema is heard once, and so many of them that a hostile one ends in every kind."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._known: dict[str, Kinds] = {}

    def of(self, place: Place, without: str = "") -> Kinds:
        plain = _plainly(place.schema, without)
        if plain is not None:
            return plain
        if place.pointer in self._known:
            return self._known[place.pointer]
        if len(self._known) >= _MOST:
            return EVERY
        self._known[place.pointer] = EVERY  # a schema that leads back to itself says nothing new
        found = EVERY
        for member in self._subject.all_of(place).places:
            if member.schema is False:
                found = frozenset()
            elif isinstance(member.schema, dict):
                found &= self._own(member, without if member is place else "")
        self._known[place.pointer] = found
        return found

    def _own(self, place: Place, without: str) -> Kinds:
        schema = place.schema
        found = kinds_of_type(schema["type"]) if "type" in schema else EVERY
        if isinstance(schema.get("enum"), list):
            found &= frozenset(map(kind_of_value, schema["enum"]))
        if "const" in schema:
            found &= {kind_of_value(schema["const"])}
        for keyword in ("anyOf", "oneOf"):
            branches = schema.get(keyword)
            if keyword != without and isinstance(branches, list):
                places = [child for child in self._subject.children_of(place) if child.keyword == keyword]
                if len(places) == len(branches):
                    found &= frozenset().union(*map(self.of, places))
        return found


def said(kinds: Kinds) -> str:
    """Return *kinds* in words: ``string or null``."""
    names = sorted(kinds - ({"integer"} if "number" in kinds else set()), key=_ORDER.index)
    return " or ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else "nothing"


_ORDER = ("string", "number", "integer", "boolean", "array", "object", "null")
