"""Mending what can be mended without asking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import overload

from pageschema import jsontext, pointer
from pageschema.linting.edits import put
from pageschema.linting.findings import flaws_of
from pageschema.linting.rewording import reworded
from pageschema.linting.rule import LintRule
from pageschema.linting.rules import RULES
from pageschema.linting.subject import Subject
from pageschema.schema import PageSchema

MOST_ROUNDS = 100
MOST_PARTS = 20
"""Flaws that are tried one by one where mending all of a rule's at once is refused."""


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
    mended = _mend(subject, unsafe=unsafe)
    if isinstance(schema, PageSchema):
        return schema if mended is subject else replace(schema, text=mended.text, value=mended.value)
    return mended.text if isinstance(schema, (str, bytes)) else jsontext.dumps(mended.value) + "\n"


def _mend(subject: Subject, *, unsafe: bool) -> Subject:
    for _ in range(MOST_ROUNDS if not subject.has_duplicate_keys else 0):
        better = _one_step(subject, unsafe=unsafe)
        if better is None:
            break
        subject = better
    return subject


def _one_step(subject: Subject, *, unsafe: bool) -> Subject | None:
    """Return *subject* after the first fix that changes it for the better, or None."""
    flaws = list(flaws_of(subject))
    fixable = {
        rule.code: [flaw.pointer for found, flaw in flaws if found is rule and flaw.fixable] for rule, _ in flaws
    }
    before = Counter(rule.code for rule, _ in flaws)
    for rule in RULES:
        if not fixable.get(rule.code) or rule.fix is None or not (rule.fix_is_safe or unsafe):
            continue
        fixed = rule.fix(subject)
        for value in (fixed, *islice(_parts(subject, fixed, fixable[rule.code]), MOST_PARTS)):
            candidate = _changed(subject, value)
            if _is_better(subject, candidate, rule, before):
                return candidate
    return None


def _parts(subject: Subject, fixed: jsontext.JsonValue, pointers: list[str]) -> Iterator[jsontext.JsonValue]:
    """Yield the value with one flaw mended each: where mending one of them would do harm, the others need not wait."""
    around = dict.fromkeys(_schema_around(subject, where) for where in pointers)
    for where in around if len(around) > 1 else ():
        try:
            mended = pointer.resolve(fixed, where)
            yield put(subject.fresh_value(), where, mended)
        except KeyError:  # the fix has moved what stood there
            continue


def _schema_around(subject: Subject, where: str) -> str:
    while where and where not in subject.by_pointer:
        where = where.rpartition("/")[0]
    return where


def _is_better(subject: Subject, candidate: Subject, rule: LintRule, before: Counter[str]) -> bool:
    if candidate.unreadable is not None or candidate.value == subject.value:
        return False
    if not rule.ends and not _keeps_all(subject, candidate):
        return False
    after = Counter(found.code for found, _ in flaws_of(candidate))
    return after[rule.code] < before[rule.code] and (rule.ends or after <= before)


def _changed(subject: Subject, value: jsontext.JsonValue) -> Subject:
    """Return *subject* with another value, its text changed no more than that takes."""
    text = reworded(subject.text, value)
    return subject.with_value(value) if text is None else subject.with_text(text)


def _keeps_all(subject: Subject, candidate: Subject) -> bool:
    """Whether every field and every description is still there."""
    return _held(subject) <= _held(candidate)


def _held(subject: Subject) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for place in subject.places:
        if place.is_property:
            found["field", str(place.key)] += 1
        if isinstance(place.schema, dict) and isinstance(place.schema.get("description"), str):
            found["description", place.schema["description"]] += 1
    return found
