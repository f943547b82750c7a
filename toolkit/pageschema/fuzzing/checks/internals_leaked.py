"""An answer shows the inside of the server: a stack trace, a path, a query."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pageschema import jsontext
from pageschema.contract import Contract
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.story import Complaint, Story

MARKERS = tuple(
    re.compile(pattern)
    for pattern in (
        rb"Traceback \(most recent call last\)",
        rb'File \\?"[^"]{1,200}\.py\\?", line \d+',
        rb"/(?:site|dist)-packages/",
        rb"at [\w.$]+\([\w]+\.java:\d+\)",
        rb"(?:psycopg2?|sqlalchemy|sqlite3|asyncpg)\.[\w.]*(?:Error|exc)",
        rb"goroutine \d+ \[running\]",
    )
)


def judge(story: Story, _contract: Contract) -> Iterator[Complaint]:
    """Complain of the first answer that looks like a stack trace or the like."""
    for exchange in story.exchanges:
        if exchange.response is None:
            continue
        for marker in MARKERS:
            found = marker.search(exchange.response.body)
            if found and found.group() not in exchange.request.body:
                text = jsontext.clip(found.group().decode("utf-8", "replace"), 60)
                message = f"{exchange.request.method} answered {exchange.response.status} with '{text}'"
                yield Complaint(message=message, sign=f"{exchange.request.method} {MARKERS.index(marker)}")
                return


CHECK = Check(
    name="internals-leaked",
    summary="An answer shows the inside of the server: a stack trace, a path, a query.",
    why="It helps an attacker and nobody else.",
    source="OWASP API Security Top 10 (2023), API8",
    bad='400 {"detail": "Traceback (most recent call last): …"}',
    good='400 {"detail": "page_schema is not valid JSON"}',
    judge=judge,
)
