"""What an automaton accepts within a window of lengths. A bound on the length costs no states that way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from pageschema.solver.languages.automaton import Automaton, Orbit, product
from pageschema.solver.languages.effort import Effort

Counts = tuple[tuple[int, int], ...]
"""How many strings lead to a state, by state."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Piece:
    """The strings of *automaton* of `low` to `high` characters; None is no bound."""

    automaton: Automaton = field(repr=False)
    low: int = 0
    high: int | None = None

    def holds_something(self, effort: Effort) -> bool:
        """Return whether there is any such string.

        Raises:
            TooLarge: The effort is spent.
        """
        if self.automaton.empty or (self.high is not None and self.high < self.low):
            return False
        if (self.low, self.high) == (0, None):
            return True
        return _next(self.automaton.forward(effort), self.automaton.accepting, self.low, self.high) is not None

    def accepts(self, text: str) -> bool:
        """Return whether *text* is one of the strings."""
        return self.low <= len(text) and (self.high is None or len(text) <= self.high) and self.automaton.accepts(text)

    @cached_property
    def _forward(self) -> Orbit[int]:
        return self.automaton.forward()

    def length_from(self, low: int) -> int | None:
        """Return the least length, *low* or more, of such a string, or None where there is none."""
        return _next(self._forward, self.automaton.accepting, max(low, self.low), self.high)

    @property
    def longest(self) -> int | None:
        """The greatest length of such a string, of which there is one; None where there is no greatest."""
        if self.high is None:
            return None if self.automaton.cyclic else self._last(len(self.automaton.edges))
        return self._last(self.high if self.automaton.cyclic else min(self.high, len(self.automaton.edges)))

    def _last(self, high: int) -> int:
        forward, accepting = self._forward, self.automaton.accepting
        return next(length for length in range(high, self.low - 1, -1) if forward.at(length) & accepting)

    def count(self, limit: int) -> int:
        """Return how many such strings there are, *limit* if there are more."""
        if self.high is None and self.automaton.cyclic:
            return limit
        edges, weigh = self.automaton.edges, self.automaton.alphabet.weight
        weights = [[(target, weigh(mask)) for mask, target in row] for row in edges]

        def step(counts: Counts) -> Counts:
            found: dict[int, int] = {}
            for state, count in counts:
                for target, weight in weights[state]:
                    found[target] = min(limit, found.get(target, 0) + count * weight)
            return tuple(sorted(found.items()))

        orbit: Orbit[Counts] = Orbit(((0, 1),), step)
        total, length = 0, self.low
        while (self.high is None or length <= self.high) and total < limit and (counts := orbit.at(length)):
            here = sum(count for state, count in counts if self.automaton.accepting >> state & 1)
            if not here and self.length_from(length) is None:
                break
            total += here
            length += 1
        return min(total, limit)

    def spell(self, length: int) -> Iterator[str]:
        """Yield the strings of *length* characters in order of `characters.friendliness`."""
        ahead = self.automaton.backward
        if length == 0:
            if self.automaton.accepting & 1:
                yield ""
            return
        letters: list[str] = []
        ways = [self._ways(0, ahead.at(length - 1))]
        while ways:
            letter, state = next(ways[-1], ("", -1))
            if state < 0:
                ways.pop()
                if letters:
                    letters.pop()
            elif len(ways) == length:
                yield "".join(letters) + letter
            else:
                letters.append(letter)
                ways.append(self._ways(state, ahead.at(length - len(ways) - 1)))

    def _ways(self, state: int, wanted: int) -> Iterator[tuple[str, int]]:
        row = [(mask, target) for mask, target in self.automaton.edges[state] if wanted >> target & 1]
        every = 0
        for mask, _ in row:
            every |= mask
        for letter, bit in self.automaton.alphabet.characters(every):
            yield letter, next(target for mask, target in row if mask & bit)


def _next(forward: Orbit[int], accepting: int, low: int, high: int | None) -> int | None:
    length = low
    while high is None or length <= high:
        states = forward.at(length)
        if states & accepting:
            return length
        if not states or (forward.turns is not None and length > low + forward.turns):
            return None
        length += 1
    return None


def intersection(one: Piece, other: Piece, effort: Effort) -> Piece:
    """Return what both hold.

    Raises:
        TooLarge: The effort is spent.
    """
    low, high = max(one.low, other.low), _least(one.high, other.high)
    if high is not None and high < low:
        return Piece(automaton=one.automaton, low=low, high=high)
    return Piece(automaton=_product(one.automaton, other.automaton, effort, without=False), low=low, high=high)


def difference(one: Piece, other: Piece, effort: Effort) -> list[Piece]:
    """Return what *one* holds and *other* does not, in pieces that have nothing in common.

    Raises:
        TooLarge: The effort is spent.
    """
    low, high = max(one.low, other.low), _least(one.high, other.high)
    if high is not None and high < low:
        return [one]
    within = _product(one.automaton, other.automaton, effort, without=True)
    pieces = [Piece(automaton=within, low=low, high=high)]
    if one.low < low:
        pieces.append(Piece(automaton=one.automaton, low=one.low, high=low - 1))
    if high is not None and high != one.high:
        pieces.append(Piece(automaton=one.automaton, low=high + 1, high=one.high))
    return pieces


def _product(one: Automaton, other: Automaton, effort: Effort, *, without: bool) -> Automaton:
    return product(one, other, without=without, effort=effort)


def _least(one: int | None, other: int | None) -> int | None:
    return one if other is None else other if one is None else min(one, other)
