"""The state of a request that never was is not refused."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.contract import Contract
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.story import Complaint, Kind, Story


def judge(story: Story, _contract: Contract) -> Iterator[Complaint]:
    """Complain where a GET for an id nobody was given gets a state with 200, unless that is ``success: false``."""
    response = story.submit.response
    state = story.answer if isinstance(story.answer, dict) and story.answer.get("success") is not False else None
    if story.kind is Kind.UNKNOWN_ID and response is not None and response.status == 200 and state is not None:
        yield Complaint(message="the state of a request_id that was never given out is answered with 200")


CHECK = Check(
    name="unknown-id-answered",
    summary="The state of a request that never was is not refused.",
    why="A client that lost its id polls forever, and ids can be tried out.",
    source="DD/platform/errors: 404 for an unknown or expired request",
    bad='200 {"status": "processing"}',
    good='404 {"detail": "Request not found"}',
    judge=judge,
)
