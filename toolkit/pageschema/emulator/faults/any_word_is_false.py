"""Takes every word for a boolean: what is not true is false."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import Form
from pageschema.emulator.fault import Fault, Trip


def _read(form: Form) -> Form:
    flags = {"save_checkpoint", "skip_cache"}
    return [(name, str(value.lower() in {"true", "1"}) if name in flags else value) for name, value in form]


FAULT = Fault(
    name="any-word-is-false",
    summary="Takes every word for a boolean: what is not true is false.",
    trips=(
        Trip(check="broken-accepted", clause="save-checkpoint-boolean"),
        Trip(check="broken-accepted", clause="skip-cache-boolean"),
    ),
    apply=lambda behaviour: replace(behaviour, read_form=_read),
)
