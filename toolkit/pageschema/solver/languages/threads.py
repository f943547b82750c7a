"""From an expression to its automaton: the threads of a match that are under way, determinised as they come up.

A thread stands at a cell, which is a term still to be matched and what comes after it. What stands before the term, a
look-behind, is watched from the start of the string on and holds or does not. What must follow beside the thread, a
look-ahead, is a duty: a set of threads of its own, of which one must match in the end, or none may. So anchors, word
boundaries and look-around cost states, but need no construction of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from pageschema.solver.languages.automaton import Automaton, build
from pageschema.solver.languages.characters import Alphabet, Ranges, alphabet_of
from pageschema.solver.languages.effort import Effort
from pageschema.solver.languages.terms import (
    ANY,
    NOTHING,
    Boundary,
    Chars,
    Choice,
    Edge,
    Look,
    Repeat,
    Sequence,
    Term,
    repeat,
    starts_at_start,
)

Threads: TypeAlias = "frozenset[tuple[int, frozenset[Duty]]]"


class Duty(NamedTuple):
    """Threads of which one must match in the end; or, where `holds` is false, none may."""

    holds: bool
    threads: Threads


class Place(NamedTuple):
    """Where in a string a step is made: what is before and after it, and which look-behinds match there."""

    before: int
    after: int
    seen: tuple[bool, ...]


class Ready(NamedTuple):
    """A way on from a cell: a character of `mask`, then the thread is at `cell`, with further `duties` from before it.

    `matched`: the end of the expression is here, before that character.
    """

    mask: int
    cell: int
    duties: frozenset[Duty]
    matched: bool = False


class Cell(NamedTuple):
    """`term`, `low` to `high` times if it is a repeat, then the cell `after`; `open`: all that may match nothing."""

    term: Term
    low: int
    high: int | None
    after: int
    open: bool


class State(NamedTuple):
    """A state of the automaton: the threads, the kind of the last character, the threads of each look-behind."""

    threads: Threads
    before: int
    watched: tuple[Threads, ...]


_NOWHERE, _OTHER, _WORD = range(3)
"""What a neighbour is: the end of the string, a character, a word character (told apart only where it matters)."""

_DONE, _HERE = 0, 1
"""Cells: matched, whatever follows; and matched up to here, for look-behinds."""

_NO_DUTIES: frozenset[Duty] = frozenset()
_MATCHED: Threads = frozenset({(_DONE, _NO_DUTIES)})
_ENTRIES = 4
"""Ways on from a cell, of which many make a step."""


def automaton_of(term: Term, word: Ranges, effort: Effort) -> Automaton:
    """Return the automaton of the strings in which *term* matches somewhere.

    Args:
        term: The expression.
        word: The word characters.
        effort: Is spent with every step of a thread.

    Raises:
        TooLarge: The effort is spent.
    """
    machine = _Machine(term, word, effort)
    return build(machine.alphabet, machine.start, machine.look, effort)


class _Machine:
    def __init__(self, term: Term, word: Ranges, effort: Effort) -> None:
        self._effort = effort
        terms = list(_walk(term))
        sets = list(dict.fromkeys(inner.ranges for inner in terms if isinstance(inner, Chars)))
        self._words = any(isinstance(inner, Boundary) for inner in terms)
        self.alphabet: Alphabet
        self.alphabet, masks = alphabet_of([*sets, ANY.ranges, *((word,) if self._words else ())])
        self._masks = dict(zip([*sets, ANY.ranges], masks, strict=False)) | {ANY.ranges: self.alphabet.all}
        self._word = masks[-1] if self._words else 0
        self._cells = [Cell(NOTHING, 0, None, 0, True)] * 2
        self._numbers: dict[tuple[Term, int, int | None, int], int] = {}
        self._known: dict[tuple[int, Place], list[Ready]] = {}
        anything = repeat(ANY, 0, None)
        behind = [inner for inner in terms if isinstance(inner, Look) and inner.behind]
        self._behind = {inner: index for index, inner in enumerate(behind)}
        first = self._cell(term, _DONE)
        self.start = State(
            threads=frozenset({(first if starts_at_start(term) else self._cell(anything, first), _NO_DUTIES)}),
            before=_NOWHERE,
            watched=tuple(
                frozenset({(self._cell(anything, self._cell(inner.body, _HERE)), _NO_DUTIES)}) for inner in behind
            ),
        )

    def look(self, state: State) -> tuple[bool, list[tuple[int, State]]]:
        """Return whether *state* accepts, and its edges."""
        every = self.alphabet.all
        if state.threads == _MATCHED:
            return True, [(every, state)]
        edges = []
        for after, symbols in ((_OTHER, every & ~self._word), (_WORD, self._word)):
            if not symbols:
                continue
            place = self._place(state, after)
            for mask, threads in self._steps(state.threads, place, symbols):
                if threads == _MATCHED:
                    edges.append((mask, State(_MATCHED, _OTHER, ())))
                    continue
                for part in _parts(mask, {each for inner in state.watched for each in self._wanted(inner, place)}):
                    watched = tuple(self._advance(inner, place, part & -part) for inner in state.watched)
                    edges.append((part, State(threads, after, watched)))
        return self._accepts(state.threads, self._place(state, _NOWHERE)), edges

    def _place(self, state: State, after: int) -> Place:
        bare = Place(state.before, after, ())
        if not state.watched:
            return bare
        seen = tuple(
            any(ready.matched for cell, _ in threads for ready in self._expand(cell, bare)) for threads in state.watched
        )
        return Place(state.before, after, seen)

    def _steps(self, threads: Threads, place: Place, symbols: int) -> list[tuple[int, Threads]]:
        """Return what becomes of *threads* with each of *symbols*, unless nothing does."""
        found: dict[int, set[int]] = {}
        for cell, duties in threads:
            for ready in self._expand(cell, place):
                if duties or ready.duties:
                    parts = _parts(symbols, set(self._wanted(threads, place)))
                    stepped = ((part, self._advance(threads, place, part & -part)) for part in parts)
                    return [(part, target) for part, target in stepped if target]
                if mask := ready.mask & symbols:
                    found.setdefault(mask, set()).add(ready.cell)
        steps: list[tuple[int, set[int]]] = []
        for mask, cells in found.items():
            rest, split = mask, []
            for other, before in steps:
                if common := other & rest:
                    split.append((common, before | cells))
                    rest ^= common
                if alone := other & ~mask:
                    split.append((alone, before))
            steps = [*split, (rest, cells)] if rest else split
        return [(mask, _plain(cells)) for mask, cells in steps]

    def _wanted(self, threads: Threads, place: Place) -> Iterator[int]:
        """Yield the masks on which any step of *threads* depends."""
        for cell, duties in threads:
            for duty in duties:
                yield from self._wanted(duty.threads, place)
            for ready in self._expand(cell, place):
                yield ready.mask
                for duty in ready.duties:
                    yield from self._wanted(duty.threads, place)

    def _advance(self, threads: Threads, place: Place, bit: int) -> Threads:
        """Return what becomes of *threads* with a character of the symbol *bit*."""
        found = set()
        for cell, duties in threads:
            owed = self._owed(duties, place, bit) if duties else duties
            if owed is None:
                continue
            for ready in self._expand(cell, place):
                if ready.mask & bit:
                    more = self._owed(ready.duties, place, bit) if ready.duties else ready.duties
                    if more is not None:
                        found.add((ready.cell, owed | more))
        return _MATCHED if (_DONE, _NO_DUTIES) in found else frozenset(found)

    def _owed(self, duties: Iterable[Duty], place: Place, bit: int) -> frozenset[Duty] | None:
        """Return what is left of *duties* after a character, or None where one can no longer be met."""
        left = set()
        for duty in duties:
            threads = self._advance(duty.threads, place, bit)
            if threads and threads != _MATCHED:
                left.add(Duty(duty.holds, threads))
            elif bool(threads) != duty.holds:
                return None
        return frozenset(left)

    def _accepts(self, threads: Threads, place: Place) -> bool:
        """Return whether one of *threads* matches where the string ends."""
        return any(
            ready.matched and all(self._accepts(duty.threads, place) == duty.holds for duty in duties | ready.duties)
            for cell, duties in threads
            if self._cells[cell].open
            for ready in self._expand(cell, place)
        )

    def _expand(self, cell: int, place: Place) -> list[Ready]:
        """Return the ways on from *cell* that consume a character, or are done."""
        key = (cell, place)
        ways = self._known.get(key)
        if ways is None:
            ways = self._known[key] = self._ways(cell, place)
        self._effort.spend(1 + len(ways) // _ENTRIES)
        return ways

    def _ways(self, cell: int, place: Place) -> list[Ready]:
        found = []
        stack = [(cell, _NO_DUTIES)]
        seen = set()
        while stack:
            here = stack.pop()
            if here in seen:
                continue
            seen.add(here)
            cell, duties = here
            if cell in {_DONE, _HERE}:
                found.append(Ready(self.alphabet.all if cell == _DONE else 0, cell, duties, True))
                continue
            term, low, high, after, _ = self._cells[cell]
            if isinstance(term, Chars):
                found.append(Ready(self._masks[term.ranges], after, duties))
            elif isinstance(term, Repeat):
                if low == 0:
                    stack.append((after, duties))
                if high != 0:
                    less = None if high is None else high - 1
                    stack.append((self._cell(term.body, self._number(term, max(0, low - 1), less, after)), duties))
            elif isinstance(term, Sequence):
                for part in reversed(term.parts):
                    after = self._cell(part, after)
                stack.append((after, duties))
            elif isinstance(term, Choice):
                stack.extend((self._cell(branch, after), duties) for branch in term.branches)
            elif isinstance(term, Look) and not term.behind:
                duty = Duty(term.holds, frozenset({(self._cell(term.body, _DONE), _NO_DUTIES)}))
                stack.append((after, duties | {duty}))
            elif self._holds(term, place):
                stack.append((after, duties))
        self._effort.spend(len(seen))
        return found

    def _holds(self, term: Term, place: Place) -> bool:
        """Return whether an assertion holds at *place*."""
        if isinstance(term, Edge):
            return (place.after if term.end else place.before) == _NOWHERE
        if isinstance(term, Boundary):
            return ((place.before == _WORD) != (place.after == _WORD)) == term.holds
        return isinstance(term, Look) and place.seen[self._behind[term]] == term.holds

    def _cell(self, term: Term, after: int) -> int:
        if isinstance(term, Repeat):
            return self._number(term, term.low, term.high, after)
        return self._number(term, 0, None, after)

    def _number(self, term: Term, low: int, high: int | None, after: int) -> int:
        key = (term, low, high, after)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._cells)
            passes = term.nullable or (isinstance(term, Repeat) and (low == 0 or term.body.nullable))
            self._cells.append(Cell(term, low, high, after, passes and self._cells[after].open))
        return number


def _plain(cells: set[int]) -> Threads:
    return _MATCHED if _DONE in cells else frozenset((cell, _NO_DUTIES) for cell in cells)


def _parts(symbols: int, masks: Iterable[int]) -> list[int]:
    """Return *symbols* split into parts that each lie inside or outside every one of *masks*."""
    parts = [symbols]
    for mask in sorted(masks):
        parts = [part for one in parts for part in (one & mask, one & ~mask) if part]
    return parts


def _walk(term: Term) -> Iterator[Term]:
    yield term
    match term:
        case Sequence(parts=inner) | Choice(branches=inner):
            for part in inner:
                yield from _walk(part)
        case Repeat(body=body) | Look(body=body):
            yield from _walk(body)
