"""A request makes the server fail."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.contract import Contract
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.story import Complaint, Kind, Story

UNLISTED = frozenset({Kind.OTHER_METHOD, Kind.SAVED})


def judge(story: Story, _contract: Contract) -> Iterator[Complaint]:
    """Complain of a 5xx other than 529, which says that the server is busy, or 501 for what no contract lists."""
    for exchange in story.exchanges:
        status = exchange.response.status if exchange.response is not None else 0
        if status >= 500 and status != 529 and not (status == 501 and story.kind in UNLISTED):
            clauses = story.ruling.clauses if story.ruling else ()
            yield Complaint(
                message=f"{exchange.request.method} answered {status}",
                sign=f"{exchange.request.method} {status}",
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
    by_request=True,
)
