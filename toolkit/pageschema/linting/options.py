"""What a field leaves to choose from: listed values, null, being left out; and what tells one object from another."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from pageschema.linting.kinds import EVERY, kinds_of
from pageschema.linting.subject import Subject
from pageschema.schema import Place

_DEEPEST = 8
_WIDEST = 1_000
_CHOICES = ("anyOf", "oneOf")
_CHOICE_SET = frozenset(_CHOICES)


def options(subject: Subject, place: Place) -> list[Any] | None:
    """Return the values that *place* lists for its answer, those of its references and branches too.

    A branch of type null lists nothing. None where the answer is not one of a list.
    """
    key = (options, place.pointer)
    if key not in subject.kept:
        subject.kept[key] = _options(subject, place, _DEEPEST) if subject.shape.width <= _WIDEST else None
    found: list[Any] | None = subject.kept[key]
    return found


def lists_options(schema: Any) -> bool:
    """Return whether *schema* lists values, or leads to what may: cheap, and never wrong about a no."""
    return isinstance(schema, dict) and not _LISTING.isdisjoint(schema)


def says_one_type(schema: dict[str, Any]) -> bool:
    """Return whether ``type`` is all that says which kind of value *schema* takes, and is one name."""
    return isinstance(schema.get("type"), str) and schema["type"] in _TYPES and _LISTING.isdisjoint(schema)


_LISTING = frozenset({"enum", "const", "$ref", "$dynamicRef", "allOf", "anyOf", "oneOf"})
_TYPES = EVERY - {"null"}


def stands_in_a_schema(place: Place) -> bool:
    """Return whether a field is a keyword: a whole schema stands where its ``properties`` belong."""
    around = place.parent.schema.get("properties") if place.parent is not None else None
    return place.is_property and isinstance(around, dict) and around.get("type") == "object"


def needs_an_answer(subject: Subject, place: Place) -> bool:
    """Return whether the property *place* has no way to say that the document is silent: not null, not absence."""
    if place.pointer not in subject.required or not isinstance(place.schema, dict) or "default" in place.schema:
        return False
    return says_one_type(place.schema) or "null" not in kinds_of(subject, place)


def tags(subject: Subject) -> frozenset[str]:
    """Return the pointers of what tells the objects of a choice apart: properties that list values in two of them."""
    known: frozenset[str] | None = subject.kept.get(tags)
    if known is None:
        known = subject.kept[tags] = _tags(subject)
    return known


def _tags(subject: Subject) -> frozenset[str]:
    found: set[str] = set()
    choosing = subject.holding(*_CHOICES)
    if not choosing:
        return frozenset()
    targets = {r.place.pointer: r.target for r in subject.references if r.place.keyword in _CHOICES}
    for place in choosing:
        for keyword in _CHOICES:
            if not isinstance(place.schema.get(keyword), list):
                continue
            objects = [targets.get(each.pointer) or each for each in _branches(subject, place, keyword)]
            listing: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
            for each in objects:
                if isinstance(each.schema, dict) and "properties" in each.schema:
                    for child in _listing(subject, each):
                        listing[str(child.key)].setdefault(each.pointer, []).append(child.pointer)
            found.update(
                where
                for by_object in listing.values()
                if len(by_object) > 1
                for pointers in by_object.values()
                for where in pointers
            )
    return frozenset(found)


def _listing(subject: Subject, place: Place) -> list[Place]:
    within = [child for member in subject.all_of(place).places for child in subject.children_of(member)]
    return [child for child in within if child.is_property and lists_options(child.schema)]


def _branches(subject: Subject, place: Place, keyword: str) -> list[Place]:
    found = (subject.by_pointer.get(f"{place.pointer}/{keyword}/{i}") for i in range(len(place.schema[keyword])))
    return [branch for branch in found if branch is not None]


def _options(subject: Subject, place: Place, depth: int) -> list[Any] | None:
    if depth == 0:
        return None
    if isinstance(place.schema, dict) and _LISTING.isdisjoint(place.schema):
        return [] if place.schema.get("type") == "null" else None
    for member in subject.all_of(place).places:
        schema = member.schema
        if not isinstance(schema, dict):
            continue
        if "const" in schema:
            return [schema["const"]]
        if isinstance(schema.get("enum"), list):
            return list(schema["enum"])
        if schema.get("type") == "null":
            return []
        for keyword in _CHOICES:
            if isinstance(schema.get(keyword), list) and schema[keyword]:
                listed = [_options(subject, branch, depth - 1) for branch in _branches(subject, member, keyword)]
                if not any(each is None for each in listed):
                    return [value for each in listed for value in each or ()]
    return None
