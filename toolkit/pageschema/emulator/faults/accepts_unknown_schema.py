"""Takes a schema_id that it does not know, and extracts nothing by it."""

from __future__ import annotations

from pageschema.emulator.fault import Fault, Trip

FAULT = Fault(
    name="accepts-unknown-schema",
    summary="Takes a schema_id that it does not know, and extracts nothing by it.",
    trips=(Trip(check="unknown-resource-accepted"),),
    apply=lambda behaviour: behaviour.without("schema-known"),
)
