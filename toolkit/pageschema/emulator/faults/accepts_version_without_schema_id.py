"""Takes a schema_version beside a page_schema, and ignores it."""

from pageschema.emulator.fault import Fault, Trip

FAULT = Fault(
    name="accepts-version-without-schema-id",
    summary="Takes a schema_version beside a page_schema, and ignores it.",
    trips=(Trip(check="broken-accepted", clause="schema-version-needs-schema-id"),),
    apply=lambda behaviour: behaviour.without("schema-version-needs-schema-id"),
)
