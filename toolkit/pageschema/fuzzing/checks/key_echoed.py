"""An answer holds the API key that was sent."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.contract import Contract
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.story import Complaint, Story


def judge(story: Story, _contract: Contract) -> Iterator[Complaint]:
    """Complain of the first answer that held the key; the client has already taken it out."""
    for exchange in story.exchanges:
        if exchange.response is not None and exchange.response.echoed_key:
            yield Complaint(message=f"{exchange.request.method} answered {exchange.response.status} with the key in it")
            return


CHECK = Check(
    name="key-echoed",
    summary="An answer holds the API key that was sent.",
    why="Answers are logged, cached and shown; a key in them is a key given away.",
    source="OWASP API Security Top 10 (2023), API2",
    bad='401 {"detail": "Invalid API key: 5f2c…"}',
    good='401 {"detail": "Invalid API key provided."}',
    judge=judge,
)
