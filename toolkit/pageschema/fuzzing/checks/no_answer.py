"""A request is not answered: past the deadline, past the byte cap, or the connection broke."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pageschema.client import BROKEN
from pageschema.contract import Contract
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.story import Complaint, Kind, Story

_FIGURES = re.compile(r" within [0-9.e+-]+ s| than [0-9,]+ bytes")
"""What of the reason says how long was waited, or how much was read."""


def judge(story: Story, _contract: Contract) -> Iterator[Complaint]:
    """Complain of the first exchange without an answer that can be read.

    A server may close the connection on a message that it cannot parse, so that of a request of unusual form only the
    silence counts (RFC 9112, section 2.2).
    """
    for exchange in story.exchanges:
        if exchange.fault is not None:
            if story.kind is Kind.WIRE and BROKEN in exchange.fault:
                continue
            method = exchange.request.method
            yield Complaint(message=f"{method}: {exchange.fault}", sign=_FIGURES.sub("", f"{method} {exchange.fault}"))
            return


CHECK = Check(
    name="no-answer",
    summary="A request is not answered: past the deadline, past the byte cap, or the connection broke.",
    why="A caller without an answer does not know whether the pages were paid for.",
    source="RFC 9110, section 15: a server answers each request",
    bad="no byte for half a minute",
    good="any answer within the deadline",
    judge=judge,
    by_request=True,
)
