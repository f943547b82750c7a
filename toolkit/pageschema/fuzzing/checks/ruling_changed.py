"""The same request is taken once and refused once."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.contract import Contract
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.story import Complaint, Kind, Outcome, Story

REFUSED = frozenset({Outcome.REFUSED, Outcome.REFUSED_LATE})


def judge(story: Story, _contract: Contract) -> Iterator[Complaint]:
    """Complain where one of two equal requests came to a result and the other was refused, at once or late."""
    if story.kind is not Kind.SENT_AGAIN or story.earlier is None:
        return
    first, second = story.earlier.outcome, story.outcome
    if (first is Outcome.ACCEPTED and second in REFUSED) or (first in REFUSED and second is Outcome.ACCEPTED):
        yield Complaint(message=f"the same request was {first.value} first and {second.value} the second time")


CHECK = Check(
    name="ruling-changed",
    summary="The same request is taken once and refused once.",
    why="Who retries after a broken connection, as every client does, cannot tell whether the request was wrong.",
    source="CONTRACT: the rules on a request speak of nothing but the request",
    bad="200, then 409 for the same bytes",
    good="200 both times",
    judge=judge,
    repeats=2,
)
