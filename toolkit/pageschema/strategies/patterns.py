r"""Strings that a regular expression matches, as strategies of few choices.

`hypothesis.strategies.from_regex` makes a choice for each character, which is a tenth as fast, and reads the dialect of
Python. Here a repeated class of characters is one choice, and the expression is read as ECMA-262 has it: ``\d``,
``\w`` and ``\s`` are ASCII, ``$`` is the end of the text, a match may stand anywhere in it.
"""

from __future__ import annotations

import importlib
import re
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

from pageschema.strategies.seldom import up_to, with_seldom

PLAIN = "".join(map(chr, range(32, 127)))
UNIVERSE = PLAIN + "\t\n\rßéñÅŽжא中の€—\u00a0\u2028😀"
"""What a negated class and the dot choose from."""

_DIGITS = "0123456789"
_WORD = _DIGITS + "".join(map(chr, (*range(65, 91), *range(97, 123)))) + "_"
_SPACE = " \t\n\r\f\v\u00a0\u2028"
_LINE_ENDS = "\n\r\u2028\u2029"
_PROPERTIES = {
    "L": "A-Za-zÀ-ÖØ-öø-ÿЀ-ӿ一-龥", "Letter": "A-Za-zÀ-ÖØ-öø-ÿ", "Alphabetic": "A-Za-zÀ-ÖØ-öø-ÿ", "Lu": "A-ZÀ-ÖØ-Þ",
    "Ll": "a-zß-öø-ÿ", "N": "0-9²³¼", "Nd": "0-9\u0660-\u0669", "digit": "0-9", "P": "!-#%-*,-/:;?@_¡§",
    "S": "$+<=>^`|~€", "Sc": "$€£¥", "Z": " \u00a0", "Zs": " \u00a0",
}  # fmt: skip
_WIDEST = 512
_LONGEST = 200
_LONGEST_IN_FULL = 5_000
_SHORT = 12
"""Lengths up to so many more than the least are drawn often enough."""


@dataclass(frozen=True, slots=True)
class Chars:
    """Between `low` and `high` characters out of `alphabet`."""

    alphabet: str
    low: int = 1
    high: int | None = 1


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences, repeated from `low` to `high` times."""

    branches: tuple[tuple[Piece, ...], ...]
    low: int = 1
    high: int | None = 1


Piece = str | Chars | Choice


class _Unsupported(Exception):
    """The expression holds what is no regular language, or what Python's parser does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """Texts that an expression matches; unless `exact`, some are not, or not within the length asked for."""

    strategy: st.SearchStrategy[str]
    exact: bool


def matching(pattern: str, *, low: int = 0, high: int | None = None) -> Matching | None:
    """Return a strategy of texts that *pattern* matches, or None where it is beyond what can be read.

    Args:
        pattern: An ECMA-262 regular expression, matched anywhere in a text.
        low: Least length.
        high: Greatest length.
    """
    translated = _translate(pattern)
    try:
        parser: Any = importlib.import_module("re._parser")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = parser.parse(translated, re.ASCII)
            reader = _Reader()
            pieces = reader.sequence(list(tree), left=True, right=True)
    except (re.error, RecursionError, OverflowError):
        return None
    except _Unsupported:
        return Matching(strategy=st.from_regex(re.compile(translated, re.ASCII)), exact=False)
    pieces, fits = _fit(pieces, low, high)
    # Which characters have a property is not known here in full.
    return Matching(strategy=_strategy(pieces), exact=reader.exact and fits and r"\p{" not in pattern)


def text(low: int = 0, high: int | None = None, *, alphabet: str | None = None) -> st.SearchStrategy[str]:
    """Return texts of *low* to *high* characters, some of them as long as they may be.

    The bulk of a long one is the same few characters over and over: each drawn is a choice, and takes its time.
    """
    bulk = max(0, low - _LONGEST)
    top = None if high is None else high - bulk
    made = (
        st.text(min_size=low - bulk, max_size=top)
        if alphabet is None
        else st.text(alphabet, min_size=low - bulk, max_size=top)
    )
    filler = "x" if alphabet is None else alphabet[:1]
    if bulk:
        made = made.map(lambda drawn: drawn + filler * bulk)
    if high is None or not low + _SHORT < high <= _LONGEST_IN_FULL:
        return made
    longer = st.tuples(made, up_to(low, high)).map(lambda drawn: _stretched(*drawn, filler))
    return with_seldom(made, longer)


def _stretched(drawn: str, length: int, filler: str) -> str:
    body = drawn or filler
    return body * (length // len(body)) + body[: length % len(body)] if length > len(drawn) else drawn


class _Reader:
    """Turns the tree that Python's parser makes of an expression into pieces."""

    def __init__(self) -> None:
        self.exact = True

    def sequence(self, items: Sequence[Any], *, left: bool = False, right: bool = False) -> tuple[Piece, ...]:
        """Return the pieces of *items*; *left* and *right* tell whether other text may stand before and after."""
        items = list(items)
        if left and items and _is_anchor(items[0], "AT_BEGINNING"):
            left = not items.pop(0)
        if right and items and _is_anchor(items[-1], "AT_END"):
            right = not items.pop()
        if not items:
            return (_PADDING,) if left or right else ()
        pieces: list[Piece] = []
        last = len(items) - 1
        for index, item in enumerate(items):
            pieces += self._item(item, left=left and index == 0, right=right and index == last)
        return tuple(pieces)

    def _item(self, item: tuple[Any, Any], *, left: bool, right: bool) -> Iterable[Piece]:
        name, argument = str(item[0]), item[1]
        if name == "SUBPATTERN":
            return self.sequence(argument[-1], left=left, right=right)
        if name == "BRANCH":
            return (Choice(tuple(self.sequence(each, left=left, right=right) for each in argument[1])),)
        pieces = self._plain(name, argument)
        return (*(_PADDING,) * left, *pieces, *(_PADDING,) * right)

    def _plain(self, name: str, argument: Any) -> tuple[Piece, ...]:
        if name == "LITERAL":
            return (chr(argument),)
        if name in {"IN", "ANY", "NOT_LITERAL"}:
            return (Chars(_alphabet(name, argument)),)
        if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            low, high, body = argument
            return self._repeated(self.sequence(body), int(low), None if str(high) == "MAXREPEAT" else int(high))
        if name == "ATOMIC_GROUP":
            return self.sequence(argument)
        if name in {"AT", "ASSERT", "ASSERT_NOT"}:
            self.exact = False
            return ()
        raise _Unsupported(name)

    def _repeated(self, body: tuple[Piece, ...], low: int, high: int | None) -> tuple[Piece, ...]:
        if len(body) == 1 and isinstance(body[0], Chars) and (body[0].low, body[0].high) == (1, 1):
            return (replace(body[0], low=low, high=high),)
        if len(body) == 1 and isinstance(body[0], str) and len(body[0]) == 1:
            return (Chars(body[0], low, high),)
        if body:
            return (Choice((body,), low, high),)
        return ()


_PADDING = Chars(PLAIN + "é中", 0, None)
_NOTHING = Choice(())


def _is_anchor(item: tuple[Any, Any], name: str) -> bool:
    return str(item[0]) == "AT" and str(item[1]) in {name, f"{name}_STRING"}


def _alphabet(name: str, argument: Any) -> str:
    if name == "ANY":
        found = [c for c in UNIVERSE if c not in _LINE_ENDS]
    elif name == "NOT_LITERAL":
        found = [c for c in UNIVERSE if ord(c) != argument]
    else:
        negated = bool(argument) and str(argument[0][0]) == "NEGATE"
        members = {c for each in argument[negated:] for c in _members(str(each[0]), each[1])}
        found = [c for c in UNIVERSE if c not in members] if negated else sorted(members)
    if not found:
        raise _Unsupported("an empty class")
    return "".join(found)


def _members(name: str, argument: Any) -> Iterable[str]:
    if name == "LITERAL":
        return chr(argument)
    if name == "RANGE":
        low, high = argument
        step = max(1, (high - low) // _WIDEST)
        return (chr(point) for point in (*range(low, high + 1, step), high) if not 0xD800 <= point < 0xE000)
    if name == "CATEGORY":
        kind = str(argument)
        inside = {"DIGIT": _DIGITS, "WORD": _WORD, "SPACE": _SPACE}[kind.rpartition("_")[2]]
        return (c for c in UNIVERSE if c not in inside) if "_NOT_" in kind else inside
    raise _Unsupported(name)


def _least(piece: Piece) -> int:
    if isinstance(piece, str):
        return len(piece)
    if isinstance(piece, Chars):
        return piece.low
    return piece.low * min(sum(map(_least, branch)) for branch in piece.branches)


def _most(piece: Piece) -> float:
    if isinstance(piece, str):
        return len(piece)
    high = float("inf") if piece.high is None else piece.high
    if isinstance(piece, Chars):
        return high
    longest = max(sum(map(_most, branch)) for branch in piece.branches)
    return high * longest if high and longest else 0


def _fit(pieces: tuple[Piece, ...], low: int, high: int | None) -> tuple[tuple[Piece, ...], bool]:
    """Return *pieces* bent to a window of lengths, and whether all their texts are within it."""
    fitted = list(pieces)
    missing = low - sum(map(_least, fitted))
    for index, piece in enumerate(fitted):
        if missing <= 0 or isinstance(piece, str):
            continue
        unit = 1 if isinstance(piece, Chars) else max(1, _least(replace(piece, low=1)))
        added = min(-(-missing // unit), missing if piece.high is None else piece.high - piece.low)
        fitted[index] = replace(piece, low=piece.low + added)
        missing -= added * unit
    if high is None:
        return tuple(fitted), missing <= 0
    room = high - sum(map(_least, fitted))
    if room < 0:
        return (_NOTHING,), False
    for index, piece in enumerate(fitted):
        if isinstance(piece, Chars) and room >= 0 and (piece.high is None or piece.high > piece.low + room):
            fitted[index] = replace(piece, high=piece.low + room)
    return tuple(fitted), missing <= 0 and sum(map(_most, fitted)) <= high


def _strategy(pieces: tuple[Piece, ...]) -> st.SearchStrategy[str]:
    parts = [piece if isinstance(piece, str) else _piece(piece) for piece in _joined(pieces)]
    if len(parts) == 1:
        return st.just(parts[0]) if isinstance(parts[0], str) else parts[0]
    return _concatenated(parts)


@st.composite
def _concatenated(draw: st.DrawFn, parts: Sequence[str | st.SearchStrategy[str]]) -> str:
    return "".join([part if isinstance(part, str) else draw(part) for part in parts])


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    found: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and found and isinstance(found[-1], str):
            found[-1] += piece
        elif not (isinstance(piece, (Chars, Choice)) and piece.high == 0):
            found.append(piece)
    return found or [""]


def _piece(piece: Chars | Choice) -> st.SearchStrategy[str]:
    if isinstance(piece, Chars):
        return text(piece.low, piece.high, alphabet=piece.alphabet)
    one = st.one_of([_strategy(branch) for branch in piece.branches]) if piece.branches else st.nothing()
    if (piece.low, piece.high) == (1, 1):
        return one
    if (piece.low, piece.high) == (0, 1):
        return st.one_of(st.just(""), one)
    return st.lists(one, min_size=piece.low, max_size=piece.high).map("".join)


_TOKEN = re.compile(
    r"""\\(?:p\{(?:\w+=)?(?P<property>\w+)\}|c(?P<control>[A-Za-z])|u\{(?P<point>[0-9A-Fa-f]+)\}|k<(?P<back>\w+)>|.)
    |\(\?<(?P<group>(?![=!])) | (?P<all>\[\^\]) | (?P<none>\[\]) | (?P<open>\[\^?) | (?P<close>\]) | (?P<end>\$)""",
    re.VERBOSE | re.DOTALL,
)


def _translate(pattern: str) -> str:
    """Return *pattern* in the words of Python, as far as they differ."""
    inside = False

    def word(match: re.Match[str]) -> str:
        nonlocal inside
        found = match.group()
        kind = match.lastgroup
        if kind == "property":
            members = _PROPERTIES.get(match["property"], "0-9A-Za-z")
            return members if inside else f"[{members}]"
        if kind == "control":
            return f"\\x{ord(match['control'].upper()) - 64:02x}"
        if kind == "point":
            return f"\\U{int(match['point'], 16):08x}"
        if kind == "back":
            return f"(?P={match['back']})"
        if inside:
            inside = kind != "close"
            return "\\[" if found == "[" else found.replace("[^", "\\[^")
        if kind == "open":
            inside = True
        return {"group": "(?P<", "all": r"[\s\S]", "none": "(?!)", "end": r"\Z"}.get(kind or "", found)

    return _TOKEN.sub(word, pattern)
