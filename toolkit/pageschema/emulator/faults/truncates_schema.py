"""Cuts page_schema at 4,000 characters, the width of a database column."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import Form
from pageschema.emulator.fault import Fault, Trip


def _read(form: Form) -> Form:
    return [(name, value[:4000] if name == "page_schema" else value) for name, value in form]


FAULT = Fault(
    name="truncates-schema",
    summary="Cuts page_schema at 4,000 characters, the width of a database column.",
    trips=(Trip(check="valid-refused"),),
    apply=lambda behaviour: replace(behaviour, read_form=_read),
)
