"""A result is handed out without the right key."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.contract import Contract
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.story import Complaint, Kind, Story


def judge(story: Story, _contract: Contract) -> Iterator[Complaint]:
    """Complain where a GET without the key, or with a wrong one, got the state of a request."""
    response = story.submit.response
    if story.kind is not Kind.WITHOUT_KEY or response is None or response.status != 200:
        return
    if isinstance(story.answer, dict) and story.answer.get("status") and story.answer.get("success") is not False:
        sent = story.submit.request.header("x-api-key")
        how = "without a key" if sent is None else "with a wrong key"
        yield Complaint(message=f"the result is given to a GET {how}")


CHECK = Check(
    name="result-without-key",
    summary="A result is handed out without the right key.",
    why="A result holds what stands in somebody's document; its id is in logs, webhooks and addresses.",
    source="CONTRACT security: X-API-Key; DD/platform/troubleshooting: 401 Invalid API key provided",
    bad='GET without X-API-Key answered with 200 {"status": "complete", …}',
    good="401",
    judge=judge,
)
