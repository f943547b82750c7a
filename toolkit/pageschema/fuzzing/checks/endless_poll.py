"""The result of an accepted request never comes."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema import jsontext
from pageschema.contract import Contract
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.story import Complaint, Outcome, Story


def judge(story: Story, _contract: Contract) -> Iterator[Complaint]:
    """Complain where polling did not come to an end, or lost the request."""
    if story.outcome is Outcome.UNFINISHED:
        last = story.polls[-1].response if story.polls else None
        sign = f"poll {last.status}" if last is not None and last.status != 200 else ""
        yield Complaint(message=_how(story), sign=sign)


def _how(story: Story) -> str:
    last = story.polls[-1] if story.polls else None
    if last is None or last.response is None:
        return "the state of the request could not be fetched"
    if last.response.status != 200:
        return f"the state of a request just taken answers {last.response.status}"
    status = story.result.get("status") if isinstance(story.result, dict) else None
    return f"still {jsontext.clip(str(status), 40)!r} after {len(story.polls)} polls"


CHECK = Check(
    name="endless-poll",
    summary="The result of an accepted request never comes.",
    why="Whoever waits for it waits forever, and pays.",
    source="DD/docs/recipes/structured-extraction/api-overview: poll until status is complete",
    bad='{"status": "processing"}, for good',
    good='{"status": "complete", "success": true}',
    judge=judge,
    by_request=True,
)
