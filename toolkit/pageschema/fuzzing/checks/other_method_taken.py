"""A request by a method that the contract does not list is taken."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.contract import Contract
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.story import Complaint, Kind, Story


def judge(story: Story, _contract: Contract) -> Iterator[Complaint]:
    """Complain where another method than POST got a request_id."""
    response = story.submit.response
    if story.kind is not Kind.OTHER_METHOD or response is None or not 200 <= response.status < 300:
        return
    if isinstance(story.answer, dict) and story.answer.get("request_id") and story.answer.get("success") is not False:
        yield Complaint(message=f"{story.request.method} was taken like a POST")


CHECK = Check(
    name="other-method-taken",
    summary="A request by a method that the contract does not list is taken.",
    why="A proxy or a firewall treats a PUT otherwise than a POST; what slips past is billed all the same.",
    source="CONTRACT paths: POST is the only method of /api/v1/extract; RFC 9110, section 15.5.6",
    bad='PUT /api/v1/extract answered with 200 {"request_id": "…"}',
    good="405 with Allow: POST",
    judge=judge,
)
