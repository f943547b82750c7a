"""request_check_url does not lead to the result."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.client import BUSY
from pageschema.contract import Contract
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.story import Complaint, Kind, Story


def judge(story: Story, _contract: Contract) -> Iterator[Complaint]:
    """Complain where the address given is on the own origin and gives no state of a request."""
    response = story.submit.response
    if story.kind is not Kind.CHECK_URL or response is None or response.status in BUSY:
        return
    if response.status != 200 or not isinstance(story.answer, dict) or "status" not in story.answer:
        yield Complaint(message=f"the URL in request_check_url answers {response.status}, and the result is elsewhere")


CHECK = Check(
    name="dead-check-url",
    summary="request_check_url does not lead to the result.",
    why="Clients that follow it, as the published SDK does, lose a result that they have paid for.",
    source="CONTRACT InitialResponse.request_check_url: The URL to check the status of the request and get results",
    bad='"/api/v1/results/req_1", which answers 404',
    good='"/api/v1/extract/req_1"',
    judge=judge,
)
