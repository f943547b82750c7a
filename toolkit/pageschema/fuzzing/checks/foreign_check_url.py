"""request_check_url points to another origin."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema import jsontext
from pageschema.contract import Contract
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.story import Complaint, Story


def judge(story: Story, _contract: Contract) -> Iterator[Complaint]:
    """Complain of an absolute URL that is neither the endpoint's own nor one of the contract's servers."""
    if story.foreign_url is not None:
        yield Complaint(message=f"request_check_url is {jsontext.clip(story.foreign_url)!r}, on another origin")


CHECK = Check(
    name="foreign-check-url",
    summary="request_check_url points to another origin.",
    why="A client that follows it sends the API key there; the published SDK does.",
    source="CONTRACT InitialResponse.request_check_url and servers; DD/platform/webhooks",
    bad='"https://api.example.com/api/v1/extract/req_1" from another host',
    good='"/api/v1/extract/req_1", or the same URL on the own origin',
    judge=judge,
)
