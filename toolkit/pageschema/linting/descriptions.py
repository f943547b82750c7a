"""Descriptions of fields: those that are sent, and those that a model holds where nobody sends them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from pageschema.finding import Origin
from pageschema.linting.constants import constants
from pageschema.linting.subject import Subject
from pageschema.linting.words import stands_for_nothing
from pageschema.schema import FieldFacts, Place

_PRAGMA = re.compile(
    r"(?i)\s*(noqa|type:|pageschema:|pylint|pragma|fmt:|mypy:|pyright:|ruff:|isort:|todo|fixme|xxx|hack\b|nosec|region)"
)

_NO_TEXT = ("array", "boolean", "integer", "number", "object")


def is_described(subject: Subject, place: Place) -> bool:
    """Whether the field, what it refers to, a branch of it or what one of its items is carries a description."""
    for member in subject.team(place).places:
        if _has_text(member.schema):
            return True
        items = subject.by_pointer.get(f"{member.pointer}/items")
        if items is not None and any(_has_text(item.schema) for item in subject.team(items).places):
            return True
    return not subject.team(place).is_whole


def misplaced(subject: Subject) -> frozenset[Origin]:
    """Return the fields of a model that want no description, or have it where it is not sent: other rules name them."""
    return frozenset(facts.origin for facts in (*given_as_default(subject), *unused(subject), *constants(subject)))


def given_as_default(subject: Subject) -> Iterator[FieldFacts]:
    """Yield the undescribed fields whose first argument to ``Field()`` reads as their description."""
    for facts in _undescribed(subject):
        text = facts.first_argument
        name = facts.origin.field or ""
        if text and _reads_as_description(text, name, subject.by_pointer[facts.pointer].schema):
            yield facts


def unused(subject: Subject) -> Iterator[FieldFacts]:
    """Yield the undescribed fields that a docstring or a comment describes."""
    defaults = {facts.origin for facts in given_as_default(subject)}
    for facts in _undescribed(subject):
        if facts.origin in defaults or not (facts.docstring or _says_something(facts.comment)):
            continue
        if not _speaks_through_its_fields(subject, subject.by_pointer[facts.pointer]):
            yield facts


def _undescribed(subject: Subject) -> Iterator[FieldFacts]:
    for facts in subject.facts.fields:
        place = subject.by_pointer.get(facts.pointer) if facts.is_sent else None
        if place is not None and isinstance(place.schema, dict) and not is_described(subject, place):
            yield facts


def _speaks_through_its_fields(subject: Subject, place: Place) -> bool:
    """Whether the field is an object, or an array of objects, of which a field is described."""
    members = list(subject.team(place).places)
    for member in tuple(members):
        items = subject.by_pointer.get(f"{member.pointer}/items")
        members += subject.team(items).places if items is not None else ()
    within = [child for member in members for child in subject.leads_to(member) if child.is_property]
    return any(is_described(subject, child) for child in within)


def _has_text(schema: object) -> bool:
    description = schema.get("description", "") if isinstance(schema, dict) else ""
    return not isinstance(description, str) or bool(description.strip())  # another rule flags what is no string


def describes_by_default(place: Place) -> bool:
    """Whether the default of an undescribed field is words about it, which another rule flags."""
    text = place.schema.get("default") if isinstance(place.schema, dict) else None
    return isinstance(text, str) and bool(text) and _reads_as_description(text, str(place.key), place.schema)


def _reads_as_description(text: str, name: str, schema: dict[str, object]) -> bool:
    """Return whether a default is words about the field: of another type, its name again, or a phrase.

    A name of several words (``United States``), what stands for nothing (``not specified``) and what the field may be
    (one of an enum) are defaults.
    """
    if "enum" in schema or "const" in schema or stands_for_nothing(text):
        return False
    given = schema.get("type")
    types = [name for name in (given if isinstance(given, list) else [given]) if name != "null"]
    if types and all(name in _NO_TEXT for name in types):
        return True
    words = re.findall(r"[^\W\d_]+", text)
    if "".join(words).casefold() == name.replace("_", "").casefold():
        return True
    lower = [word for word in words[1:] if word.islower()]
    return bool(lower) and len(words) >= (4 if re.search(r"\d", text) else 2)


def _says_something(comment: str) -> bool:
    """Return whether a comment holds words for people: no instruction to a tool, no line of signs, no code."""
    if _PRAGMA.match(comment) or len(re.findall(r"[^\W\d_]{2,}", comment)) < 2 or re.search(r"[-=*#~_]{3}", comment):
        return False
    try:
        return isinstance(ast.parse(comment).body[0], ast.Expr) and " " in comment and "(" not in comment
    except (SyntaxError, ValueError, IndexError, RecursionError, MemoryError):
        return True
