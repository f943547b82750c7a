"""A request that the contract accepts is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema import jsontext
from pageschema.contract import Answer, Contract
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.story import Complaint, Kind, Outcome, Story


def judge(story: Story, _contract: Contract) -> Iterator[Complaint]:
    """Complain where the contract accepts and the endpoint refused, at once or late."""
    if story.kind is Kind.SENT_AGAIN or story.ruling is None or story.ruling.answer is not Answer.ACCEPT:
        return
    if story.outcome is Outcome.REFUSED and story.submit.response is not None:
        yield Complaint(
            message=f"a valid request was refused with {story.submit.response.status}: {reason(story.answer)}",
            sign=str(story.submit.response.status),
        )
    elif story.outcome is Outcome.REFUSED_LATE:
        yield Complaint(message=f"a valid request failed after it was taken: {reason(story.result)}", sign="late")


def reason(answer: Any) -> str:
    """Return what an answer gives as its reason, cut short."""
    value = (answer.get("error") or answer.get("detail")) if isinstance(answer, dict) else None
    if isinstance(value, list) and value and isinstance(value[0], dict):
        value = value[0].get("msg")
    return f"'{jsontext.clip(str(value))}'" if value else "no reason given"


CHECK = Check(
    name="valid-refused",
    summary="A request that the contract accepts is refused.",
    why="Whoever follows the contract to the letter must get a result.",
    source="CONTRACT requestBody, and each clause that the request keeps",
    bad='400 {"detail": "page_schema must be ASCII"}',
    good='200 {"success": true, "request_id": "…"}',
    judge=judge,
    by_request=True,
)
