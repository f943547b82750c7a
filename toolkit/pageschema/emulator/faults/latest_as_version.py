"""Takes a schema_version that is no number for the latest."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import Form
from pageschema.emulator.fault import Fault, Trip


def _read(form: Form) -> Form:
    return [(name, value) for name, value in form if name != "schema_version" or value.lstrip("-").isdecimal()]


FAULT = Fault(
    name="latest-as-version",
    summary="Takes a schema_version that is no number for the latest.",
    trips=(Trip(check="broken-accepted", clause="schema-version-integer"),),
    apply=lambda behaviour: replace(behaviour, read_form=_read),
)
