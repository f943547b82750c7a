r"""Patterns, read as the judge reads them, which is ECMA-262 but for what `tests/unit/test_languages.py` lists.

Most of what the two read differently is refused here, and so is what neither takes. What is common is followed as the
judge has it: ``.`` excludes the newline alone, and ``\b`` knows the words of all scripts.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass, replace

from pageschema.solver.languages import properties
from pageschema.solver.languages.characters import EVERYTHING, Ranges, invert, union
from pageschema.solver.languages.terms import (
    Boundary,
    Chars,
    Edge,
    Look,
    Term,
    choice,
    repeat,
    sequence,
)

LONGEST = 30_000
DEEPEST = 100

DIGITS: Ranges = ((0x30, 0x39),)
WORD: Ranges = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
SPACE: Ranges = (
    (0x09, 0x0D), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F),
    (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF),
)  # fmt: skip
_NEWLINE: Ranges = ((0x0A, 0x0A),)
_LINE_ENDS: Ranges = ((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029))

_CONTROLS = {"f": 0x0C, "n": 0x0A, "r": 0x0D, "t": 0x09, "v": 0x0B}
_ESCAPABLE = frozenset(string.punctuation + " ") - set("<>")
_QUANTIFIER = re.compile(r"(?:([*+?])|\{([0-9]{1,6})(,?)([0-9]{0,6})\})(\??)")
_GROUP = re.compile(r"\?(?:P?<([A-Za-z_][A-Za-z0-9_]*)>|([is]*)(?:-([is]+))?:)")
_LOOK = re.compile(r"\?(<?)([=!])")
_FLAGS = re.compile(r"\(\?([is]+)\)")
_PROPERTY = re.compile(r"\{([A-Za-z_]+(?:=[A-Za-z_]+)?)\}|([A-Z])")
_NUMBER = re.compile("[1-9](?![0-9])")
_CODE = re.compile(r"x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,8})\}|c([A-Za-z])")
_SINGLE_CASED = {"k": 0x212A, "s": 0x17F}
"""What is, beside the other case, the same letter where case is ignored: the kelvin sign and the long s."""


class Unreadable(Exception):
    """A pattern that is no regular language, or in which it is not certain what the judge reads."""


@dataclass(frozen=True, slots=True)
class _Flags:
    fold: bool = False
    dot_all: bool = False


def parse(pattern: str, *, ecma: bool = False, wide: bool = False) -> tuple[Term, Ranges]:
    """Return what *pattern* matches, and the word characters between which its word boundaries are.

    Args:
        pattern: A regular expression.
        ecma: Read as ECMA-262 does what the judge reads otherwise: a ``.`` excludes all four line terminators, and
            word boundaries know the letters of ASCII only.
        wide: Let a back-reference match whatever its group can, so that the answer takes more than the pattern.

    Raises:
        Unreadable: What it matches is not certain, or not regular.
    """
    if len(pattern) > LONGEST:
        raise Unreadable("too long")
    reader = _Reader(pattern, ecma=ecma, wide=wide)
    term = reader.read()
    word = _known(properties.word()) if reader.has_boundaries and not ecma else WORD
    return term, word


def _known(found: Ranges | None) -> Ranges:
    if found is None:
        raise Unreadable("unknown to the judge")
    return found


class _Reader:
    """A recursive descent over one pattern."""

    def __init__(self, pattern: str, *, ecma: bool, wide: bool) -> None:
        self._pattern = pattern
        self._line_ends = _LINE_ENDS if ecma else _NEWLINE
        self._wide = wide
        self._groups: list[Term | None] = []
        self._certain: frozenset[int] = frozenset()
        self._at = 0
        self._depth = 0
        self._behind = False
        self._names: set[str] = set()
        self.has_boundaries = False

    def read(self) -> Term:
        flags = _Flags()
        if found := self._take(_FLAGS):
            flags = _Flags("i" in found[1], "s" in found[1])
        term = self._choice(flags)
        if self._at < len(self._pattern):
            raise Unreadable("an unmatched parenthesis")
        return term

    def _choice(self, flags: _Flags) -> Term:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Unreadable("nested too deep")
        branches = [self._sequence(flags)]
        while self._eat("|"):
            branches.append(self._sequence(flags))
        self._depth -= 1
        return choice(branches)

    def _sequence(self, flags: _Flags) -> Term:
        parts = []
        certain = self._certain
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            number = len(self._groups)
            atom = self._atom(flags)
            parts.append(self._quantified(atom))
            if parts[-1] is atom and len(self._groups) > number and self._groups[number] is atom:
                self._certain = self._certain | {number}
        self._certain = certain
        return sequence(parts)

    def _quantified(self, term: Term) -> Term:
        found = self._take(_QUANTIFIER)
        if found is None:
            return term
        sign, least, comma, most, _ = found.groups()
        if isinstance(term, (Edge, Boundary, Look)):
            raise Unreadable("a repeated assertion")
        if self._pattern[self._at : self._at + 1] in {"*", "+", "?", "{"}:
            raise Unreadable("a repeated repeat")
        if sign:
            low, high = {"*": (0, None), "+": (1, None), "?": (0, 1)}[sign]
        else:
            low = int(least)
            high = int(most) if most else None if comma else low
        if (high is not None and high < low) or (most and not comma):
            raise Unreadable("a repeat that is upside down")
        return repeat(term, low, high)

    def _atom(self, flags: _Flags) -> Term:
        character = self._next()
        if character == "(":
            return self._group(flags)
        if character == "[":
            return Chars(ranges=self._class(flags))
        if character == ".":
            return Chars(ranges=EVERYTHING if flags.dot_all else invert(self._line_ends))
        if character in "^$":
            return Edge(end=character == "$")
        if character in "*+?{":
            raise Unreadable("nothing to repeat")
        if character == "\\":
            return self._escape(flags)
        return Chars(ranges=self._folded(((ord(character), ord(character)),), flags))

    def _escape(self, flags: _Flags) -> Term:
        following = self._pattern[self._at : self._at + 1]
        if following in {"b", "B"}:
            self._at += 1
            self.has_boundaries = True
            return Boundary(holds=following == "b")
        if following in {"A", "z"}:
            self._at += 1
            return Edge(end=following == "z")
        if self._wide and following.isdigit():
            return self._repeated_group()
        named = self._named_class(flags)
        if named is not None:
            return Chars(ranges=named)
        code = self._code()
        return Chars(ranges=self._folded(((code, code),), flags))

    def _repeated_group(self) -> Term:
        """Return what a back-reference can match at most: its group again, or nothing where that took no part."""
        found = self._take(_NUMBER)
        number = int(found[0]) - 1 if found else len(self._groups)
        group = self._groups[number] if number < len(self._groups) else None
        if group is None or not group.plain:
            raise Unreadable("a back-reference to what is not closed, or looks around")
        return group if number in self._certain else choice([group, sequence([])])

    def _named_class(self, flags: _Flags) -> Ranges | None:
        """Return the class that an escape stands for, or None where it stands for a character."""
        name = self._pattern[self._at : self._at + 1]
        if not name or name not in "dDwWsSpP":
            return None
        self._at += 1
        if name in "pP":
            found = self._take(_PROPERTY)
            if found is None or flags.fold:
                raise Unreadable("a property")
            inside = _known(properties.members(found[1] or found[2]))
        elif name == "W" and flags.fold:
            raise Unreadable("the kelvin sign and the long s, which are letters or not by what else is in the schema")
        else:
            inside = {"d": DIGITS, "w": self._folded(WORD, flags), "s": SPACE}[name.lower()]
        return inside if name.islower() else invert(inside)

    def _code(self) -> int:
        if found := self._take(_CODE):
            two, four, braced, letter = found.groups()
            if letter:
                return ord(letter) % 32
            code = int(two or four or braced, 16)
            if not any(low <= code <= high for low, high in EVERYTHING):
                raise Unreadable("no character")
            return code
        character = self._next()
        if character in _CONTROLS:
            return _CONTROLS[character]
        if character not in _ESCAPABLE:
            raise Unreadable("an escape")
        return ord(character)

    def _class(self, flags: _Flags) -> Ranges:
        negated = self._eat("^")
        if self._pattern[self._at : self._at + 1] == "]":
            raise Unreadable("an empty class, or one that begins with a bracket")
        found: list[Ranges] = []
        while not self._eat("]"):
            low = self._member(flags)
            if self._pattern[self._at : self._at + 1] == "-" and self._pattern[self._at + 1 : self._at + 2] != "]":
                self._at += 1
                high = self._member(flags)
                if not isinstance(low, int) or not isinstance(high, int) or high < low:
                    raise Unreadable("a range")
                found.append(self._folded(((low, high),), flags))
            else:
                found.append(self._folded(((low, low),), flags) if isinstance(low, int) else low)
        members = union(found)
        return invert(members) if negated else members

    def _member(self, flags: _Flags) -> int | Ranges:
        character = self._next()
        if character != "\\":
            return ord(character)
        named = self._named_class(flags)
        return self._code() if named is None else named

    def _folded(self, found: Ranges, flags: _Flags) -> Ranges:
        """Return *found* with all that differ from it in case alone, if that is asked for."""
        if not flags.fold:
            return found
        if found and found[-1][1] > 0x7F:
            raise Unreadable("the case of letters beyond ASCII")
        letters = [chr(code) for low, high in found for code in range(low, high + 1) if chr(code).isalpha()]
        other = [ord(letter.swapcase()) for letter in letters]
        other += [_SINGLE_CASED[letter.lower()] for letter in letters if letter.lower() in _SINGLE_CASED]
        return union([found, *(((code, code),) for code in other)])

    def _group(self, flags: _Flags) -> Term:
        if self._pattern[self._at : self._at + 1] != "?":
            return self._captured(flags)
        if look := self._take(_LOOK):
            return self._look(flags, behind=bool(look[1]), holds=look[2] == "=")
        found = self._take(_GROUP)
        if found is None:
            raise Unreadable("a kind of group")
        name, added, removed = found.groups()
        if name:
            if name in self._names:
                raise Unreadable("two groups of one name")
            self._names.add(name)
            return self._captured(flags)
        if added or removed:
            flags = self._changed(flags, added or "", removed or "")
        return self._closed(flags)

    def _captured(self, flags: _Flags) -> Term:
        number = len(self._groups)
        self._groups.append(None)
        self._groups[number] = term = self._closed(flags)
        return term

    @staticmethod
    def _changed(flags: _Flags, added: str, removed: str) -> _Flags:
        if len({*added, *removed}) != len(added) + len(removed):
            raise Unreadable("a flag that is named twice")
        for name, holds in [*((name, True) for name in added), *((name, False) for name in removed)]:
            flags = replace(flags, fold=holds) if name == "i" else replace(flags, dot_all=holds)
        return flags

    def _look(self, flags: _Flags, *, behind: bool, holds: bool) -> Term:
        if self._behind:
            raise Unreadable("look-around inside look-behind")
        self._behind = behind
        body = self._closed(flags)
        self._behind = False
        return Look(body=body, behind=behind, holds=holds)

    def _closed(self, flags: _Flags) -> Term:
        term = self._choice(flags)
        if not self._eat(")"):
            raise Unreadable("an open group")
        return term

    def _next(self) -> str:
        if self._at >= len(self._pattern):
            raise Unreadable("it ends too early")
        self._at += 1
        return self._pattern[self._at - 1]

    def _eat(self, character: str) -> bool:
        found = self._pattern.startswith(character, self._at)
        self._at += found
        return found

    def _take(self, expression: re.Pattern[str]) -> re.Match[str] | None:
        found = expression.match(self._pattern, self._at)
        if found:
            self._at = found.end()
        return found
