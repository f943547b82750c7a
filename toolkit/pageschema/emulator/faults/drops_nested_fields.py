"""Leaves out the first field of objects inside objects and lists."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema.emulator.behaviour import Behaviour
from pageschema.emulator.extraction import Extraction, Unextractable
from pageschema.emulator.fault import Fault, Trip


def _apply(behaviour: Behaviour) -> Behaviour:
    honest = behaviour.extract

    def extract(text: str) -> Extraction | Unextractable:
        outcome = honest(text)
        return outcome if isinstance(outcome, Unextractable) else replace(outcome, value=_change(outcome.value))

    return replace(behaviour, extract=extract)


def _change(value: Any, depth: int = 0) -> Any:
    if isinstance(value, list):
        return [_change(item, depth + 1) for item in value]
    if not isinstance(value, dict):
        return value
    kept = list(value.items())[1:] if depth else value.items()
    return {name: _change(item, depth + 1) for name, item in kept}


FAULT = Fault(
    name="drops-nested-fields",
    summary="Leaves out the first field of objects inside objects and lists.",
    trips=(Trip(check="nonconforming-extraction"),),
    apply=_apply,
)
