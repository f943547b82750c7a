"""Takes a page_schema that is no JSON, and extracts no fields by it."""

from pageschema.emulator.fault import Fault, Trip

FAULT = Fault(
    name="accepts-any-text-as-schema",
    summary="Takes a page_schema that is no JSON, and extracts no fields by it.",
    trips=(Trip(check="broken-accepted", clause="page-schema-json"),),
    apply=lambda behaviour: behaviour.without("page-schema-json"),
)
