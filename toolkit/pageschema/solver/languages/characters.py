"""Sets of code points, and alphabets: code points sorted into the few symbols that an automaton tells apart.

A string is a sequence of Unicode scalar values; a lone surrogate is in no set, because no validator can be asked of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TypeAlias

Ranges: TypeAlias = tuple[tuple[int, int], ...]
"""A set: inclusive ranges, ascending, as few as can be."""

LAST = 0x10FFFF
SURROGATES = (0xD800, 0xDFFF)
EVERYTHING: Ranges = ((0, SURROGATES[0] - 1), (SURROGATES[1] + 1, LAST))

FRIENDLY = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -_.,:;/@#+*=%&$!?'\"()[]{}<>|^~`\\"
"""Printable ASCII, in the order in which people would rather read it."""
_RANK = {character: rank for rank, character in enumerate(FRIENDLY)}
_PLAIN, _FOREIGN, _AWKWARD, _LINE_END = range(4)


def ranges(pairs: Iterable[tuple[int, int]]) -> Ranges:
    """Return the set of all code points in *pairs*, which may overlap and come in any order."""
    found: list[tuple[int, int]] = []
    for low, high in sorted(pairs):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    below = ((low, min(high, SURROGATES[0] - 1)) for low, high in found)
    above = ((max(low, SURROGATES[1] + 1), high) for low, high in found)
    return tuple((low, high) for low, high in (*below, *above) if low <= high)


def union(sets: Iterable[Ranges]) -> Ranges:
    """Return what is in any of *sets*."""
    return ranges(pair for one in sets for pair in one)


def invert(one: Ranges) -> Ranges:
    """Return what is not in *one*."""
    bounds = [-1, *(bound for low, high in one for bound in (low - 1, high)), LAST]
    return ranges((low + 1, high) for low, high in zip(bounds[::2], bounds[1::2], strict=True) if low < high)


@dataclass(frozen=True, eq=False, kw_only=True)
class Alphabet:
    """Symbols 0 to `size` - 1; run number i begins at `starts[i]` and consists of `symbols[i]`, -1 being surrogates."""

    starts: tuple[int, ...]
    symbols: tuple[int, ...]
    size: int

    @property
    def all(self) -> int:
        """The mask of all symbols; a mask has the bit ``1 << symbol`` for each symbol that it holds."""
        return (1 << self.size) - 1

    def bit(self, character: str) -> int:
        """Return the mask of the symbol of *character*; 0 for a surrogate."""
        symbol = self.symbols[bisect_right(self.starts, ord(character)) - 1]
        return 0 if symbol < 0 else 1 << symbol

    @cached_property
    def _weights(self) -> tuple[int, ...]:
        weights = [0] * self.size
        for (low, symbol), (after, _) in pairwise((*zip(self.starts, self.symbols, strict=True), (LAST + 1, -1))):
            if symbol >= 0:
                weights[symbol] += after - low
        return tuple(weights)

    def weight(self, mask: int) -> int:
        """Return how many code points the symbols of *mask* stand for."""
        return sum(weight for symbol, weight in enumerate(self._weights) if mask >> symbol & 1)

    @cached_property
    def _friendly(self) -> tuple[tuple[str, int], ...]:
        return tuple((character, self.bit(character)) for character in FRIENDLY)

    def characters(self, mask: int) -> Iterator[tuple[str, int]]:
        """Yield the characters of *mask*, friendliest first (the order of `friendliness`), with their own masks."""
        for character, bit in self._friendly:
            if bit & mask:
                yield character, bit
        for wanted in (_FOREIGN, _AWKWARD, _LINE_END):
            for index, symbol in enumerate(self.symbols):
                if symbol >= 0 and mask >> symbol & 1:
                    last = self.starts[index + 1] if index + 1 < len(self.starts) else LAST + 1
                    for character in map(chr, range(self.starts[index], last)):
                        if _tier(character) == wanted:
                            yield character, 1 << symbol


def friendliness(text: str) -> list[tuple[int, int]]:
    """Return the key by which texts of one length are ordered: letters, digits, punctuation, what few people can read.

    A newline comes last: before the end of a text, Python's ``$`` does not see it.
    """
    return [(_tier(character), _RANK.get(character, ord(character))) for character in text]


def _tier(character: str) -> int:
    if character in _RANK:
        return _PLAIN
    if character == "\n":
        return _LINE_END
    return _FOREIGN if character.isprintable() else _AWKWARD


def alphabet_of(sets: Sequence[Ranges]) -> tuple[Alphabet, list[int]]:
    """Return the coarsest alphabet that tells *sets* apart, and the mask of each."""
    turns: dict[int, int] = {0: 0, SURROGATES[0]: 0, SURROGATES[1] + 1: 0}
    for index, one in enumerate(sets):
        for low, high in one:
            turns[low] = turns.get(low, 0) ^ 1 << index
            turns[high + 1] = turns.get(high + 1, 0) ^ 1 << index
    turns.pop(LAST + 1, None)
    numbers: dict[int, int] = {}
    starts: list[int] = []
    symbols: list[int] = []
    inside = 0
    for start in sorted(turns):
        inside ^= turns[start]
        symbol = -1 if start == SURROGATES[0] else numbers.setdefault(inside, len(numbers))
        if not symbols or symbols[-1] != symbol:
            starts.append(start)
            symbols.append(symbol)
    masks = [0] * len(sets)
    for inside, symbol in numbers.items():
        for index in bits(inside):
            masks[index] |= 1 << symbol
    return Alphabet(starts=tuple(starts), symbols=tuple(symbols), size=len(numbers)), masks


@lru_cache(maxsize=512)
def joint(one: Alphabet, other: Alphabet) -> tuple[Alphabet, tuple[int, ...], tuple[int, ...]]:
    """Return an alphabet as fine as both, and for each symbol of either the mask of what it is there."""
    if one is other:
        same = tuple(1 << symbol for symbol in range(one.size))
        return one, same, same
    numbers: dict[tuple[int, int], int] = {}
    starts: list[int] = []
    symbols: list[int] = []
    here = there = 0
    for start in sorted({*one.starts, *other.starts}):
        while here + 1 < len(one.starts) and one.starts[here + 1] <= start:
            here += 1
        while there + 1 < len(other.starts) and other.starts[there + 1] <= start:
            there += 1
        pair = (one.symbols[here], other.symbols[there])
        symbol = -1 if pair[0] < 0 else numbers.setdefault(pair, len(numbers))
        if not symbols or symbols[-1] != symbol:
            starts.append(start)
            symbols.append(symbol)
    left, right = [0] * one.size, [0] * other.size
    for (first, second), symbol in numbers.items():
        left[first] |= 1 << symbol
        right[second] |= 1 << symbol
    return Alphabet(starts=tuple(starts), symbols=tuple(symbols), size=len(numbers)), tuple(left), tuple(right)


def bits(mask: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set in *mask*."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
