"""Refuses a bad page_schema with the Python traceback of its own code."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.behaviour import put
from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.submission import Answer, Refusal

_TRACE = """Traceback (most recent call last):
  File "/app/api/views/extract.py", line 214, in submit
    schema = load_page_schema(form.page_schema)
  File "/app/api/extraction/schemas.py", line 57, in load_page_schema
    raise ValueError(message)
ValueError: """


def _put(refusal: Refusal, key: str | None) -> Answer:
    if refusal.rule.startswith("page-schema-"):
        refusal = replace(refusal, detail=f"{_TRACE}{refusal.detail}")
    return put(refusal, key)


FAULT = Fault(
    name="leaks-trace",
    summary="Refuses a bad page_schema with the Python traceback of its own code.",
    trips=(Trip(check="internals-leaked"),),
    apply=lambda behaviour: replace(behaviour, refuse=_put),
)
