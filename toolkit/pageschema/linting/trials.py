"""Trying the values that a schema gives for its own fields: defaults and examples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from pageschema import pointer
from pageschema.errors import InvalidSchema
from pageschema.linting.subject import WIDEST, Subject
from pageschema.schema import Judge, Place
from pageschema.schema.judge import Fault

_URI = "urn:pageschema:linted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A value that stands at `pointer`, meant to be valid under the schema at `place`."""

    place: Place
    pointer: str
    value: Any


def broken(subject: Subject, trials: Sequence[Trial]) -> list[tuple[Trial, Fault]]:
    """Return the trials whose value their schema refuses, with the reason; none where the schema cannot be judged.

    All of them are judged in one go, each as a property that refers to its place, so that a thousand defaults cost one
    compilation.
    """
    root = subject.value
    if not trials or subject.shape.width > WIDEST or any(_has_base(place) for place in subject.places):
        return []
    probe = {
        "properties": {
            str(number): {"$ref": f"{_URI}#{quote(trial.place.pointer, safe='/~')}"}
            for number, trial in enumerate(trials)
        },
        "$defs": {"linted": {**{key: value for key, value in root.items() if key != "$schema"}, "$id": _URI}},
    }
    first: dict[int, Fault] = {}
    try:
        for fault in Judge(probe).faults({str(number): trial.value for number, trial in enumerate(trials)}):
            first.setdefault(int(pointer.parse(fault.pointer)[0]), fault)
    except InvalidSchema:
        return []
    return [(trials[number], first[number]) for number in sorted(first)]


def _has_base(place: Place) -> bool:
    return (
        isinstance(place.schema, dict) and ("$id" in place.schema or "$schema" in place.schema) and bool(place.pointer)
    )
