"""A method is refused with 405 without saying which ones are allowed."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.contract import Contract
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.story import Complaint, Story


def judge(story: Story, _contract: Contract) -> Iterator[Complaint]:
    """Complain of a 405 without Allow, whatever was asked."""
    for exchange in story.exchanges:
        response = exchange.response
        if response is not None and response.status == 405 and response.header("allow") is None:
            yield Complaint(message=f"{exchange.request.method} answered 405 without Allow")
            return


CHECK = Check(
    name="allow-missing",
    summary="A method is refused with 405 without saying which ones are allowed.",
    why="Allow is how a client, and whoever debugs it, learns what to send instead; the standard demands it.",
    source="RFC 9110, section 15.5.6: the origin server MUST generate an Allow header field in a 405 response",
    bad="405 without Allow",
    good="405 with Allow: POST",
    judge=judge,
)
