"""Sends clients to another host for their result, and their key with them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema.emulator.behaviour import acceptance
from pageschema.emulator.fault import Fault, Trip


def _accept(request_id: str, origin: str) -> dict[str, Any]:  # noqa: ARG001 - that is the fault.
    return acceptance(request_id, "https://api.example.com")


FAULT = Fault(
    name="foreign-check-url",
    summary="Sends clients to another host for their result, and their key with them.",
    trips=(Trip(check="foreign-check-url"),),
    apply=lambda behaviour: replace(behaviour, accept=_accept),
)
