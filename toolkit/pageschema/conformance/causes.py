"""What is wrong with an instance, as few faults as it takes: causes without consequences, one branch of each union.

A validator words a failing union by the faults of every branch, and theirs in turn: 2^depth of them where the schema
is recursive. So unions are hidden from it behind a double negation, which it answers as fast and without a word;
the branches of each that fails are then asked for one by one, and only the best is followed.
"""

from __future__ import annotations

import urllib.parse
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import Any

from pageschema import pointer
from pageschema.conformance.unnamed import is_unnamed_in, named, named_schema, without_name
from pageschema.errors import InvalidSchema
from pageschema.schema import Fault, Judge, map_schema, walk

_ROOT = "urn:pageschema:root"
_MOST_FAULTS = 10_000
_MOST_COMPILED = 300_000
"""How many subschemas are compiled to word one union: each of its branches takes the whole schema along."""
_DEEPEST_IN_THE_OPEN = 10
_KIND = frozenset({"const", "enum"})


class Causes:
    """Finds what is wrong with instances of one schema."""

    def __init__(self, root: Any, *, in_the_open: bool = False) -> None:
        self._hides_unions = not in_the_open and _can_hide_unions(root)
        self._has_unions = any(
            isinstance(place.schema, dict) and place.schema.keys() & {"anyOf", "oneOf"} for place in walk(root)
        )
        self._original = self._root = root
        if self._hides_unions:
            hidden = map_schema(root, _hide_unions)
            self._root = {key: value for key, value in hidden.items() if key != "$schema"} | {"$id": _ROOT}
        self._judges: dict[str, Judge] = {}

    def find(self, instance: Any) -> list[Fault]:
        """Return the faults of an *instance* that is not valid; one with the keyword ``depth`` where it is too deep."""
        if is_unnamed_in(instance):
            return [without_name(fault) for fault in self._named.find(named(instance))] or [_too_deep()]
        if not self._hides_unions and self._has_unions and _depth(instance) > _DEEPEST_IN_THE_OPEN:
            return [_too_deep()]
        try:
            return _without_consequences(self._resolved(self._faults("", instance), instance), instance)
        except InvalidSchema:
            # The schema is valid; but the validator words no instance past some 250 levels, nor compiles such a schema,
            # and what hides a union adds levels to it.
            return Causes(self._original, in_the_open=True).find(instance) if self._hides_unions else [_too_deep()]

    @cached_property
    def _size(self) -> int:
        return sum(1 for _ in walk(self._root))

    @cached_property
    def _named(self) -> Causes:
        return Causes(named_schema(self._original), in_the_open=not self._hides_unions)

    def _faults(self, schema_pointer: str, instance: Any) -> list[Fault]:
        if schema_pointer not in self._judges:
            schema = self._root
            if self._hides_unions:
                fragment = urllib.parse.quote(schema_pointer, safe="/~")
                schema = {"$ref": f"{_ROOT}#{fragment}", "$defs": {"root": self._root}}
            self._judges[schema_pointer] = Judge(schema)
        return list(islice(self._judges[schema_pointer].faults(instance), _MOST_FAULTS))

    def _resolved(self, faults: Iterable[Fault], instance: Any) -> Iterator[Fault]:
        """Yield *faults*, each failing union replaced by what is wrong with the branch that was meant."""
        stack = list(reversed(list(faults)))
        while stack:
            fault = stack.pop()
            branches = self._branches(fault, instance)
            if branches is None:
                yield fault
            elif any(not branch for branch in branches):
                fits = sum(not branch for branch in branches)
                yield replace(fault, keyword="oneOf", context=(), detail={"fits": fits})
            else:
                stack.extend(reversed(_best(branches, fault)))

    def _branches(self, fault: Fault, instance: Any) -> Sequence[Sequence[Fault]] | None:
        """Return the faults of each branch of the union that failed; None if *fault* is about something else."""
        if not self._hides_unions:
            return fault.context or None
        if fault.keyword != "not":
            return None
        try:
            (keyword, branches), *others = pointer.resolve(self._root, fault.schema_pointer)["not"].items()
        except (KeyError, TypeError, AttributeError, ValueError):
            return None
        if others or keyword not in {"anyOf", "oneOf"}:
            return None
        if len(branches) * self._size > _MOST_COMPILED:
            return [[replace(fault, keyword="anyOf", context=())]]
        below = pointer.resolve(instance, fault.pointer)
        found = []
        for number in range(len(branches)):
            inner = self._faults(pointer.join(fault.schema_pointer, "not", keyword, number), below)
            found.append([replace(each, pointer=fault.pointer + each.pointer) for each in inner])
        return found


def _can_hide_unions(root: Any) -> bool:
    """Return whether a double negation around a union changes nothing else.

    It would lose the annotations that ``unevaluated…`` reads, and move what a reference into a branch points at.
    """
    for place in walk(root):
        if isinstance(place.schema, dict):
            if place.schema.keys() & {"unevaluatedProperties", "unevaluatedItems", "$id", "$dynamicRef"}:
                return False
            reference = place.schema.get("$ref")
            if isinstance(reference, str) and ("/anyOf/" in reference or "/oneOf/" in reference):
                return False
    return isinstance(root, dict)


def _hide_unions(schema: dict[str, Any]) -> dict[str, Any]:
    unions = [{"not": {"not": {keyword: schema[keyword]}}} for keyword in ("anyOf", "oneOf") if keyword in schema]
    if not unions:
        return schema
    rest = {keyword: value for keyword, value in schema.items() if keyword not in {"anyOf", "oneOf"}}
    return rest | {"allOf": [*schema.get("allOf", []), *unions]}


def _best(branches: Sequence[Sequence[Fault]], union: Fault) -> list[Fault]:
    """Return what to say where no branch fits: the faults of the one that was meant, or one fault for all of them."""
    here = union.pointer
    wrong_type = [[each for each in branch if each.pointer == here and each.keyword == "type"] for branch in branches]
    live: list[Sequence[Fault]] = [branch for branch, faults in zip(branches, wrong_type, strict=True) if not faults]
    if not live:
        types = [name for faults in wrong_type for each in faults for name in each.detail["types"]]
        return [replace(wrong_type[0][0], detail={"types": list(dict.fromkeys(types))})]
    fewest = min(len(_tags(branch, here, {"const"})) for branch in live)
    live = [branch for branch in live if len(_tags(branch, here, {"const"})) == fewest]
    if len(live) > 1:
        tags = [_tags(branch, here, _KIND) for branch in live]
        for where in tags[0]:
            if all(where in each for each in tags):
                options = [_options(each[where]) for each in tags]
                if options[0] not in options[1:]:
                    detail = {"options": [option for each in options for option in each]}
                    return [replace(tags[0][where], keyword="enum", detail=detail)]
        if all(len(branch) == 1 and (branch[0].pointer, branch[0].keyword) == (here, "required") for branch in live):
            names = [name for branch in live for name in missing(branch[0])]
            return [replace(live[0][0], detail={"any_of": list(dict.fromkeys(names))})]
    best: Sequence[Fault] = min(live, key=lambda branch: _distance(branch, here))
    return list(best)


def _tags(branch: Sequence[Fault], here: str, keywords: Container[str]) -> dict[str, Fault]:
    """Return the faults by which an instance may tell that it is not of this branch, by pointer."""
    of_wrong_type = {each.pointer for each in branch if each.keyword == "type"}
    return {
        each.pointer: each
        for each in branch
        if each.keyword in keywords and _is_near(each.pointer, here) and each.pointer not in of_wrong_type
    }


def _distance(branch: Sequence[Fault], here: str) -> tuple[int, int, int]:
    """Return how far an instance is from a branch: by its tags, the number of faults, and how early they begin."""
    return len(_tags(branch, here, _KIND)), len(branch), -max(each.pointer.count("/") for each in branch)


def _is_near(where: str, here: str) -> bool:
    return where == here or where.rpartition("/")[0] == here


def _options(fault: Fault) -> list[Any]:
    return list(fault.detail["options"]) if fault.keyword == "enum" else [fault.detail["expected_value"]]


def missing(fault: Fault) -> list[str]:
    """Return the names that a fault of ``required`` misses: all of them, or one of them will do."""
    return list(fault.detail["any_of"]) if "any_of" in fault.detail else [fault.detail["property"]]


def _without_consequences(faults: Iterable[Fault], instance: Any) -> list[Fault]:
    by_place: dict[str, dict[tuple[str, str], Fault]] = {}
    for each in faults:
        by_place.setdefault(each.pointer, {}).setdefault((each.keyword, each.message), each)
    found = []
    for where, here in by_place.items():
        kept = list(here.values())
        # What has the wrong type has no right length either; an empty text has no right form.
        for keywords in ({"type"}, _KIND, {"minLength"} if pointer.resolve(instance, where) == "" else ()):
            telling = [each for each in kept if each.keyword in keywords]
            kept = telling[:1] or kept
        found.extend(kept)
    return [each for fault in found for each in _still_unexpected(fault, by_place)]


def _still_unexpected(fault: Fault, by_place: Iterable[str]) -> Iterator[Fault]:
    """Yield *fault*; of unevaluated members only those that have no fault of their own, which left them unevaluated."""
    if fault.keyword not in {"unevaluatedProperties", "unevaluatedItems"}:
        yield fault
        return
    names = [
        name
        for name in fault.detail.get("unexpected", [])
        if not any(f"{where}/".startswith(pointer.join(fault.pointer, name) + "/") for where in by_place)
    ]
    if names:
        yield replace(fault, detail={"unexpected": names})


def _too_deep() -> Fault:
    return Fault(pointer="", keyword="depth", schema_pointer="", message="is nested too deep to say where it is wrong")


def _depth(value: Any) -> int:
    depth, level = 0, [value]
    while level:
        level = [
            member
            for item in level
            if isinstance(item, (list, dict))
            for member in (item.values() if isinstance(item, dict) else item)
        ]
        depth += 1
    return depth
