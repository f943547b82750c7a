"""Gives every seventh request the id of the one before, whose result is then lost."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import request_id
from pageschema.emulator.fault import Fault, Trip


def _identify(number: int) -> str:
    return request_id(number - 1 if number % 7 == 0 else number)


FAULT = Fault(
    name="reuses-request-id",
    summary="Gives every seventh request the id of the one before, whose result is then lost.",
    trips=(Trip(check="request-id-reused"), Trip(check="result-changed")),
    apply=lambda behaviour: replace(behaviour, identify=_identify),
)
