"""Takes a workflowstepdata_id that is no number, and associates the request with nothing."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import Form
from pageschema.emulator.fault import Fault, Trip


def _read(form: Form) -> Form:
    return [(name, value) for name, value in form if name != "workflowstepdata_id" or value.isdecimal()]


FAULT = Fault(
    name="drops-unreadable-step",
    summary="Takes a workflowstepdata_id that is no number, and associates the request with nothing.",
    trips=(Trip(check="broken-accepted", clause="workflowstepdata-id-integer"),),
    apply=lambda behaviour: replace(behaviour, read_form=_read),
)
