"""A request that names a schema or a checkpoint that does not exist is taken."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.contract import Contract
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.story import Complaint, Kind, Outcome, Story


def judge(story: Story, _contract: Contract) -> Iterator[Complaint]:
    """Complain where a request came to a result by what is not there."""
    if story.kind is Kind.UNKNOWN_RESOURCE and story.outcome is Outcome.ACCEPTED:
        name = "schema_id" if "schema_id" in story.fields else "checkpoint_id"
        yield Complaint(message=f"accepted, though nothing with this {name} is there", sign=name)


CHECK = Check(
    name="unknown-resource-accepted",
    summary="A request that names a schema or a checkpoint that does not exist is taken.",
    why="It is billed and comes back with something else than was asked for.",
    source="DD/platform/errors: 404 for an unknown resource; DD/docs/recipes/structured-extraction/saved-schemas",
    bad="200 for schema_id=sch_neverwas0000",
    good="404, or a result with success: false",
    judge=judge,
    repeats=2,
)
