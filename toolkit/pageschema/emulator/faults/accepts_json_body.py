"""Reads a JSON body like a form, past the checks of a proxy in front."""

from __future__ import annotations

from dataclasses import replace

from pageschema import jsontext
from pageschema.emulator.behaviour import Form
from pageschema.emulator.fault import Fault, Trip
from pageschema.errors import InvalidJSON


def _read(content_type: str, body: bytes) -> Form | None:
    try:
        value = jsontext.parse(body) if content_type == "application/json" else None
    except InvalidJSON:
        return None
    return [(name, str(text)) for name, text in value.items()] if isinstance(value, dict) else None


FAULT = Fault(
    name="accepts-json-body",
    summary="Reads a JSON body like a form, past the checks of a proxy in front.",
    trips=(Trip(check="broken-accepted", clause="form-body"),),
    apply=lambda behaviour: replace(behaviour, read_body=_read),
)
