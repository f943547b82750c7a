"""Sends refusals as a web page, the way a proxy in front of the API would."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from pageschema.emulator.behaviour import put
from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.submission import Answer, Refusal


def _put(refusal: Refusal, key: str | None) -> Answer:
    honest = put(refusal, key)
    title = f"{honest.status} {HTTPStatus(honest.status).phrase}"
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><hr>proxy</body></html>\n"
    return replace(honest, content=page, media_type="text/html")


FAULT = Fault(
    name="html-error-page",
    summary="Sends refusals as a web page, the way a proxy in front of the API would.",
    trips=(Trip(check="undocumented-response"),),
    apply=lambda behaviour: replace(behaviour, refuse=_put),
)
