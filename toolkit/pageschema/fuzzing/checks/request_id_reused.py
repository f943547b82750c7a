"""Two different requests got the same request_id."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.contract import Contract
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.story import Complaint, Story


def judge(story: Story, _contract: Contract) -> Iterator[Complaint]:
    """Complain of a request_id that an earlier, different request was given."""
    if story.id_of_another:
        yield Complaint(message="the request_id was given to another request before")


CHECK = Check(
    name="request-id-reused",
    summary="Two different requests got the same request_id.",
    why="With one id for two requests, somebody reads the result of somebody else's document.",
    source="CONTRACT InitialResponse.request_id: The ID of the request",
    bad='{"request_id": "req_1"} twice',
    good='{"request_id": "req_1"}, then {"request_id": "req_2"}',
    judge=judge,
    repeats=2,
)
