"""Leaves a required field out of the extraction."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import Behaviour
from pageschema.emulator.extraction import Extraction, Unextractable
from pageschema.emulator.fault import Fault, Trip


def _apply(behaviour: Behaviour) -> Behaviour:
    honest = behaviour.extract

    def extract(text: str) -> Extraction | Unextractable:
        outcome = honest(text)
        if isinstance(outcome, Unextractable) or not isinstance(outcome.value, dict):
            return outcome
        required = outcome.schema.get("required", []) if isinstance(outcome.schema, dict) else []
        dropped = next((name for name in required if name in outcome.value), None)
        return replace(outcome, value={name: item for name, item in outcome.value.items() if name != dropped})

    return replace(behaviour, extract=extract)


FAULT = Fault(
    name="drops-required-field",
    summary="Leaves a required field out of the extraction.",
    trips=(Trip(check="nonconforming-extraction"),),
    apply=_apply,
)
