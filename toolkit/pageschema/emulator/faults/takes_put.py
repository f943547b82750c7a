"""Takes PUT like POST: its router lists the handler, not the method."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.fault import Fault, Trip


def _read(method: str, path: str) -> str:
    return "POST" if method == "PUT" and path.endswith("/extract") else method


FAULT = Fault(
    name="takes-put",
    summary="Takes PUT like POST: its router lists the handler, not the method.",
    trips=(Trip(check="other-method-taken"),),
    apply=lambda behaviour: replace(behaviour, read_method=_read),
)
