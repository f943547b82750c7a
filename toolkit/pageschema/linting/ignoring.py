"""Leaving out what an author has asked not to be told of, and telling what they ask for nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from pageschema.errors import InvalidConfiguration
from pageschema.finding import Origin
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.rules.unused_ignore import UNUSED_IGNORE
from pageschema.linting.selection import named
from pageschema.linting.subject import Subject
from pageschema.linting.wording import quoted
from pageschema.schema.ignores import KEYWORD, Ignore, written_ignores

Found = tuple[LintRule, Flaw]


class Heed(NamedTuple):
    """What is left to tell, with the ignores that leave nothing out; and what would be said of the others, if they did.

    The same ignore may be read in several schemas, and is of use where it is in one of them.
    """

    told: list[Found]
    used: tuple[Flaw, ...]

    @classmethod
    def of(cls, subject: Subject, found: Sequence[Found], asked: Collection[str]) -> Heed:
        """Leave out of what was *found* what its author does not want to hear.

        Args:
            asked: The codes of the rules that have looked: of any other, nobody knows whether it has something to say.
        """
        ignores = list(_ignores(subject))
        if not ignores:
            return cls(told=list(found), used=())
        codes = {ignore.rule: _codes(ignore.rule) for ignore in ignores}
        used = {ignore for ignore in ignores if codes[ignore.rule] - frozenset(asked)}
        told: list[Found] = []
        for rule, flaw in found:
            silencing = [each for each in ignores if rule.code in codes[each.rule] and _covers(subject, each, flaw)]
            used.update(silencing)
            if not silencing:
                told.append((rule, flaw))
        told += [(UNUSED_IGNORE, flaw) for flaw in _unused(ignores, used)]
        return cls(told=told, used=tuple(_flaw(ignore) for ignore in ignores if ignore in used))


def speaks_for_all(subject: Subject, rule: LintRule) -> bool:
    """Return whether whatever *rule* could find in the model of *subject* is to be left out."""
    schema = subject.model_schema
    ignores = [each for each in _ignores(subject) if rule.code in _codes(each.rule)] if schema is not None else []
    if schema is None or not ignores:
        return False
    if any(each.lines is None and not each.schema for each in ignores):
        return True
    origins = {schema.origin, *schema.origins.values()}
    return all(any(_is_within(origin, each) for each in ignores) for origin in origins)


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
    return _is_within(flaw.origin or subject.origin(flaw.pointer, None), ignore, flaw.line)


def _is_within(origin: Origin, ignore: Ignore, at: int | None = None) -> bool:
    """Return whether a comment speaks for the line *at*, by default that of *origin*, in its file."""
    line = at or origin.line
    if ignore.lines is None or ignore.origin is None or ignore.origin.file != origin.file:
        return False
    return line is not None and ignore.lines[0] <= line <= ignore.lines[1]


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
        yield _flaw(ignore)


def _flaw(ignore: Ignore) -> Flaw:
    message, remedy = _words(ignore.rule)
    return Flaw(pointer=ignore.pointer, origin=ignore.origin, message=message, remedy=remedy)


def _words(rule: str) -> tuple[str, str]:
    if not rule:
        remedy = "name the rule: # pageschema: ignore[PS604] reason; in JSON, a list of codes"
        return "the ignore names no rule, and leaves nothing out", remedy
    try:
        named([rule])
    except InvalidConfiguration as error:
        return f"the ignore leaves nothing out: {error.what}", error.remedy
    return f"nothing is found here that {quoted(rule)} would leave out", f"remove {quoted(rule)} from the ignore"
