"""Fails with a 500 on a file name outside ASCII."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import Form
from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.submission import CRASH, Refusal


def _read(form: Form) -> Form | Refusal:
    names = [getattr(value, "filename", None) or "" for _, value in form]
    return form if all(name.isascii() for name in names) else CRASH


FAULT = Fault(
    name="crashes-on-file-name",
    summary="Fails with a 500 on a file name outside ASCII.",
    trips=(Trip(check="server-error"),),
    apply=lambda behaviour: replace(behaviour, read_form=_read),
)
