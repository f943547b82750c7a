"""Deterministic automata over symbols, built state by state and only where a state can be reached."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from pageschema.solver.languages.characters import Alphabet, alphabet_of, bits, joint
from pageschema.solver.languages.effort import Effort

State = TypeVar("State", bound=Hashable)
Edges = Sequence[tuple[int, State]]
Value = TypeVar("Value", bound=Hashable)


class Orbit(Generic[Value]):
    """The values `start`, `step(start)`, and so on; once one comes up again, the rest is known.

    `step` may raise, and then so does whoever asks for a value beyond.
    """

    def __init__(self, start: Value, step: Callable[[Value], Value]) -> None:
        self._step = step
        self._values = [start]
        self._first = {start: 0}
        self._period = 0

    def at(self, turn: int) -> Value:
        """Return the value after *turn* steps."""
        while turn >= len(self._values) and not self._period:
            value = self._step(self._values[-1])
            if value in self._first:
                self._period = len(self._values) - self._first[value]
            else:
                self._first[value] = len(self._values)
                self._values.append(value)
        if turn < len(self._values):
            return self._values[turn]
        loop = len(self._values) - self._period
        return self._values[loop + (turn - loop) % self._period]

    @property
    def turns(self) -> int | None:
        """After how many steps nothing new comes, once that is known."""
        return len(self._values) if self._period else None


@dataclass(frozen=True, eq=False, kw_only=True)
class Automaton:
    """State 0 is where it starts; bit i of `accepting` says whether state i accepts.

    `edges[i]` holds masks of symbols, no two of which meet, and where each leads. What no edge leads on with is
    refused. From every state, apart from state 0 of an automaton that accepts nothing, an accepting one is in reach.
    """

    alphabet: Alphabet
    edges: tuple[tuple[tuple[int, int], ...], ...]
    accepting: int

    @property
    def empty(self) -> bool:
        """Whether no string is accepted."""
        return not self.accepting

    def accepts(self, text: str) -> bool:
        """Return whether *text* is accepted."""
        state = 0
        for character in text:
            bit = self.alphabet.bit(character)
            state = next((target for mask, target in self.edges[state] if mask & bit), -1)
            if state < 0:
                return False
        return bool(self.accepting >> state & 1)

    @cached_property
    def cyclic(self) -> bool:
        """Whether there is a way back to some state, and so no longest string."""
        degrees = [0] * len(self.edges)
        for row in self.edges:
            for _, target in row:
                degrees[target] += 1
        free = [state for state, degree in enumerate(degrees) if not degree]
        for state in free:
            for _, target in self.edges[state]:
                degrees[target] -= 1
                if not degrees[target]:
                    free.append(target)
        return len(free) < len(self.edges)

    def forward(self, effort: Effort | None = None) -> Orbit[int]:
        """Return the sets of states in which it can be after 0, 1, 2, … characters, as bit masks."""
        return _orbit(1, [_union(target for _, target in row) for row in self.edges], effort)

    @cached_property
    def backward(self) -> Orbit[int]:
        """The sets of states that can accept after exactly 0, 1, 2, … characters more."""
        before = [0] * len(self.edges)
        for state, row in enumerate(self.edges):
            for _, target in row:
                before[target] |= 1 << state
        return _orbit(self.accepting, before, None)


def _orbit(start: int, neighbours: Sequence[int], effort: Effort | None) -> Orbit[int]:
    def step(states: int) -> int:
        found = 0
        for state in bits(states):
            found |= neighbours[state]
        if effort is not None:
            effort.spend(1 + states.bit_count())
        return found

    return Orbit(start, step)


def _union(states: Iterable[int]) -> int:
    found = 0
    for state in states:
        found |= 1 << state
    return found


def build(
    alphabet: Alphabet, start: State, look: Callable[[State], tuple[bool, Edges[State]]], effort: Effort
) -> Automaton:
    """Return the automaton of the states that can be reached from *start* and can reach acceptance.

    Args:
        alphabet: What the masks are over.
        start: The first state.
        look: Tells whether a state accepts, and its edges.
        effort: Is spent with each edge.

    Raises:
        TooLarge: The effort is spent.
    """
    numbers = {start: 0}
    states = [start]
    table: list[tuple[bool, dict[int, int]]] = []
    for state in states:
        accepts, edges = look(state)
        row: dict[int, int] = {}
        for mask, target in edges:
            effort.spend()
            number = numbers.setdefault(target, len(states))
            if number == len(states):
                states.append(target)
            row[number] = row.get(number, 0) | mask
        table.append((accepts, row))
    return _trimmed(alphabet, table)


def product(one: Automaton, other: Automaton, *, without: bool, effort: Effort) -> Automaton:
    """Return the automaton of what *one* accepts and *other* accepts too, or, where *without*, does not accept.

    Raises:
        TooLarge: The effort is spent.
    """
    alphabet, left, right = joint(one.alphabet, other.alphabet)
    mine, others = _translator(left), _translator(right)

    def look(state: tuple[int, int]) -> tuple[bool, Edges[tuple[int, int]]]:
        here, there = state
        accepts = bool(one.accepting >> here & 1)
        if there < 0:
            return accepts, [(mine(mask), (target, -1)) for mask, target in one.edges[here]]
        edges = []
        beside = [(others(mask), target) for mask, target in other.edges[there]]
        effort.spend(len(beside))
        for narrow, target in one.edges[here]:
            mask = mine(narrow)
            for wide, partner in beside:
                if common := mask & wide:
                    edges.append((common, (target, partner)))
                    mask ^= common
            if without and mask:
                edges.append((mask, (target, -1)))
        return accepts and bool(other.accepting >> there & 1) != without, edges

    return build(alphabet, (0, 0), look, effort)


def _translator(images: Sequence[int]) -> Callable[[int], int]:
    known: dict[int, int] = {}

    def translate(mask: int) -> int:
        if mask not in known:
            found = 0
            for symbol in bits(mask):
                found |= images[symbol]
            known[mask] = found
        return known[mask]

    return translate


def _trimmed(alphabet: Alphabet, table: Sequence[tuple[bool, dict[int, int]]]) -> Automaton:
    before: list[list[int]] = [[] for _ in table]
    for state, (_, row) in enumerate(table):
        for target in row:
            before[target].append(state)
    alive = [accepts for accepts, _ in table]
    queue = [state for state, accepts in enumerate(alive) if accepts]
    for state in queue:
        for source in before[state]:
            if not alive[source]:
                alive[source] = True
                queue.append(source)
    alive[0] = True
    kept = [state for state, lives in enumerate(alive) if lives]
    numbers = {state: number for number, state in enumerate(kept)}
    return Automaton(
        alphabet=alphabet,
        edges=tuple(
            tuple((mask, numbers[target]) for target, mask in table[state][1].items() if alive[target])
            for state in kept
        ),
        accepting=_union(number for state, number in numbers.items() if table[state][0]),
    )


def of_words(words: Iterable[str], effort: Effort) -> Automaton:
    """Return the automaton of exactly *words*, none of which has a lone surrogate.

    Raises:
        TooLarge: The effort is spent.
    """
    trie: list[dict[str, int]] = [{}]
    ends = set()
    for word in words:
        state = 0
        for character in word:
            effort.spend()
            state = trie[state].setdefault(character, len(trie))
            if state == len(trie):
                trie.append({})
        ends.add(state)
    letters = sorted({character for row in trie for character in row})
    alphabet, masks = alphabet_of([((ord(letter), ord(letter)),) for letter in letters])
    mask_of = dict(zip(letters, masks, strict=True))
    table = [
        (state in ends, {target: mask_of[letter] for letter, target in row.items()}) for state, row in enumerate(trie)
    ]
    return _trimmed(alphabet, table)
