"""Cheap tests for keywords that may leave nothing. A suspicion is no finding: the solver is asked next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil
from typing import Any

from pageschema import jsontext
from pageschema.linting.conjunction import Part
from pageschema.linting.kinds import kinds_of
from pageschema.linting.subject import Subject
from pageschema.schema import Place

_LONGEST = 1_000
_MOST_VALUES = 1_000


class Values:
    """The values of keywords, those of them that are of the right shape."""

    def __init__(self, found: Sequence[Part]) -> None:
        self._parts = found

    def of(self, *keywords: str) -> list[Any]:
        """Return the values of *keywords*."""
        return [part.value for part in self._parts if part.keyword in keywords]

    def numbers(self, *keywords: str) -> list[Fraction]:
        """Return the values of *keywords* that are numbers, exactly."""
        return [
            Fraction(str(value))
            for value in self.of(*keywords)
            if isinstance(value, (int, float)) and not isinstance(value, bool)
        ]

    def texts(self, *keywords: str) -> list[str]:
        """Return the values of *keywords* that are strings."""
        return [value for value in self.of(*keywords) if isinstance(value, str)]

    def lists(self, *keywords: str) -> list[list[Any]]:
        """Return the values of *keywords* that are lists."""
        return [value for value in self.of(*keywords) if isinstance(value, list)]


def may_be_empty(subject: Subject, place: Place, found: Sequence[Part]) -> bool:
    """Return whether it is worth asking if *found*, the parts of *place*, leave nothing."""
    keywords = {part.keyword for part in found}
    values = Values(found)
    kinds = kinds_of(subject, place)
    return (
        not kinds
        or ("not" in keywords)
        or any(low > high for low, high in _bounds(values))
        or _between_is_nothing(values, whole="number" not in kinds)
        or _no_text(values)
        or _no_value(values)
        or _no_array(subject, values, found)
        or _no_object(subject, place, values, found)
    )


def _bounds(values: Values) -> Iterator[tuple[Fraction, Fraction]]:
    for low, high in (
        (("minLength",), ("maxLength",)),
        (("minItems",), ("maxItems",)),
        (("minProperties",), ("maxProperties",)),
        (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")),
    ):
        lows, highs = values.numbers(*low), values.numbers(*high)
        if lows and highs:
            yield max(lows), min(highs)
    needed, most = [len(names) for names in values.lists("required")], values.numbers("maxProperties")
    if needed and most:
        yield Fraction(max(needed)), min(most)


def _between_is_nothing(values: Values, *, whole: bool) -> bool:
    lows, highs = values.numbers("minimum", "exclusiveMinimum"), values.numbers("maximum", "exclusiveMaximum")
    if not lows or not highs:
        return False
    low, high = max(lows), min(highs)
    is_low_out, is_high_out = low in values.numbers("exclusiveMinimum"), high in values.numbers("exclusiveMaximum")
    if low == high and (is_low_out or is_high_out):
        return True
    steps = [step for step in values.numbers("multipleOf") if step > 0] + ([Fraction(1)] if whole else [])
    for step in steps:
        first = ceil(low / step) * step
        if first == low and is_low_out:
            first += step
        if first > high or (first == high and is_high_out):
            return True
    return False


def _no_text(values: Values) -> bool:
    """Whether no text has the lengths and matches the patterns; one pattern alone is taken to match something."""
    patterns = values.texts("pattern")
    lows, highs = values.numbers("minLength"), values.numbers("maxLength")
    if not patterns or not (len(patterns) > 1 or lows or highs) or any(len(each) > _LONGEST for each in patterns):
        return False
    from pageschema.solver.languages import region

    low, high = max(map(int, lows), default=0), min(map(int, highs), default=None)
    if low < 0 or (high is not None and high < low):
        return False
    left = region(patterns, (), low=low, high=high)
    return left is not None and left.empty


def _no_value(values: Values) -> bool:
    """Whether each value that is listed is refused by something else."""
    listed = values.lists("enum") + [[value] for value in values.of("const")]
    if not listed:
        return False
    fewest = min(listed, key=len)
    if len(listed) > 1:
        common = set.intersection(*({jsontext.canonical(value) for value in each} for each in listed))
        fewest = [value for value in fewest if jsontext.canonical(value) in common]
    return all(_is_refused(value, values) for value in fewest[:_MOST_VALUES])


def _is_refused(value: Any, values: Values) -> bool:
    if isinstance(value, str):
        return (
            any(len(value) < low for low in values.numbers("minLength"))
            or any(len(value) > high for high in values.numbers("maxLength"))
            or any(_misses(pattern, value) for pattern in values.texts("pattern"))
        )
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        exact = Fraction(str(value))
        return (
            any(exact < low for low in values.numbers("minimum"))
            or any(exact > high for high in values.numbers("maximum"))
            or any(exact <= low for low in values.numbers("exclusiveMinimum"))
            or any(exact >= high for high in values.numbers("exclusiveMaximum"))
            or any(step > 0 and exact % step for step in values.numbers("multipleOf"))
        )
    return False


def _misses(pattern: str, value: str) -> bool:
    try:
        return len(pattern) < _LONGEST and len(value) < _LONGEST and re.search(pattern, value) is None
    except (re.error, RecursionError, OverflowError):
        return False


def _no_array(subject: Subject, values: Values, found: Sequence[Part]) -> bool:
    least, most = max(values.numbers("minItems"), default=Fraction(0)), values.numbers("maxItems")
    if values.of("contains"):
        return bool(values.of("items")) or any(high < 1 for high in most) or _too_many_contained(found)
    for part in found:
        if part.keyword != "items":
            continue
        if part.value is False and least > len(part.schema.get("prefixItems", ())):
            return True
        child = subject.by_pointer.get(part.pointer)
        if least > 1 and True in values.of("uniqueItems") and child is not None:
            return _choices(subject, child) < least
    return False


def _too_many_contained(found: Sequence[Part]) -> bool:
    for part in found:
        if part.keyword == "contains":
            low, high = part.schema.get("minContains", 1), part.schema.get("maxContains")
            if isinstance(low, int) and ((isinstance(high, int) and low > high) or low > 1):
                return True
    return False


def _choices(subject: Subject, place: Place) -> float:
    """Return how many values *place* leaves at most, as far as that is seen at once."""
    fewest = float("inf")
    for member in subject.all_of(place).places:
        if isinstance(member.schema, dict):
            fewest = min(fewest, 1 if "const" in member.schema else fewest)
            values = member.schema.get("enum")
            fewest = min(fewest, len(values) if isinstance(values, list) else fewest)
    kinds = kinds_of(subject, place)
    if kinds <= {"boolean", "null"}:
        fewest = min(fewest, 2 * ("boolean" in kinds) + ("null" in kinds))
    return fewest


def _no_object(subject: Subject, place: Place, values: Values, found: Sequence[Part]) -> bool:
    required = {name for names in values.lists("required") for name in names if isinstance(name, str)}
    if required and values.of("propertyNames"):
        return True
    declared: dict[str, list[Place]] = {}
    for member in subject.all_of(place).places:
        for child in subject.children_of(member):
            if child.is_property:
                declared.setdefault(str(child.key), []).append(child)
    for part in found:
        if part.keyword == "additionalProperties" and not part.schema["patternProperties"]:
            own = part.schema["properties"]
            if any(low > len(own) for low in values.numbers("minProperties")):
                return True
            if any(name in declared and name not in own for name in required):
                return True
    return any(_never_both(subject, declared[name]) for name in required if name in declared)


def _never_both(subject: Subject, children: list[Place]) -> bool:
    if any(child.schema is False for child in children):
        return True
    if len(children) < 2:
        return False
    kinds = [kinds_of(subject, child) for child in children]
    if not frozenset.intersection(*kinds):
        return True
    return any("const" in child.schema or "enum" in child.schema for child in children)
