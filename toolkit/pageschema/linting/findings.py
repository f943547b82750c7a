"""From a page schema to findings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from pageschema import jsontext
from pageschema.errors import CannotGenerate
from pageschema.finding import Finding, Origin, Severity
from pageschema.linting.ignoring import Heed, speaks_for_all
from pageschema.linting.profiles import profile_named
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.rules import RULES
from pageschema.linting.rules.cannot_generate import CANNOT_GENERATE
from pageschema.linting.standing import severity_in
from pageschema.linting.subject import Subject
from pageschema.schema import PageSchema, Position, positions

_START = Position(line=1, column=1)


class Looked(NamedTuple):
    """What lint finds in one schema. `used` are the ignores that leave something out, as findings that they do not.

    An ignore in a class that two models use may be used by the one alone.
    """

    findings: list[Finding]
    used: frozenset[tuple[Origin, str]] = frozenset()


def lint(
    schema: PageSchema | CannotGenerate | jsontext.JsonValue,
    *,
    where: str = "",
    profile: str = "datalab",
    notes: bool = False,
) -> list[Finding]:
    """Find what the extraction API, or the model behind it, will get wrong about a page schema.

    Args:
        schema: A `PageSchema`; a JSON text as str or bytes, which need not hold a page schema, nor be JSON at all; or a
            JSON value. The error that says that a model has no page schema is worded as a finding.
        where: Names the text in findings: its path.
        profile: Whom the schema is sent to, by the name of one of `PROFILES`.
        notes: Return findings of taste and advice too.

    Returns:
        One finding a fault, in the order in which they stand in the text. From a model they point at the field that
        causes them, from a text at the line. Those are `fixable` that `fix` mends without being told to guess.

    Raises:
        InvalidSchema: A value is not made of JSON types.
        InvalidTarget: There is no such profile.
    """
    found = look(schema, where=where, profile=profile).findings
    return [each for each in found if notes or each.severity is not Severity.NOTE]


def look(
    schema: PageSchema | CannotGenerate | jsontext.JsonValue,
    *,
    where: str = "",
    profile: str = "datalab",
    unasked: Collection[str] = (),
) -> Looked:
    """Find what `lint` does, notes too, and say which ignores were of use.

    Args:
        unasked: Codes whose findings nobody wants: rules that run the code of a model are not asked then.

    Raises:
        InvalidSchema: A value is not made of JSON types.
        InvalidTarget: There is no such profile.
    """
    subject = replace(Subject.read(schema, where=where), profile=profile_named(profile))
    heed = heed_of(subject, unasked)
    flaws = list(heed.told)
    lines = _positions(subject, flaws)

    def place(found: tuple[LintRule, Flaw]) -> tuple[int, int, str, str, int, str]:
        rule, flaw = found
        at = lines.get(flaw.pointer, _START)
        in_model = flaw.origin.line or 0 if flaw.origin else 0
        return flaw.line or at.line, at.column, flaw.pointer, rule.code, in_model, flaw.message

    findings = [
        Finding(
            code=rule.code,
            name=rule.name,
            severity=severity_in(rule, subject.profile) or rule.severity,
            message=flaw.message,
            remedy=flaw.remedy,
            pointer=flaw.pointer,
            origin=_origin(subject, flaw, lines.get(flaw.pointer, _START)),
            fixable=flaw.fixable and rule.fix_is_safe and subject.is_mendable,
        )
        for rule, flaw in sorted(flaws, key=place)
    ]
    used = frozenset((_origin(subject, flaw, _START), flaw.message) for flaw in heed.used)
    return Looked(findings=list(once(findings)), used=used)


def flaws_of(subject: Subject) -> list[tuple[LintRule, Flaw]]:
    """Return what the rules see in *subject*, each fault once, less what its author has asked to leave out."""
    return heed_of(subject).told


def heed_of(subject: Subject, unasked: Collection[str] = ()) -> Heed:
    """Return what the rules see in *subject*, and what became of the ignores in it.

    See `LintRule.ends`, `LintRule.silences` and `LintRule.runs_code`.
    """
    found: list[tuple[LintRule, Flaw]] = []
    silent: set[tuple[str, str]] = set()
    asked: set[str] = set()
    for rule in RULES if subject.refused is None else (CANNOT_GENERATE,):
        if severity_in(rule, subject.profile) is None:
            continue
        if rule.runs_code and (rule.code in unasked or speaks_for_all(subject, rule)):
            continue
        asked.add(rule.code)
        flaws = list(rule.find(subject))
        found += [(rule, flaw) for flaw in flaws]
        for flaw in flaws if rule.silences else ():
            silent.update((name, where) for name in rule.silences for where in _up_to_its_schema(subject, flaw.pointer))
        if flaws and rule.ends:
            break
    return Heed.of(subject, [(rule, flaw) for rule, flaw in found if (rule.name, flaw.pointer) not in silent], asked)


def _origin(subject: Subject, flaw: Flaw, at: Position) -> Origin:
    if flaw.origin is not None:
        return flaw.origin
    origin = subject.origin(flaw.pointer, at)
    return replace(origin, line=flaw.line, column=None) if flaw.line and origin.line else origin


def once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield each finding but those that say again what is wrong with one field of a model, or one place of a file.

    A model that is used in three places stands three times in the page schema, or in three of them, and is mended once.
    """
    said: set[tuple[str, Origin, str, str]] = set()
    for finding in findings:
        pointer = finding.pointer if finding.origin.field is None else ""
        what = (finding.code, finding.origin, finding.message, pointer)
        if what not in said:
            said.add(what)
            yield finding


def _up_to_its_schema(subject: Subject, where: str) -> Iterator[str]:
    yield where
    while where and where not in subject.by_pointer:
        where = where.rpartition("/")[0]
        yield where


def _positions(subject: Subject, flaws: list[tuple[LintRule, Flaw]]) -> dict[str, Position]:
    wanted = {flaw.pointer for _, flaw in flaws}
    return positions(subject.text, only=wanted) if wanted - {""} and subject.unreadable is None else {"": _START}
