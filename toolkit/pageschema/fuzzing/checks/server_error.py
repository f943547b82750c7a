"""A request makes the server fail."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.contract import Contract
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.story import Complaint, Story


def judge(story: Story, _contract: Contract) -> Iterator[Complaint]:
    """Complain of a 5xx other than 529, which says that the server is busy."""
    for exchange in story.exchanges:
        if exchange.response is not None and exchange.response.status >= 500 and exchange.response.status != 529:
            clauses = story.ruling.clauses if story.ruling else ()
            yield Complaint(
                message=f"{exchange.request.method} answered {exchange.response.status}",
                clause=clauses[0] if len(clauses) == 1 else None,
            )
            return


CHECK = Check(
    name="server-error",
    summary="A request makes the server fail.",
    why="After a 5xx the caller cannot tell whether to mend the request or to send it again.",
    source="RFC 9110, section 15.6; DD/platform/errors: 500 is an internal error, 529 means overloaded",
    bad="500 Internal Server Error for a page_schema with a recursive $ref",
    good='400 {"detail": "page_schema is nested too deep"}',
    judge=judge,
)
