"""Leaving out what an author has asked not to be told of, and telling what they ask for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pageschema.errors import InvalidConfiguration
from pageschema.finding import Origin
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.rules.unused_ignore import UNUSED_IGNORE
from pageschema.linting.selection import named
from pageschema.linting.subject import Subject
from pageschema.linting.wording import quoted
from pageschema.schema.ignores import KEYWORD, Ignore, written_ignores

Found = tuple[LintRule, Flaw]


def heeded(subject: Subject, found: Sequence[Found]) -> Iterator[Found]:
    """Yield what was *found* and is not to be left out, and then each ignore that leaves nothing out."""
    ignores = list(_ignores(subject))
    used: set[Ignore] = set()
    codes = {ignore.rule: _codes(ignore.rule) for ignore in ignores}
    for rule, flaw in found:
        silencing = [ignore for ignore in ignores if rule.code in codes[ignore.rule] and _covers(subject, ignore, flaw)]
        used.update(silencing)
        if not silencing:
            yield rule, flaw
    for what in _unused(ignores, used):
        yield UNUSED_IGNORE, what


def _ignores(subject: Subject) -> Iterator[Ignore]:
    yield from subject.facts.ignores
    if subject.unreadable is None and KEYWORD in subject.text:
        yield from written_ignores(subject.value)


def _codes(word: str) -> frozenset[str]:
    try:
        return named([word]) - {UNUSED_IGNORE.code}
    except InvalidConfiguration:
        return frozenset()


def _covers(subject: Subject, ignore: Ignore, flaw: Flaw) -> bool:
    if ignore.lines is None:
        return f"{flaw.pointer}/".startswith(f"{ignore.schema}/")
    origin = flaw.origin or subject.origin(flaw.pointer, None)
    line = flaw.line or origin.line
    in_file = ignore.origin is not None and ignore.origin.file == origin.file
    return in_file and line is not None and ignore.lines[0] <= line <= ignore.lines[1]


def _unused(ignores: Sequence[Ignore], used: set[Ignore]) -> Iterator[Flaw]:
    written_once = {(each.rule, each.origin) for each in used if each.origin is not None}
    told: set[tuple[str, Origin]] = set()
    for ignore in ignores:
        # A model that is used in several places has its ignores in each: one that is used anywhere is used.
        key = (ignore.rule, ignore.origin) if ignore.origin is not None else None
        if ignore in used or key in written_once or key in told:
            continue
        if key is not None:
            told.add(key)
        message, remedy = _words(ignore.rule)
        yield Flaw(pointer=ignore.pointer, origin=ignore.origin, message=message, remedy=remedy)


def _words(rule: str) -> tuple[str, str]:
    if not rule:
        remedy = "name the rule: # pageschema: ignore[PS604] reason; in JSON, a list of codes"
        return "the ignore names no rule, and leaves nothing out", remedy
    try:
        named([rule])
    except InvalidConfiguration as error:
        return f"the ignore leaves nothing out: {error.what}", error.remedy
    return f"nothing is found here that {quoted(rule)} would leave out", f"remove {quoted(rule)} from the ignore"
