"""An answer says that all is well and that something failed."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema import jsontext
from pageschema.client import json_body
from pageschema.contract import Contract
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.story import Complaint, Kind, Story


def judge(story: Story, _contract: Contract) -> Iterator[Complaint]:
    """Complain of success: true beside an error, or in a refusal."""
    for exchange in story.exchanges if story.kind is not Kind.SAVED else ():
        value = json_body(exchange)
        if exchange.response is None or not isinstance(value, dict) or value.get("success") is not True:
            continue
        status, error = exchange.response.status, value.get("error")
        if status >= 400:
            yield Complaint(message=f"{status} says success: true", sign="refusal")
            return
        if isinstance(error, str) and error.strip():
            text = jsontext.clip(error, 60)
            yield Complaint(message=f"success is true, and there is an error '{text}'", sign="error")
            return


CHECK = Check(
    name="contradictory-answer",
    summary="An answer says that all is well and that something failed.",
    why="Each client believes another half of it.",
    source="CONTRACT InitialResponse.error: If the request was not successful, this will contain an error message",
    bad='400 {"success": true, "detail": "…"}',
    good='{"success": true, "error": null}',
    judge=judge,
)
