"""Gives a value that the enum does not list, in its own words."""

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
    return "Euro" if isinstance(value, str) and value in {"EUR", "USD"} else value


FAULT = Fault(
    name="ignores-enum",
    summary="Gives a value that the enum does not list, in its own words.",
    trips=(Trip(check="nonconforming-extraction"),),
    apply=_apply,
)
