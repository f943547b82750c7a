"""check_extraction: whether what came back is what the page schema asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pageschema import jsontext, pointer
from pageschema.conformance import wording
from pageschema.conformance.causes import Causes, missing
from pageschema.conformance.peeling import Null, Reading, read
from pageschema.conformance.result import read_result
from pageschema.conformance.shape import Shapes
from pageschema.conformance.siblings import sibling_violations
from pageschema.conformance.violation import Violation
from pageschema.errors import InvalidSchema
from pageschema.schema import Fault, Judge, PageSchema

MAX_VIOLATIONS = 100


class ExtractionMismatch(AssertionError):
    """An extraction breaks its page schema; `violations` says where and how."""

    def __init__(self, violations: list[Violation]) -> None:
        self.violations = tuple(violations)
        places = "place" if len(violations) == 1 else "places"
        lines = [f"the extraction breaks its page schema in {len(violations)} {places}"]
        for each in violations:
            lines += [f"  {each.pointer or '(root)'}: {each.message}", f"    {each.remedy}"]
        super().__init__("\n".join(lines))


def check_extraction(result: Any, schema: PageSchema | dict[str, Any], *, strict: bool = False) -> list[Violation]:
    """Return where an extraction breaks its page schema, in order of pointer, at most 100 places.

    The API's own keys beside a field are peeled off and their shapes checked. A property that is not required may be
    absent or null; one of a union's branches is enough to allow that.

    Args:
        result: A whole result or the extraction alone; as JSON text, or read.
        schema: The page schema that was sent.
        strict: Take null for what the schema says it is.

    Raises:
        NoExtraction: The result failed, is not finished, or is stored elsewhere.
        InvalidJSON: The result is not JSON, or past a bound.
        InvalidSchema: The schema cannot be compiled.
    """
    reader = _reader(schema.text if isinstance(schema, PageSchema) else _text(schema))
    extracted = read_result(result, declared=reader.shapes.root.names)
    extraction = extracted.value
    if not isinstance(extraction, dict):
        return [wording.not_an_object(extraction)]
    found = [wording.doubly_encoded()] if extracted.doubly_encoded else []
    reading = read(extraction, reader.shapes)
    faults = reader.faults(reading, strict=strict)
    optional = {null.pointer for null in reading.nulls if strict and not null.is_required}
    found += [wording.violation(fault, extraction, reader.shapes, optional_nulls=optional) for fault in faults]
    found += sibling_violations(reading.siblings, extraction)
    return sorted(found, key=lambda each: _order(each.pointer))[:MAX_VIOLATIONS]


def assert_extraction(result: Any, schema: PageSchema | dict[str, Any], *, strict: bool = False) -> None:
    """Raise unless an extraction fits its page schema; the arguments are those of `check_extraction`.

    Raises:
        ExtractionMismatch: It does not; the message says where, how, and what to do.
    """
    violations = check_extraction(result, schema, strict=strict)
    if violations:
        raise ExtractionMismatch(violations)


class _Reader:
    """One page schema, compiled for reading extractions."""

    def __init__(self, root: Any) -> None:
        self.shapes = Shapes(root)
        self._judge = Judge(root)
        self._causes = Causes(root)

    def faults(self, reading: Reading, *, strict: bool) -> list[Fault]:
        """Return what is wrong under the reading that does it most justice.

        A null that nobody requires and no schema names counts as absent. Where a union leaves open which branch is
        meant, both ways are tried.
        """
        if self._judge.accepts(reading.value):
            return []
        optional = [] if strict else [null for null in reading.nulls if not null.is_required]
        choices = [optional]
        if any(null.is_admitted for null in optional):
            choices.append([null for null in optional if not null.is_admitted])
        found = []
        for absent in choices:
            _put_back(optional)
            _take_out(absent)
            if self._judge.accepts(reading.value):
                return []
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


def _text(schema: dict[str, Any]) -> str:
    try:
        return json.dumps(schema, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidSchema(
            f"the schema is not JSON: {error}", remedy="give a PageSchema, or a dict read from JSON"
        ) from error


@lru_cache(maxsize=64)
def _reader(text: str) -> _Reader:
    return _Reader(jsontext.parse(text, max_depth=jsontext.MAX_SCHEMA_DEPTH))


def _order(where: str) -> list[tuple[bool, int, str]]:
    """Return a key that sorts pointers as the extraction reads: items by number, members by name."""
    return [(part.isdecimal(), len(part) if part.isdecimal() else 0, part) for part in pointer.parse(where)]
