"""The branches of a choice: which can hold together, and in what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pageschema import jsontext
from pageschema.linting.conjunction import closing
from pageschema.linting.kinds import Kinds, kinds_around, kinds_of
from pageschema.linting.questions import Questions
from pageschema.linting.references import KEYWORDS
from pageschema.linting.subject import Subject
from pageschema.schema import Place

MOST = 12
"""Branches of one choice that are compared by pairs."""

MOST_PAIRS = 1_000
"""Pairs of branches in one schema."""


class Branch(NamedTuple):
    """A branch, and what is seen of it at once: its kinds, the values that it lists, and the fields of its objects."""

    place: Place
    kinds: Kinds
    listed: frozenset[str] | None
    fields: Mapping[str, Place]
    required: frozenset[str]


Choice = tuple[Place, list[Branch]]


def choices(subject: Subject, keyword: str) -> list[Choice]:
    """Return each schema with a choice of two branches or more under *keyword*, and these."""
    found: list[Choice] | None = subject.kept.get((choices, keyword))
    if found is None:
        found = subject.kept[choices, keyword] = list(_choices(subject, keyword))
    return found


def _choices(subject: Subject, keyword: str) -> Iterator[Choice]:
    left = MOST_PAIRS
    for place in subject.asked_holding(keyword):
        branches = place.schema[keyword]
        if not isinstance(branches, list) or not 1 < len(branches) <= MOST:
            continue
        left -= len(branches) * (len(branches) - 1)
        found = [child for child in subject.children_of(place) if child.keyword == keyword]
        if left >= 0 and len(found) == len(branches) and all(subject.all_of(child).is_whole for child in found):
            yield place, [_branch(subject, child) for child in found]


_SAYING_MORE = frozenset({"enum", "const", "properties", "required", "allOf", *KEYWORDS})


def _branch(subject: Subject, place: Place) -> Branch:
    if not isinstance(place.schema, dict) or place.schema.keys().isdisjoint(_SAYING_MORE):
        return Branch(place, kinds_of(subject, place), None, {}, frozenset())
    members = [member for member in subject.all_of(place).places if isinstance(member.schema, dict)]
    lists = [member.schema.get("required") for member in members]
    return Branch(
        place=place,
        kinds=kinds_of(subject, place),
        listed=_listed(members),
        fields={str(c.key): c for member in members for c in subject.children_of(member) if c.is_property},
        required=frozenset(
            name for names in lists if isinstance(names, list) for name in names if isinstance(name, str)
        ),
    )


def are_apart(subject: Subject, one: Branch, other: Branch) -> bool:
    """Return whether it is seen at once that no ordinary value is in both: other types, other tags, other fields.

    An ordinary value has only the fields that its schema declares, and the tag that tells the two apart, be that
    required or not. Branches that differ in what they require mean one or the other.
    """
    kinds = one.kinds & other.kinds & kinds_around(subject, one.place)
    if not kinds or _differ(one.listed, other.listed):
        return True
    if kinds != {"object"}:
        return False
    if one.fields and other.fields and (one.required - other.fields.keys() or other.required - one.fields.keys()):
        return True
    if one.required - other.required and other.required - one.required:
        return True
    return any(
        _differ(*(_listed(subject.all_of(branch.fields[name]).places) for branch in (one, other)))
        for name in one.fields.keys() & other.fields.keys()
    )


def closed(branch: Branch, questions: Questions) -> dict[str, Any]:
    """Return what *branch* says, with no fields but those that it declares."""
    schema = questions.part(branch.place.schema) if isinstance(branch.place.schema, dict) else {}
    return {"allOf": [schema, closing({"properties": branch.fields})]} if branch.fields else schema


def _listed(members: Iterable[Place]) -> frozenset[str] | None:
    """Return the values that *members* list, as texts, or None where they list none."""
    for member in members:
        if isinstance(member.schema, dict):
            if "const" in member.schema:
                return frozenset({jsontext.canonical(member.schema["const"])})
            if isinstance(member.schema.get("enum"), list):
                return frozenset(map(jsontext.canonical, member.schema["enum"]))
    return None


def _differ(one: frozenset[str] | None, other: frozenset[str] | None) -> bool:
    return one is not None and other is not None and not one & other
