"""Schemas that only endless values satisfy: each instance has to hold another one."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from typing import Any

from pageschema.linting.graph import shape
from pageschema.linting.kinds import kinds_of_type
from pageschema.linting.subject import Subject
from pageschema.schema import Place


def endless(subject: Subject) -> frozenset[str]:
    """Return the pointers of the schemas that no finite value satisfies, because of what each instance must hold.

    All else that a schema says is left out, so that this is a proof: what is left has more instances, not fewer.
    """
    if not subject.is_recursive:
        return frozenset()
    needs = {place.pointer: list(_needs(subject, place)) for place in subject.places}
    waiting: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for where, groups in needs.items():
        for index, group in enumerate(groups):
            for other in group:
                waiting[other].append((where, index))
    open_groups = {where: set(range(len(groups))) for where, groups in needs.items()}
    queue = deque(where for where, groups in open_groups.items() if not groups)
    finite = set(queue)
    while queue:
        for where, index in waiting[queue.popleft()]:
            open_groups[where].discard(index)
            if not open_groups[where] and where not in finite:
                finite.add(where)
                queue.append(where)
    return frozenset(needs.keys() - finite)


def loops(subject: Subject, among: frozenset[str]) -> tuple[frozenset[str], ...]:
    """Return the sets of schemas *among* these that have to hold one another."""
    edges = {
        place.pointer: [other for group in _needs(subject, place) for other in group if other in among]
        for place in subject.places
        if place.pointer in among
    }
    return shape(edges).loops


def _needs(subject: Subject, place: Place) -> Iterator[list[str]]:
    """Yield groups of schemas: an instance of *place* takes an instance of one in each group."""
    schema = place.schema
    if not isinstance(schema, dict):
        return
    yield from ([reference.target.pointer] for reference in subject.references_at(place) if reference.target)
    for keyword in ("allOf", "anyOf", "oneOf"):
        branches = _members(subject, place, keyword, schema.get(keyword))
        if keyword == "allOf":
            yield from ([branch] for branch in branches)
        elif branches:
            yield branches
    kinds = kinds_of_type(schema["type"]) if "type" in schema else frozenset()
    if kinds == {"object"}:
        required, declared = schema.get("required"), schema.get("properties")
        if isinstance(required, list) and isinstance(declared, dict):
            for child in subject.children_of(place):
                if child.is_property and child.key in required:
                    yield [child.pointer]
    elif kinds == {"array"}:
        least = schema.get("minItems")
        row = schema.get("prefixItems")
        beyond = len(row) if isinstance(row, list) else 0
        if isinstance(least, int) and least > beyond and isinstance(schema.get("items"), dict):
            yield [f"{place.pointer}/items"]


def _members(subject: Subject, place: Place, keyword: str, value: Any) -> list[str]:
    if not isinstance(value, list):
        return []
    found = [f"{place.pointer}/{keyword}/{index}" for index in range(len(value))]
    return found if all(where in subject.by_pointer for where in found) else []
