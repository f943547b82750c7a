"""Takes a page_schema without 'properties', such as a bare map of fields, and extracts nothing."""

from pageschema.emulator.fault import Fault, Trip

FAULT = Fault(
    name="accepts-schema-without-properties",
    summary="Takes a page_schema without 'properties', such as a bare map of fields, and extracts nothing.",
    trips=(Trip(check="broken-accepted", clause="page-schema-properties"),),
    apply=lambda behaviour: behaviour.without("page-schema-properties"),
)
