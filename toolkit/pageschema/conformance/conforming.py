"""Conformance: a page schema, compiled to judge extractions as they come, and to read those that it does not take."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Any

from pageschema import jsontext, pointer
from pageschema.conformance import wording
from pageschema.conformance.admitting import CannotAdmit, Writing
from pageschema.conformance.causes import Causes, missing
from pageschema.conformance.peeling import Null, Reading, read
from pageschema.conformance.shape import Shapes
from pageschema.conformance.siblings import sibling_violations
from pageschema.conformance.violation import Violation
from pageschema.errors import InvalidSchema
from pageschema.schema import Fault, Judge, PageSchema

MAX_VIOLATIONS = 100
_NOTHING: dict[str, Any] = {"not": {}}


def conformance_schema(schema: PageSchema | dict[str, Any], *, strict: bool = False) -> dict[str, Any]:
    """Return a JSON Schema (2020-12) of the extractions that may come back for a page schema, as they come.

    At every depth it takes the API's own keys beside a declared field (``<field>_citations``, ``<field>_meta``,
    ``<field>_score``, in their shapes), and null where a field is not required; else it says what *schema* says.

    What it takes, `check_extraction` finds nothing wrong with. A few keywords cannot be said of objects with such keys
    beside their fields (``uniqueItems``, ``minProperties``, a ``oneOf`` whose branches overlap): there it takes no
    object, and `Conformance.is_exact` is false.

    Args:
        strict: Take null for what the schema says it is.

    Raises:
        InvalidSchema: The schema cannot be compiled.
    """
    conformance = Conformance.of(schema, strict=strict)
    copied: dict[str, Any] = json.loads(json.dumps(conformance.schema))
    return copied


class Conformance:
    """A page schema compiled for judging extractions. It can be pickled, and is quick to make from that.

    `schema` is the conformance schema; where `is_exact`, it decides alone.

    Args:
        schema: What was sent.
        strict: Take null for what the schema says it is.

    Raises:
        InvalidSchema: The schema cannot be compiled.
    """

    def __init__(self, schema: PageSchema | dict[str, Any], *, strict: bool = False) -> None:
        self._text = _text(schema)
        self._strict = strict
        self._root = jsontext.parse(self._text, max_depth=jsontext.MAX_SCHEMA_DEPTH)
        self._read = Judge(self._root)
        self.shapes = Shapes(self._root)
        self.schema, self.is_exact, self._as_it_came = _admitting(self._root, strict=strict)

    @staticmethod
    def of(schema: PageSchema | dict[str, Any], *, strict: bool = False) -> Conformance:
        """Return *schema* compiled; those compiled lately are kept."""
        return _compiled(_text(schema), strict)

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel as text: what is compiled cannot."""
        return _compiled, (self._text, self._strict)

    def accepts(self, extraction: Any) -> bool:
        """Return whether `check_extraction` finds nothing wrong with an extraction, a value read from JSON."""
        if self._as_it_came.accepts(extraction):
            return True
        if self.is_exact or not isinstance(extraction, dict):
            return False
        reading = read(extraction, self.shapes)
        return any(self._readings(reading)) and not any(sibling_violations(reading.siblings, extraction))

    def violations(self, extraction: dict[str, Any]) -> list[Violation]:
        """Return what is wrong with an extraction, in order of pointer, at most 100 places."""
        if self._as_it_came.accepts(extraction):
            return []
        reading = read(extraction, self.shapes)
        optional = {null.pointer for null in reading.nulls if self._strict and not null.is_required}
        faults = sorted(self._faults(reading), key=lambda each: _order(each.pointer))[:MAX_VIOLATIONS]
        found = [wording.violation(fault, extraction, self.shapes, optional_nulls=optional) for fault in faults]
        found += sibling_violations(reading.siblings, extraction)
        return sorted(found, key=lambda each: _order(each.pointer))[:MAX_VIOLATIONS]

    @cached_property
    def _causes(self) -> Causes:
        return Causes(self._root)

    def _readings(self, reading: Reading) -> Iterator[bool]:
        """Put *reading* into each of the forms that it may be meant in, and yield whether that is valid."""
        yield self._read.accepts(reading.value)
        for absent in self._choices(reading):
            _put_back(reading.nulls)
            _take_out(absent)
            yield self._read.accepts(reading.value)

    def _choices(self, reading: Reading) -> list[list[Null]]:
        """Return the nulls that count as absent: those that nobody requires; or, of those, what no schema names null.

        Where a union leaves open which branch is meant, both ways are tried.
        """
        optional = [] if self._strict else [null for null in reading.nulls if not null.is_required]
        not_named = [null for null in optional if not null.is_admitted]
        return [optional] if len(not_named) == len(optional) else [optional, not_named]

    def _faults(self, reading: Reading) -> list[Fault]:
        """Return what is wrong under the reading that does it most justice."""
        if any(self._readings(reading)):
            return []
        found = []
        for absent in self._choices(reading):
            _put_back(reading.nulls)
            _take_out(absent)
            found.append(self._faults_without(absent, reading))
        return min(found, key=len)

    def _faults_without(self, absent: list[Null], reading: Reading) -> list[Fault]:
        faults = self._causes.find(reading.value)
        while asked_for := [null for null in absent if null.pointer in set(_missing(faults))]:
            # Something conditional requires it: then the null is what is wrong there.
            _put_back(asked_for)
            absent = [null for null in absent if null not in asked_for]
            faults = self._causes.find(reading.value)
        return faults


def _admitting(root: Any, *, strict: bool) -> tuple[dict[str, Any], bool, Judge]:
    """Return the conformance schema, whether it is exact, and it compiled; if it cannot be, one that takes nothing."""
    try:
        writing = Writing(root, strict=strict)
        return writing.schema, writing.is_exact, Judge(writing.schema)
    except (CannotAdmit, InvalidSchema, RecursionError):
        return _NOTHING, False, Judge(_NOTHING)


def _take_out(nulls: list[Null]) -> None:
    for null in nulls:
        null.holder.pop(null.name, None)


def _put_back(nulls: list[Null]) -> None:
    for null in nulls:
        null.holder[null.name] = None


def _missing(faults: list[Fault]) -> Iterator[str]:
    for fault in faults:
        if fault.keyword == "required":
            for name in missing(fault):
                yield pointer.join(fault.pointer, name)


def _text(schema: PageSchema | dict[str, Any]) -> str:
    if isinstance(schema, PageSchema):
        return schema.text
    try:
        return json.dumps(schema, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidSchema(
            f"the schema is not JSON: {error}",
            remedy="give a PageSchema, or a dict read from JSON; of a model: page_schema(Model)",
        ) from error


@lru_cache(maxsize=64)
def _compiled(text: str, strict: bool) -> Conformance:  # noqa: FBT001 - the arguments of a pickle go by position.
    return Conformance(jsontext.parse(text, max_depth=jsontext.MAX_SCHEMA_DEPTH), strict=strict)


def _order(where: str) -> list[tuple[bool, int, str]]:
    """Return a key that sorts pointers as the extraction reads: items by number, members by name."""
    return [(part.isdecimal(), len(part) if part.isdecimal() else 0, part) for part in pointer.parse(where)]
