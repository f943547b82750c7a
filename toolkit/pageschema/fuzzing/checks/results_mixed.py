"""Of two requests under way together, one gets the result of the other."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.contract import Contract
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.extracted import names_of_another
from pageschema.fuzzing.story import Complaint, Kind, Story


def judge(story: Story, _contract: Contract) -> Iterator[Complaint]:
    """Complain where the extraction has fields of the other request's schema, and none of its own."""
    if story.kind is not Kind.TOGETHER or story.earlier is None:
        return
    name = names_of_another(story.result, story.page_schema, story.earlier.page_schema)
    if name is not None:
        yield Complaint(message=f"the result holds {name!r}, which the other of two requests asked for")


CHECK = Check(
    name="results-mixed",
    summary="Of two requests under way together, one gets the result of the other.",
    why="Two users at the same time is the normal case, and then one of them reads the other's document.",
    source="CONTRACT InitialResponse.request_id: the ID of the request, by which its results are got",
    bad='{"seat": 12} for a schema that asks for the merchant',
    good='{"merchant": "…"}',
    judge=judge,
    repeats=2,
)
