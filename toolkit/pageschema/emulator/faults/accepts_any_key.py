"""Lets everyone in, whatever the key, or without one."""

from dataclasses import replace

from pageschema.emulator.fault import Fault, Trip

FAULT = Fault(
    name="accepts-any-key",
    summary="Lets everyone in, whatever the key, or without one.",
    trips=(Trip(check="broken-accepted", clause="api-key"), Trip(check="result-without-key")),
    apply=lambda behaviour: replace(behaviour, knows_key=lambda _visit, _own: True),
)
