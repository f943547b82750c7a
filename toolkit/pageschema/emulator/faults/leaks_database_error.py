"""Hands on what the database says when an id is not found."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import put
from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.submission import Answer, Refusal


def _put(refusal: Refusal, key: str | None) -> Answer:
    if refusal.status == 404 and refusal.rule:
        refusal = replace(refusal, detail=f"sqlalchemy.exc.NoResultFound: {refusal.detail}")
    return put(refusal, key)


FAULT = Fault(
    name="leaks-database-error",
    summary="Hands on what the database says when an id is not found.",
    trips=(Trip(check="internals-leaked"),),
    apply=lambda behaviour: replace(behaviour, refuse=_put),
)
