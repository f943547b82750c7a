"""Schemas that nothing satisfies, each with the fewest keywords that exclude each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pageschema.linting.conjunction import Part, parts
from pageschema.linting.plainness import is_plain
from pageschema.linting.questions import Questions
from pageschema.linting.subject import Subject
from pageschema.schema import Place

_TELLING_LAST = ("anyOf", "oneOf", "not", "contains", "items", "propertyNames", "properties", "pattern")
"""Keywords that are left out of an explanation where it stands without them."""


class Empty(NamedTuple):
    """A schema that nothing satisfies, and the fewest keywords that are to blame: without any one of them, some do."""

    place: Place
    core: tuple[Part, ...]


def empties(subject: Subject) -> list[Empty]:
    """Return the innermost schemas that are proven to have no instance, in the order of the text.

    What only contains one of them, or refers to one, is left out: it is mended with it. So is a schema that only
    endless values satisfy.
    """
    found: list[Empty] | None = subject.kept.get(empties)
    if found is None:
        found = subject.kept[empties] = _empties(subject) if isinstance(subject.value, dict) else []
    return found


def _empties(subject: Subject) -> list[Empty]:
    candidates = [place for place in reversed(subject.asked) if not is_plain(subject, place)]
    if not candidates:
        return []
    from pageschema.linting.suspicion import may_be_empty  # Reckons with fractions, which take a while to import.

    questions = Questions(subject)
    found: dict[frozenset[str], Empty] = {}
    reported: set[str] = set()
    for place in sorted(candidates, key=lambda place: len(subject.all_of(place).places)):  # the narrow ones first
        if not subject.all_of(place).is_whole:
            continue
        together = parts(subject, place, questions)
        if not may_be_empty(subject, place, together) or not _leave_nothing(together, questions):
            continue
        core = _fewest(together, questions)
        blamed = frozenset(part.pointer for part in core)
        if blamed in found or any(_leads_to(subject, part, reported) for part in core):
            continue
        found[blamed] = Empty(place=place, core=core)
        reported.add(place.pointer)
    order = {place.pointer: index for index, place in enumerate(subject.places)}
    return sorted(found.values(), key=lambda empty: order[empty.place.pointer])


def _leave_nothing(together: Sequence[Part], questions: Questions) -> bool:
    return questions.is_empty({"allOf": [part.schema for part in together]})


def _fewest(together: list[Part], questions: Questions) -> tuple[Part, ...]:
    core = list(together)
    for part in sorted(together, key=lambda part: part.keyword not in _TELLING_LAST):
        rest = [each for each in core if each is not part]
        if _leave_nothing(rest, questions):
            core = rest
    return tuple(core)


def _leads_to(subject: Subject, part: Part, reported: set[str]) -> bool:
    if any(where.startswith(f"{part.pointer}/") or where == part.pointer for where in reported):
        return True
    inner = [child for child in subject.children_of(part.place) if child.keyword == part.keyword]
    return any(member.pointer in reported for child in inner for member in subject.all_of(child).places)
