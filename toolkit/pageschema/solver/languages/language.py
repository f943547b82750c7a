"""Regular languages: what patterns, lengths and lists of strings allow, and all that can be decided about it."""

from __future__ import annotations

import heapq
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pageschema.solver.languages import automaton, parser, threads
from pageschema.solver.languages.characters import EVERYTHING, friendliness
from pageschema.solver.languages.effort import Effort, TooLarge
from pageschema.solver.languages.piece import Piece, difference, intersection
from pageschema.solver.languages.terms import ANY, Edge, Repeat, Term, repeat, sequence, width
from pageschema.solver.languages.terms import Sequence as Concatenation

STEPS = 40_000
"""How much work one language may take to build; about a fifth of a second."""

LONGEST = 100_000
"""Longer words are not spelled out."""


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """A set of strings of Unicode scalar values. Whatever would take too many steps is None.

    `pieces` have nothing in common, and none is empty.
    """

    pieces: tuple[Piece, ...]

    @classmethod
    def everything(cls) -> Language:
        """Return all strings."""
        return _EVERYTHING

    @classmethod
    def of_pattern(cls, pattern: str) -> Language | None:
        """Return the strings in which *pattern* matches somewhere, as the judge has it.

        Returns:
            None where that is no regular language (a back-reference), where it is not certain, or too large.
        """
        return _of_pattern(pattern)

    @classmethod
    def of_lengths(cls, low: int, high: int | None) -> Language | None:
        """Return the strings of *low* to *high* code points."""
        return _language([Piece(automaton=_ALL, low=low, high=high)], Effort(STEPS))

    @classmethod
    def of_words(cls, words: Iterable[str]) -> Language | None:
        """Return exactly *words*; None also where one has a lone surrogate."""
        return _of_words(frozenset(words))

    def intersect(self, other: Language) -> Language | None:
        """Return what both hold."""
        return _intersect(self, other)

    def without(self, other: Language) -> Language | None:
        """Return what is not in *other*."""
        return _without(self, other)

    @property
    def empty(self) -> bool:
        """Whether there is no word."""
        return not self.pieces

    @property
    def shortest(self) -> int | None:
        """The length of the shortest word, or None where there is no word."""
        return min((length for piece in self.pieces if (length := piece.length_from(0)) is not None), default=None)

    @property
    def longest(self) -> int | None:
        """The length of the longest word, or None where there is no word, or none is the longest."""
        lengths = [piece.longest for piece in self.pieces]
        return None if None in lengths else max((length for length in lengths if length is not None), default=None)

    def accepts(self, text: str) -> bool:
        """Return whether *text* is a word."""
        return any(piece.accepts(text) for piece in self.pieces)

    def count(self, limit: int) -> int:
        """Return how many words there are, *limit* if there are more."""
        total = 0
        for piece in self.pieces:
            if total < limit:
                total += piece.count(limit - total)
        return total

    def words(self, *, avoid: Collection[str] = ()) -> Iterator[str]:
        """Yield the words that are not in *avoid*, shortest first, of one length the friendliest first.

        Words of more than `LONGEST` characters are left out; `shortest` and `count` tell of them.
        """
        barred = frozenset(avoid)
        length = -1
        while True:
            lengths = [piece.length_from(length + 1) for piece in self.pieces]
            length = min((found for found in lengths if found is not None), default=LONGEST + 1)
            if length > LONGEST:
                return
            spelled = [piece.spell(length) for piece, at in zip(self.pieces, lengths, strict=True) if at == length]
            in_order = spelled[0] if len(spelled) == 1 else heapq.merge(*spelled, key=friendliness)
            yield from (word for word in in_order if word not in barred)


def region(
    positive: Sequence[str], negative: Sequence[str], *, low: int = 0, high: int | None = None, ecma: bool = False
) -> Language | None:
    """Return the strings of *low* to *high* code points in which each positive pattern matches and no negative one.

    Where those that can be read leave nothing, the others need not be read. Answers are remembered.

    Args:
        positive: Patterns that match somewhere.
        negative: Patterns that match nowhere.
        low: Least length.
        high: Greatest length.
        ecma: Read ``.`` and word boundaries as ECMA-262 does, not as the judge: see `is_disputed`.
    """
    found, complete = _region(tuple(dict.fromkeys(positive)), tuple(dict.fromkeys(negative)), low, high, ecma)
    return found if found is None or found.empty or complete else None


def enclosing(
    positive: Sequence[str], negative: Sequence[str], *, low: int = 0, high: int | None = None
) -> Language | None:
    """Return a language that holds all of the region, and more where a pattern cannot be read exactly."""
    return _region(tuple(dict.fromkeys(positive)), tuple(dict.fromkeys(negative)), low, high, False)[0]


def is_disputed(pattern: str) -> bool:
    r"""Return whether *pattern* may have a ``.``, ``\b`` or ``\B``, which ECMA-262 and the judge read differently."""
    outside = re.sub(r"\[(?:\\.|[^\]\\])*\]", "", re.sub(r"\\\\", "", pattern), flags=re.DOTALL)
    return bool(re.search(r"\\[bB]|(?<!\\)\.", outside))


@lru_cache(maxsize=512)
def _region(
    positive: tuple[str, ...],
    negative: tuple[str, ...],
    low: int,
    high: int | None,
    ecma: bool,  # noqa: FBT001
) -> tuple[Language | None, bool]:
    """Return what is known to hold the region, and whether it is exactly that."""
    found: Language | None = Language.of_lengths(low, high)
    complete = True
    for patterns, combine, wide in ((positive, _intersect, True), (negative, _without, False)):
        for pattern in patterns:
            if found is None or found.empty:
                return found, True
            language = _of_pattern(pattern, ecma)
            complete = complete and language is not None
            if language is None and wide:
                language = _of_pattern(pattern, ecma, True)
            combined = None if language is None else combine(found, language)
            complete = complete and combined is not None
            found = found if combined is None else combined
    return found, complete


@lru_cache(maxsize=512)
def _of_pattern(pattern: str, ecma: bool = False, wide: bool = False) -> Language | None:  # noqa: FBT001, FBT002
    effort = Effort(STEPS)
    try:
        term, word = parser.parse(pattern, ecma=ecma, wide=wide)
        term, low, high = _measured(term) or (term, 0, None)
        return _language([Piece(automaton=threads.automaton_of(term, word, effort), low=low, high=high)], effort)
    except (parser.Unreadable, TooLarge, RecursionError):
        return None


def _measured(term: Term) -> tuple[Term, int, int | None] | None:
    """Return *term* with its one bounded repeat made unbounded, and the bounds on the length that say the same.

    That goes where the whole string is matched, and all but the number of turns is of a fixed length, as in
    ``^[A-Z]{2}[0-9]{2}[A-Z0-9]{1,30}$``. Bounds on the length cost no states.
    """
    match term:
        case Concatenation(parts=(Edge(end=False), *inner, Edge(end=True))):
            loose = [part for part in inner if width(part) is None]
            fixed = sum(width(part) or 0 for part in inner)
        case _:
            return None
    match loose:
        case [Repeat(body=body, low=low, high=high) as counted] if turn := width(body):
            free = (repeat(body, 0, None) if part is counted else part for part in inner)
            longest = None if high is None else fixed + high * turn
            return sequence([Edge(end=False), *free, Edge(end=True)]), fixed + low * turn, longest
    return None


@lru_cache(maxsize=64)
def _of_words(words: frozenset[str]) -> Language | None:
    if any("\ud800" <= character <= "\udfff" for word in words for character in word):
        return None
    effort = Effort(STEPS)
    try:
        return _language([Piece(automaton=automaton.of_words(sorted(words), effort))], effort)
    except TooLarge:
        return None


@lru_cache(maxsize=256)
def _intersect(one: Language, other: Language) -> Language | None:
    if one is other or other is _EVERYTHING:
        return one
    effort = Effort(STEPS)
    try:
        return _language([intersection(a, b, effort) for a in one.pieces for b in other.pieces], effort)
    except TooLarge:
        return None


@lru_cache(maxsize=256)
def _without(one: Language, other: Language) -> Language | None:
    effort = Effort(STEPS)
    try:
        left = list(one.pieces)
        for refused in other.pieces:
            left = [part for piece in left for part in difference(piece, refused, effort)]
            left = [piece for piece in left if piece.holds_something(effort)]
        return _language(left, effort)
    except TooLarge:
        return None


def _language(pieces: Iterable[Piece], effort: Effort) -> Language | None:
    try:
        return Language(tuple(piece for piece in pieces if piece.holds_something(effort)))
    except TooLarge:
        return None


_ALL = threads.automaton_of(repeat(ANY, 0, None), EVERYTHING, Effort(STEPS))
_EVERYTHING = Language((Piece(automaton=_ALL),))
