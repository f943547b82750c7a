"""Refuses a request that it has taken before as a duplicate."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pageschema.emulator.behaviour import Behaviour, Form
from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.submission import Refusal


def _apply(behaviour: Behaviour) -> Behaviour:
    seen: set[Any] = set()

    def read(form: Form) -> Form | Refusal:
        mark = tuple((name, getattr(value, "filename", value), getattr(value, "size", None)) for name, value in form)
        if mark in seen:
            return Refusal(status=409, detail="This request was sent before.")
        seen.add(mark)
        return form

    return replace(behaviour, read_form=read)


FAULT = Fault(
    name="refuses-the-second-time",
    summary="Refuses a request that it has taken before as a duplicate.",
    trips=(Trip(check="ruling-changed"),),
    apply=_apply,
)
