"""Takes properties that are a list of names."""

from __future__ import annotations

from dataclasses import replace

from pageschema import jsontext
from pageschema.emulator.behaviour import Behaviour
from pageschema.emulator.extraction import Extraction, Unextractable
from pageschema.emulator.fault import Fault, Trip


def _apply(behaviour: Behaviour) -> Behaviour:
    honest = behaviour.extract

    def extract(text: str) -> Extraction | Unextractable:
        schema = jsontext.parse(text, max_depth=jsontext.MAX_SCHEMA_DEPTH)
        usable = isinstance(schema, dict) and isinstance(schema.get("properties", {}), dict)
        return honest(text) if usable else Extraction(value={}, schema={})

    return replace(behaviour.without("page-schema-properties-object"), extract=extract)


FAULT = Fault(
    name="accepts-list-of-names",
    summary="Takes properties that are a list of names.",
    trips=(Trip(check="broken-accepted", clause="page-schema-properties-object"),),
    apply=_apply,
)
