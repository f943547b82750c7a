"""Forgets file_url where a processing_location is asked for."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import Form
from pageschema.emulator.fault import Fault, Trip


def _read(form: Form) -> Form:
    located = any(name == "processing_location" and value for name, value in form)
    return [(name, value) for name, value in form if not (located and name == "file_url")]


FAULT = Fault(
    name="hides-location",
    summary="Forgets file_url where a processing_location is asked for.",
    trips=(Trip(check="valid-refused"),),
    apply=lambda behaviour: replace(behaviour, read_form=_read),
)
