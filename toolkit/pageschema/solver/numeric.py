"""Numbers within bounds, exactly: a float stands for its shortest decimal, as it is written in JSON."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from itertools import islice
from typing import Any

from jsonschema_rs import canonical as views

from pageschema.solver.outcome import EMPTY, Candidate, Outcome, distinct

TRIES = 64


def integers(view: views.IntegerView | None, want: int) -> Outcome:
    """Return integers of *view*, those nearest to zero first; None is any integer."""
    if view is None:
        return _outcome(map(Fraction, (0, 1, -1, *range(2, want))), want, exhausted=False)
    low, high = _exact(view.minimum), _exact(view.maximum)
    return _multiples(
        low, high, step=_lcm([Fraction(1), *map(_fraction, view.multiple_of)]), barred=view.not_multiple_of, want=want
    )


def reals(view: views.NumberView | None, want: int) -> Outcome:
    """Return numbers of *view*, plain ones first; None is any number."""
    if view is None:
        return _outcome(map(Fraction, (0, 1, "1/2", -1, *range(2, want))), want, exhausted=False)
    low, high = _exact(view.minimum), _exact(view.maximum)

    def inside(number: Fraction) -> bool:
        above = low is None or number > low or (number == low and not view.exclusive_minimum)
        below = high is None or number < high or (number == high and not view.exclusive_maximum)
        return (
            above
            and below
            and not (view.excludes_integers and number.denominator == 1)
            and not any(_divides(step, number) for step in view.not_multiple_of)
        )

    if view.multiple_of:
        barred = [*view.not_multiple_of, *([1] if view.excludes_integers else [])]
        found = _multiples(low, high, step=_lcm(list(map(_fraction, view.multiple_of))), barred=barred, want=TRIES)
        kept = [c for c in found.candidates if inside(_fraction(c.value))]
        return Outcome(candidates=tuple(kept[:want]), exhausted=found.exhausted)
    single = low is not None and low == high
    return _outcome((number for number in _spread(low, high) if inside(number)), want, exhausted=single)


def _spread(low: Fraction | None, high: Fraction | None) -> Iterator[Fraction]:
    """Yield numbers in and around an interval: zero and one, both ends, steps in from them, and what lies between."""
    yield from map(Fraction, (0, 1, -1))
    ends = [end for end in (low, high) if end is not None]
    yield from ends
    for end in ends:
        for step in ("1", "1/2", "1/10", "1/100", "1/1000"):
            yield from (end + Fraction(step), end - Fraction(step))
        yield from (Fraction(math.floor(end)), Fraction(math.ceil(end)))
    if low is not None and high is not None:
        for parts in (2, 4, 8, 16):
            yield from (low + (high - low) * Fraction(part, parts) for part in range(1, parts, 2))
    base = ends[0] if ends else Fraction(0)
    for step in ("1/2", "1/4", "3/10", "7/100", "1/1000"):
        yield from (base + Fraction(step), base - Fraction(step), Fraction(step))
    for whole in range(2, TRIES):
        yield from (base + whole, base - whole)


def _multiples(
    low: Fraction | None, high: Fraction | None, *, step: Fraction, barred: Iterable[Any], want: int
) -> Outcome:
    first = None if low is None else math.ceil(low / step)
    last = None if high is None else math.floor(high / step)
    barred = tuple(barred)
    if any(_divides(bar, step) for bar in barred):
        return EMPTY

    def outwards() -> Iterator[int]:
        start = 0
        if first is not None and first > 0:
            start = first
        elif last is not None and last < 0:
            start = last
        yield start
        for distance in range(1, TRIES):
            yield from (start + distance, start - distance)

    inside = (n for n in outwards() if (first is None or n >= first) and (last is None or n <= last))
    numbers = (n * step for n in inside)
    allowed = (number for number in numbers if not any(_divides(bar, number) for bar in barred))
    few = first is not None and last is not None and last - first < TRIES
    return _outcome(allowed, want, exhausted=few)


def _outcome(numbers: Iterable[Fraction], want: int, *, exhausted: bool) -> Outcome:
    found = list(islice(distinct(Candidate(value) for value in map(_plain, numbers) if value is not None), want + 1))
    complete = exhausted and len(found) <= want
    reason = "" if found or complete else "no number was found that a double holds"
    return Outcome(candidates=tuple(found[:want]), exhausted=complete, reason=reason)


def _plain(number: Fraction) -> int | float | None:
    """Return *number* as JSON writes it, or None where no double has it as its shortest decimal."""
    if number.denominator == 1:
        return int(number)
    try:
        value = float(number)
    except OverflowError:
        return None
    return value if _fraction(value) == number else None


def _fraction(number: Any) -> Fraction:
    return Fraction(Decimal(repr(number))) if isinstance(number, float) else Fraction(number)


def _exact(bound: Any) -> Fraction | None:
    return None if bound is None else _fraction(bound)


def _divides(step: Any, number: Fraction) -> bool:
    return (number / _fraction(step)).denominator == 1


def _lcm(steps: list[Fraction]) -> Fraction:
    def two(one: Fraction, other: Fraction) -> Fraction:
        return Fraction(
            math.lcm(one.numerator * other.denominator, other.numerator * one.denominator),
            one.denominator * other.denominator,
        )

    return reduce(two, steps)
