"""Writes the booleans of an extraction as strings, as a template does."""

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
        return [_change(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else value


FAULT = Fault(
    name="boolean-as-text",
    summary="Writes the booleans of an extraction as strings, as a template does.",
    trips=(Trip(check="nonconforming-extraction"),),
    apply=_apply,
)
