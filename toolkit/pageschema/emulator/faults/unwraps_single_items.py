"""Gives the item itself where a list has one item."""

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


def _change(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _change(item) for name, item in value.items()}
    if isinstance(value, list):
        return _change(value[0]) if value else value
    return value


FAULT = Fault(
    name="unwraps-single-items",
    summary="Gives the item itself where a list has one item.",
    trips=(Trip(check="nonconforming-extraction"),),
    apply=_apply,
)
