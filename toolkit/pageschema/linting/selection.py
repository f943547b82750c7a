"""Which findings are told: rules by code, by the beginning of codes, or by name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pageschema import jsontext
from pageschema.errors import InvalidConfiguration
from pageschema.finding import Finding, Severity
from pageschema.linting.rules import RULES

DEFAULT = "default"
"""Stands for every error and warning."""


class Selection(NamedTuple):
    """What is told. Without words of a user: every error and warning, and no note."""

    codes: frozenset[str] = frozenset()
    by_default: bool = True
    notes: bool = False
    ignored: frozenset[str] = frozenset()

    @classmethod
    def of(cls, select: Iterable[str] = (), ignore: Iterable[str] = (), *, notes: bool = False) -> Selection:
        """Return what *select* names, by default errors and warnings, without what *ignore* names.

        Args:
            select: Words as for `named`, or ``default``: every error and warning.
            notes: Tell notes too where errors and warnings are told.

        Raises:
            InvalidConfiguration: A word names no rule.
        """
        words = [word.strip() for word in select]
        by_default = not words or DEFAULT in words
        codes = named(word for word in words if word != DEFAULT)
        return cls(codes=codes, by_default=by_default, notes=notes, ignored=named(ignore))

    def tells(self, finding: Finding) -> bool:
        """Return whether *finding* is told."""
        return self.wants(finding.code, finding.severity)

    def wants(self, code: str, severity: Severity) -> bool:
        """Return whether what the rule of that code finds, of that severity, is told."""
        if code in self.ignored:
            return False
        return code in self.codes or (self.by_default and (self.notes or severity is not Severity.NOTE))


def named(words: Iterable[str]) -> frozenset[str]:
    """Return the codes of the rules that *words* name.

    Args:
        words: Each a code (PS604), the beginning of one (PS6), or the name of a rule.

    Raises:
        InvalidConfiguration: A word names no rule.
    """
    return frozenset(code for word in words for code in _codes(word))


def _codes(word: str) -> list[str]:
    plain = word.strip()
    is_code = plain[:2].upper() == "PS"
    found = [
        rule.code for rule in RULES if rule.name == plain.lower() or (is_code and rule.code.startswith(plain.upper()))
    ]
    if found:
        return found
    known = [name for rule in RULES for name in (rule.code, rule.name)]
    import difflib

    near = difflib.get_close_matches(plain.upper() if is_code else plain.lower(), known, n=1)
    raise InvalidConfiguration(
        f"no lint rule is called {jsontext.clip(repr(plain))}",
        remedy=f"did you mean {near[0]}?" if near else "pageschema explain lists the rules, by code and by name",
    )
