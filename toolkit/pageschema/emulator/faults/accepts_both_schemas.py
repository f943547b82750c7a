"""Takes page_schema and schema_id together, and goes by the one it likes."""

from pageschema.emulator.fault import Fault, Trip

FAULT = Fault(
    name="accepts-both-schemas",
    summary="Takes page_schema and schema_id together, and goes by the one it likes.",
    trips=(Trip(check="broken-accepted", clause="schema-exclusive"),),
    apply=lambda behaviour: behaviour.without("schema-exclusive"),
)
