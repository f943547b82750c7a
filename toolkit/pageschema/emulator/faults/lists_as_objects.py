"""Gives a list as an object with numbers for keys, as PHP does with gaps."""

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
        return {str(index): _change(item) for index, item in enumerate(value)}
    return value


FAULT = Fault(
    name="lists-as-objects",
    summary="Gives a list as an object with numbers for keys, as PHP does with gaps.",
    trips=(Trip(check="nonconforming-extraction"),),
    apply=_apply,
)
