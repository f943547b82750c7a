"""Trying the values that a schema gives for its own fields: defaults and examples."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from pageschema import pointer
from pageschema.errors import InvalidSchema
from pageschema.linting.kinds import kind_of_value
from pageschema.linting.subject import WIDEST, Subject
from pageschema.schema import Place

if TYPE_CHECKING:
    from pageschema.schema import Fault, Judge

_URI = "urn:pageschema:linted"
_NULL = {"type": "null"}
_SILENT = frozenset({"title", "description", "default", "examples", "deprecated"})
_LOCAL_TIME = re.compile(r"(?:[0-9]{4}-[01][0-9]-[0-3][0-9]T)?[0-2][0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?")


class Trial(NamedTuple):
    """A value that stands at `pointer`, meant to be valid under the schema at `place`."""

    place: Place
    pointer: str
    value: Any


def broken(subject: Subject, trials: Sequence[Trial]) -> list[tuple[Trial, Fault]]:
    """Return the trials whose value their schema refuses, with the reason; none where the schema cannot be judged.

    All of them are judged in one go, each as a property that refers to its place, so that a thousand defaults cost one
    compilation. Read as an extraction is: a member that is null counts as absent. A time without an offset is one, as
    Pydantic writes and reads it.
    """
    root = subject.value
    trials = [trial for trial in trials if not _is_plainly_fine(trial.place.schema, trial.value)]
    if not trials or subject.shape.width > WIDEST or any(map(_has_base, subject.holding("$id", "$schema"))):
        return []
    probe = {
        "properties": {
            str(number): {"$ref": f"{_URI}#{quote(trial.place.pointer, safe='/~')}"}
            for number, trial in enumerate(trials)
        },
        "$defs": {"linted": {**{key: value for key, value in root.items() if key != "$schema"}, "$id": _URI}},
    }
    from pageschema.schema import Judge

    try:
        judge = Judge(probe)
        first = _first_faults(judge, {str(number): trial.value for number, trial in enumerate(trials)})
        again = {number: _without_nulls(trials[int(number)].value) for number in first}
        again = {number: value for number, value in again.items() if value != trials[int(number)].value}
        still = _first_faults(judge, again) if again else {}
    except InvalidSchema:
        return []
    wrong = sorted((number for number in first if number in still or number not in again), key=int)
    return [(trials[int(number)], first[number]) for number in wrong]


def _is_plainly_fine(schema: Any, value: Any) -> bool:
    """Whether *schema* says of *value* no more than its type, and that type is right: most defaults are null."""
    saying = [keyword for keyword in schema if keyword not in _SILENT] if isinstance(schema, dict) else []
    if saying == ["type"]:
        types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return kind_of_value(value) in types
    return saying == ["anyOf"] and value is None and isinstance(schema["anyOf"], list) and _NULL in schema["anyOf"]


def _first_faults(judge: Judge, values: dict[str, Any]) -> dict[str, Fault]:
    first: dict[str, Fault] = {}
    for fault in judge.faults(values):
        number, *inside = pointer.parse(fault.pointer)
        if not _is_local_time(fault, pointer.resolve(values[number], pointer.build(inside))):
            first.setdefault(number, fault)
    return first


def _is_local_time(fault: Fault, value: Any) -> bool:
    if fault.keyword != "format" or not isinstance(value, str):
        return False
    return bool(_LOCAL_TIME.fullmatch(value))


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(each) for key, each in value.items() if each is not None}
    return [_without_nulls(each) for each in value] if isinstance(value, list) else value


def _has_base(place: Place) -> bool:
    return (
        isinstance(place.schema, dict) and ("$id" in place.schema or "$schema" in place.schema) and bool(place.pointer)
    )
