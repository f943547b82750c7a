"""Takes a max_pages that is no number as if it had not been sent."""

from __future__ import annotations

import re
from dataclasses import replace

from pageschema.emulator.behaviour import Form
from pageschema.emulator.fault import Fault, Trip

_INTEGER = re.compile(r"\s*[+-]?[0-9]+(\.0*)?\s*")


def _read(form: Form) -> Form:
    return [
        (name, value)
        for name, value in form
        if not (name == "max_pages" and isinstance(value, str) and not _INTEGER.fullmatch(value))
    ]


FAULT = Fault(
    name="accepts-words-for-numbers",
    summary="Takes a max_pages that is no number as if it had not been sent.",
    trips=(Trip(check="broken-accepted", clause="max-pages-integer"),),
    apply=lambda behaviour: replace(behaviour, read_form=_read),
)
