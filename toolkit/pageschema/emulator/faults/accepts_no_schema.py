"""Takes a request that names no schema, and extracts nothing."""

from pageschema.emulator.fault import Fault, Trip

FAULT = Fault(
    name="accepts-no-schema",
    summary="Takes a request that names no schema, and extracts nothing.",
    trips=(Trip(check="broken-accepted", clause="schema-required"),),
    apply=lambda behaviour: behaviour.without("schema-required"),
)
