"""A request that breaks a clause is accepted."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema import jsontext
from pageschema.contract import Answer, Contract
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.story import Complaint, Kind, Outcome, Story


def judge(story: Story, contract: Contract) -> Iterator[Complaint]:
    """Complain where the contract rejects and the endpoint came to a result."""
    if story.kind is Kind.SENT_AGAIN or story.outcome is not Outcome.ACCEPTED:
        return
    if story.ruling is None or story.ruling.answer is not Answer.REJECT:
        return
    clause = contract.clause(story.ruling.clauses[0])
    yield Complaint(
        clause=clause.id, message=f"accepted, though it breaks '{jsontext.clip(clause.quote, 100)}' ({clause.strength})"
    )


CHECK = Check(
    name="broken-accepted",
    summary="A request that breaks a clause is accepted.",
    why="What should be refused and is not costs pages and gives a result that nobody asked for.",
    source="the clause that is broken: pageschema explain CLAUSE",
    bad="200 for a request with both page_schema and schema_id",
    good="400, or a result with success: false",
    judge=judge,
)
