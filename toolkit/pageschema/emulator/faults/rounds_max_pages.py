"""Takes a max_pages of 2.5 as 2."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import Form
from pageschema.emulator.fault import Fault, Trip


def _read(form: Form) -> Form:
    return [(name, value.partition(".")[0] if name == "max_pages" else value) for name, value in form]


FAULT = Fault(
    name="rounds-max-pages",
    summary="Takes a max_pages of 2.5 as 2.",
    trips=(Trip(check="broken-accepted", clause="max-pages-integer"),),
    apply=lambda behaviour: replace(behaviour, read_form=_read),
)
