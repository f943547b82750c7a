"""Mending what can be mended without asking."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, overload

from pageschema import jsontext, pointer
from pageschema.finding import Severity
from pageschema.linting.edits import put
from pageschema.linting.findings import flaws_of
from pageschema.linting.rewording import reworded
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.rules import RULES
from pageschema.linting.standing import severity_in
from pageschema.linting.subject import Subject
from pageschema.schema import PageSchema
from pageschema.schema.ignores import KEYWORD

FEWEST_TRIALS = 25
MOST_CHARACTERS = 5_000_000
"""A trial reads the whole text: of more than so many characters in all, nothing more is tried."""

Wanted = Callable[[LintRule, Flaw], bool]


@overload
def fix(schema: PageSchema, *, unsafe: bool = False) -> PageSchema: ...
@overload
def fix(schema: jsontext.JsonValue, *, unsafe: bool = False) -> str: ...
def fix(schema: PageSchema | jsontext.JsonValue, *, unsafe: bool = False) -> PageSchema | str:
    """Return a page schema, or a JSON text, with everything mended that a rule can mend.

    Only what has to change does: the rest keeps its characters, spacing and order of keys included. No fix adds a
    finding, drops a description or a field. Fixing the result again changes nothing; where there is nothing to mend,
    the text comes back as it was. So do a text that is not JSON and one with a key that stands twice, since writing it
    anew would drop one of the two.

    Args:
        schema: As for `lint`. A schema that was generated from a model comes back as it is: mend the model.
        unsafe: Apply also the fixes that guess what was meant.

    Raises:
        InvalidJSON: Bytes or a value that are not JSON.
        InvalidSchema: A value is not made of JSON types.
    """
    subject = Subject.read(schema)
    if subject.unreadable is not None:
        if isinstance(schema, (str, PageSchema)):
            return schema
        raise subject.unreadable
    if subject.model_schema is not None:
        return subject.model_schema
    mended = mend(subject, unsafe=unsafe)
    if isinstance(schema, PageSchema):
        return schema if mended is subject else replace(schema, text=mended.text, value=mended.value)
    return mended.text if isinstance(schema, (str, bytes)) else jsontext.dumps(mended.value) + "\n"


def mend(
    subject: Subject,
    *,
    unsafe: bool = False,
    notes: bool = True,
    wanted: Wanted = lambda _rule, _flaw: True,
) -> Subject:
    """Return *subject* with everything mended that is wanted and can be; itself where that is nothing.

    Args:
        notes: Whether a note counts as a finding that no fix may add.
        wanted: Says of each flaw whether to mend it.
    """
    if subject.unreadable is not None or subject.model_schema is not None or subject.has_duplicate_keys:
        return subject
    return _Mender(subject, unsafe=unsafe, notes=notes, wanted=wanted).mended()


class _Mender:
    """Mends a rule's flaws all at once, and where some of them would do harm, the others without these."""

    def __init__(self, subject: Subject, *, unsafe: bool, notes: bool, wanted: Wanted) -> None:
        self._unsafe, self._notes, self._wanted = unsafe, notes, wanted
        self._trials = max(FEWEST_TRIALS, MOST_CHARACTERS // len(subject.text)) if subject.text else 0
        self._subject = subject
        self._look(flaws_of(subject))

    def _look(self, flaws: list[tuple[LintRule, Flaw]]) -> None:
        self._flaws = flaws
        self._held = _held(self._subject)
        self._counts = Counter(rule.code for rule, _ in flaws)

    def mended(self) -> Subject:
        """Return the subject when no rule has anything left to mend."""
        while self._trials > 0 and any(self._apply(rule) for rule in RULES if self._may_mend(rule)):
            pass
        return self._subject

    def _may_mend(self, rule: LintRule) -> bool:
        return rule.fix is not None and (rule.fix_is_safe or self._unsafe) and self._counts[rule.code] > 0

    def _apply(self, rule: LintRule) -> bool:
        """Mend what *rule* has found; return whether anything has changed."""
        fixable = [flaw for found, flaw in self._flaws if found is rule and flaw.fixable]
        wanted = [flaw.pointer for flaw in fixable if self._wanted(rule, flaw)]
        if not wanted or rule.fix is None:
            return False
        fixed = rule.fix(self._subject)
        around = list(dict.fromkeys(_schema_around(self._subject, flaw.pointer) for flaw in fixable))
        # Where something is to be left out, mending all would mend that too; at the root there is nothing else to do.
        is_all = len(wanted) == len(fixable) and ("" in around or KEYWORD not in self._subject.text)
        if is_all and self._take(rule, fixed, ()) is None:
            return True
        kept = {_schema_around(self._subject, where) for where in wanted}
        parts = [part for part in around if part in kept]
        return self._apply_parts(rule, fixed, parts, others=_without(around, parts))

    def _apply_parts(self, rule: LintRule, fixed: Any, parts: list[str], *, others: list[str]) -> bool:
        """Mend the schemas at *parts*: first without those where a finding would come in, then by halves."""
        left = list(parts)
        while left and self._trials > 0:
            harmed = self._take(rule, self._with(fixed, left, [*others, *_without(parts, left)]), left)
            if harmed is None:
                return True
            if not harmed:
                break
            left = _without(left, harmed)
        stack, changed = _halves(left), False
        while stack and self._trials > 0:
            group = stack.pop()
            value = self._with(fixed, group, [*others, *_without(parts, group)])
            if self._take(rule, value, group) is None:
                changed = True
            else:
                stack += _halves(group)
        return changed

    def _with(self, fixed: Any, mended: Iterable[str], kept: Iterable[str]) -> Any:
        """Return the value with the schemas at *mended* as *fixed* has them, and those at *kept* as they are."""
        found = self._subject.fresh_value()
        source = dict.fromkeys(kept, self._subject.value) | dict.fromkeys(mended, fixed)
        for where in sorted(source, key=lambda each: each.count("/")):
            try:
                put(found, where, pointer.resolve(source[where], where)) if where else None
            except (KeyError, IndexError, TypeError, ValueError):  # the fix has moved what stood there
                continue
        return found

    def _take(self, rule: LintRule, value: Any, parts: Sequence[str]) -> list[str] | None:
        """Take *value* over where that does good and no harm; else return those of *parts* that do harm, if known."""
        self._trials -= 1
        if json.dumps(value) == json.dumps(self._subject.value):
            return []
        candidate = replace(self._subject, text=jsontext.dumps(value, indent=None), value=value)
        flaws = flaws_of(candidate)
        counts = Counter(found.code for found, _ in flaws)
        worse = {code for code in counts if counts[code] > self._counts[code]} if not rule.ends else set()
        if not self._notes:
            worse -= {found.code for found, _ in flaws if severity_in(found, candidate.profile) is Severity.NOTE}
        if worse:
            before = {(found.code, flaw.pointer) for found, flaw in self._flaws}
            new = {flaw.pointer for found, flaw in flaws if found.code in worse} - {p for c, p in before if c in worse}
            return _around(parts, new)
        if counts[rule.code] >= self._counts[rule.code] or not (rule.ends or self._held <= _held(candidate)):
            return []
        self._subject = _changed(self._subject, value)
        self._look(flaws if self._subject.value == value else flaws_of(self._subject))
        return None


def _around(parts: Sequence[str], pointers: set[str]) -> list[str]:
    """Return those of *parts* in which one of *pointers* lies."""
    above = {where[:at] for where in pointers for at, sign in enumerate(f"{where}/") if sign == "/"}
    return [part for part in parts if part in above]


def _without(parts: Iterable[str], some: Iterable[str]) -> list[str]:
    out = set(some)
    return [part for part in parts if part not in out]


def _halves(parts: list[str]) -> list[list[str]]:
    middle = len(parts) // 2
    return [parts[middle:], parts[:middle]] if middle else []


def _schema_around(subject: Subject, where: str) -> str:
    while where and where not in subject.by_pointer:
        where = where.rpartition("/")[0]
    return where


def _changed(subject: Subject, value: jsontext.JsonValue) -> Subject:
    """Return *subject* with another value, its text changed no more than that takes."""
    text = reworded(subject.text, value)
    return subject.with_value(value) if text is None else subject.with_text(text)


def _held(subject: Subject) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for place in subject.places:
        if place.is_property:
            found["field", str(place.key)] += 1
        if isinstance(place.schema, dict) and isinstance(place.schema.get("description"), str):
            found["description", place.schema["description"]] += 1
    return found
