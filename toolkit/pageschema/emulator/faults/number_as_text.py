"""Writes the numbers of an extraction as strings."""

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
        return outcome if isinstance(outcome, Unextractable) else replace(outcome, value=_as_text(outcome.value))

    return replace(behaviour, extract=extract)


def _as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _as_text(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_as_text(item) for item in value]
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


FAULT = Fault(
    name="number-as-text",
    summary="Writes the numbers of an extraction as strings.",
    trips=(Trip(check="nonconforming-extraction"),),
    apply=_apply,
)
