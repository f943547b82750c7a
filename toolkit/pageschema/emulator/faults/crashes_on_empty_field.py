"""Fails with a 500 on a form field that is there and empty, as browsers send them."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import Form
from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.submission import CRASH, Refusal


def _read(form: Form) -> Form | Refusal:
    return CRASH if any(value == "" for _, value in form) else form


FAULT = Fault(
    name="crashes-on-empty-field",
    summary="Fails with a 500 on a form field that is there and empty, as browsers send them.",
    trips=(Trip(check="server-error"),),
    apply=lambda behaviour: replace(behaviour, read_form=_read),
)
