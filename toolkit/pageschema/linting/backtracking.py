r"""Patterns on which an engine that backtracks runs away: a loop that can match one text in two ways.

The pattern becomes an automaton with one state for each character class in it (Glushkov's). A loop in it is exponential
where it can be left and entered again on one text by two ways: found in the product of the loop with itself.

Source: Weber and Seidl, On the degree of ambiguity of finite automata (1991), criterion EDA.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations, product

from pageschema.linting.graph import shape

LARGEST = 120
"""States, and successors of pairs of states, past which nothing is said."""
MOST_PAIRS = 100_000

_READ = 2_000
"""Characters in which choices of single characters are looked for: each opening group looks ahead to the end."""
_COPIES = 8
_MANY = 16
_LOOP = re.compile(r"\)(?:[*+]|\{\d+,)")
_ATOM = r"(?:\\.|\[\^?(?:\\.|[^\]\\])+\]|[^\\\[\](){}|*+?^$])"
_SINGLES = re.compile(rf"\((?:\?:)?({_ATOM}(?:\|{_ATOM})+)\)(?:[*+]|\{{\d+,\}})(?=[^?]|\?.)")
Ranges = tuple[tuple[int, int], ...]


def runs_away(pattern: str) -> bool:
    """Return whether *pattern* is proven to take a backtracking engine exponential time on some text."""
    if not _LOOP.search(pattern):
        return False  # no loop around a group
    from pageschema.solver.languages.parser import Unreadable, parse

    try:
        if any(_overlap(parse(one)[0], parse(other)[0]) for one, other in _single_choices(pattern)):
            return True
        automaton = _Automaton()
        ends = automaton.add(parse(pattern)[0])
    except (Unreadable, _TooLarge):
        return False
    return any(_is_ambiguous(automaton, loop) for loop in automaton.loops() if automaton.fails or not loop & ends.last)


def _single_choices(pattern: str) -> Iterator[tuple[str, str]]:
    """Yield pairs of single characters or classes that a loop chooses from; the parser makes one class of them."""
    for match in _SINGLES.finditer(pattern[:_READ]):
        yield from combinations(re.findall(_ATOM, match[1]), 2)


def _overlap(one: object, other: object) -> bool:
    ranges = getattr(one, "ranges", ()), getattr(other, "ranges", ())
    return _meet(*ranges)


def _meet(one: Ranges, other: Ranges) -> bool:
    at = 0
    for low, high in one:
        while at < len(other) and other[at][1] < low:
            at += 1
        if at < len(other) and other[at][0] <= high:
            return True
    return False


class _TooLarge(Exception):
    """The automaton has too many states."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ends:
    """The states that a part begins and ends in, and whether it may match nothing."""

    first: frozenset[int] = frozenset()
    last: frozenset[int] = frozenset()
    nullable: bool = True


@dataclass(slots=True)
class _Automaton:
    """A state for each character class, and how many ways lead from one to the next."""

    ranges: list[Ranges] = field(default_factory=list)
    ways: Counter[tuple[int, int]] = field(default_factory=Counter)
    fails: bool = False
    """Whether something other than a character is asked for, so that a text may be refused after any loop."""

    def add(self, term: object) -> _Ends:
        """Add the states of *term*."""
        from pageschema.solver.languages.terms import Chars, Choice, Repeat, Sequence

        match term:
            case Chars(ranges=ranges):
                if len(self.ranges) >= LARGEST:
                    raise _TooLarge
                self.ranges.append(ranges)
                here = frozenset({len(self.ranges) - 1})
                return _Ends(first=here, last=here, nullable=False)
            case Sequence(parts=parts):
                ends = _Ends()
                for part in parts:
                    ends = self._then(ends, self.add(part))
                return ends
            case Choice(branches=branches):
                each = [self.add(branch) for branch in branches]
                return _Ends(
                    first=frozenset().union(*(ends.first for ends in each)),
                    last=frozenset().union(*(ends.last for ends in each)),
                    nullable=any(ends.nullable for ends in each),
                )
            case Repeat(body=body, low=low, high=high):
                return self._repeat(body, low, high)
        self.fails = True
        return _Ends()

    def _repeat(self, body: object, low: int, high: int | None) -> _Ends:
        if high is None or high - low >= _MANY:
            ends = _Ends()
            for _ in range(min(low, 2) - 1):
                ends = self._then(ends, self.add(body))
            turn = self.add(body)
            self.ways.update(product(turn.last, turn.first))
            return self._then(ends, _Ends(first=turn.first, last=turn.last, nullable=turn.nullable or low == 0))
        copies = min(high, _COPIES)
        needed = copies if low == high else min(low, copies - 1)
        ends = _Ends()
        for index in range(copies):
            turn = self.add(body)
            optional = turn.nullable or index >= needed
            ends = self._then(ends, _Ends(first=turn.first, last=turn.last, nullable=optional))
        return ends

    def _then(self, one: _Ends, other: _Ends) -> _Ends:
        self.ways.update(product(one.last, other.first))
        return _Ends(
            first=one.first | other.first if one.nullable else one.first,
            last=one.last | other.last if other.nullable else other.last,
            nullable=one.nullable and other.nullable,
        )

    def loops(self) -> tuple[frozenset[int], ...]:
        """Return the sets of states that lead back to themselves."""
        edges: dict[str, list[str]] = {str(state): [] for state in range(len(self.ranges))}
        for one, other in self.ways:
            edges[str(one)].append(str(other))
        return tuple(frozenset(map(int, loop)) for loop in shape(edges).loops)


def _is_ambiguous(automaton: _Automaton, loop: frozenset[int]) -> bool:
    """Return whether one text leads through *loop*, from a state back to it, in two ways."""
    following: dict[int, list[int]] = {state: [] for state in loop}
    for (one, other), ways in automaton.ways.items():
        if one in loop and other in loop:
            if ways > 1:
                return True
            following[one].append(other)
    ranges = automaton.ranges
    if not any(_meet(ranges[a], ranges[b]) for after in following.values() for a, b in combinations(after, 2)):
        return False
    edges: dict[str, list[str]] = {}
    pending: list[tuple[int, ...]] = [(state, state) for state in loop]
    steps = 0
    while pending:
        pair = pending.pop()
        if _name(pair) in edges:
            continue
        after = [both for both in product(*(following[state] for state in pair)) if _meet(*(ranges[s] for s in both))]
        steps += len(after)
        if steps > MOST_PAIRS:
            return False
        edges[_name(pair)] = [_name(both) for both in after]
        pending += after
    same = {_name((state, state)) for state in loop}
    return any(component & same and component - same for component in shape(edges).loops)


def _name(pair: tuple[int, ...]) -> str:
    return f"{pair[0]},{pair[1]}"
