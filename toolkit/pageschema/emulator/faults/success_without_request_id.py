"""Accepts a request, bills it, and does not say under which id."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema.emulator.behaviour import acceptance
from pageschema.emulator.fault import Fault, Trip


def _accept(request_id: str, origin: str) -> dict[str, Any]:
    body = acceptance(request_id, origin)
    del body["request_id"]
    return body


FAULT = Fault(
    name="success-without-request-id",
    summary="Accepts a request, bills it, and does not say under which id.",
    trips=(Trip(check="undocumented-response"),),
    apply=lambda behaviour: replace(behaviour, accept=_accept),
)
