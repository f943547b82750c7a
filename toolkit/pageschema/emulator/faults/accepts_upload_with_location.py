"""Takes an upload although a processing_location is asked for: the document is already in the wrong region."""

from pageschema.emulator.fault import Fault, Trip

FAULT = Fault(
    name="accepts-upload-with-location",
    summary="Takes an upload although a processing_location is asked for: the document is already in the wrong region.",
    trips=(Trip(check="broken-accepted", clause="upload-without-location"),),
    apply=lambda behaviour: behaviour.without("upload-without-location"),
)
