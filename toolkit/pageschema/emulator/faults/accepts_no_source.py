"""Takes a request without any document, and extracts from nowhere."""

from pageschema.emulator.fault import Fault, Trip

FAULT = Fault(
    name="accepts-no-source",
    summary="Takes a request without any document, and extracts from nowhere.",
    trips=(Trip(check="broken-accepted", clause="source-required"),),
    apply=lambda behaviour: behaviour.without("source-required"),
)
