"""Reads form fields as Latin-1, so that field names outside ASCII come back mangled."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import Form
from pageschema.emulator.fault import Fault, Trip


def _read(form: Form) -> Form:
    return [
        (name, value.encode("utf-8", "replace").decode("latin-1") if isinstance(value, str) else value)
        for name, value in form
    ]


FAULT = Fault(
    name="mangles-unicode",
    summary="Reads form fields as Latin-1, so that field names outside ASCII come back mangled.",
    trips=(Trip(check="nonconforming-extraction"),),
    apply=lambda behaviour: replace(behaviour, read_form=_read),
)
