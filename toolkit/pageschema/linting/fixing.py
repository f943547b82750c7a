"""Mending what can be mended without asking."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import overload

from pageschema import jsontext
from pageschema.linting.findings import flaws_of
from pageschema.linting.rules import RULES
from pageschema.linting.subject import Subject
from pageschema.schema import PageSchema

MOST_ROUNDS = 100


@overload
def fix(schema: PageSchema, *, unsafe: bool = False) -> PageSchema: ...
@overload
def fix(schema: jsontext.JsonValue, *, unsafe: bool = False) -> str: ...
def fix(schema: PageSchema | jsontext.JsonValue, *, unsafe: bool = False) -> PageSchema | str:
    """Return a page schema, or a JSON text, with everything mended that a rule can mend.

    Keys keep their order, and no fix adds a finding, drops a description or a field. Fixing the result again changes
    nothing; where there is nothing to mend, the text comes back as it was. So do a text that is not JSON and one with
    a key that stands twice, since writing it anew would drop one of the two.

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
    fixable = {rule.code for rule, flaw in flaws if flaw.fixable}
    before = Counter(rule.code for rule, _ in flaws)
    for rule in RULES:
        if rule.code not in fixable or rule.fix is None or not (rule.fix_is_safe or unsafe):
            continue
        candidate = subject.with_value(rule.fix(subject))
        if candidate.unreadable is not None or candidate.value == subject.value:
            continue
        after = Counter(found.code for found, _ in flaws_of(candidate))
        if after[rule.code] < before[rule.code] and (rule.ends or after <= before):
            return candidate
    return None
