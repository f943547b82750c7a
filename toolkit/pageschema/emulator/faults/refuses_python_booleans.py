"""Refuses 'True' and 'False', which Datalab's own Python client sends for booleans."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import Form
from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.submission import Refusal

_BOOLEANS = frozenset({"save_checkpoint", "skip_cache"})


def _read(form: Form) -> Form | Refusal:
    for name, value in form:
        if name in _BOOLEANS and value in {"True", "False"}:
            error = {
                "type": "bool_parsing",
                "loc": ["body", name],
                "msg": "Input should be a valid boolean",
                "input": value,
            }
            return Refusal(status=422, detail=[error])
    return form


FAULT = Fault(
    name="refuses-python-booleans",
    summary="Refuses 'True' and 'False', which Datalab's own Python client sends for booleans.",
    trips=(Trip(check="valid-refused"),),
    apply=lambda behaviour: replace(behaviour, read_form=_read),
)
