"""A result was made in another mode or format than was asked for."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema import jsontext
from pageschema.contract import Answer, Contract
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.story import Complaint, Outcome, Story


def judge(story: Story, _contract: Contract) -> Iterator[Complaint]:
    """Complain where the result itself names another; it may say nothing."""
    if story.outcome is not Outcome.ACCEPTED or story.ruling is None or story.ruling.answer is not Answer.ACCEPT:
        return
    for name in ("extraction_mode", "output_format"):
        asked, used = story.fields.get(name), story.result.get(name)
        if asked and isinstance(used, str) and used and asked not in used.replace(" ", "").split(","):
            yield Complaint(
                message=f"{name}={asked} was asked for, and the result says {jsontext.clip(used)!r}", sign=name
            )


CHECK = Check(
    name="other-mode-used",
    summary="A result was made in another mode or format than was asked for.",
    why="The modes differ fourfold in price, and in what stands beside the fields.",
    source="DD/docs/recipes/structured-extraction/api-overview: extraction_mode, the mode used; CONTRACT output_format",
    bad='{"extraction_mode": "balanced"} for extraction_mode=fast',
    good='{"extraction_mode": "fast"}',
    judge=judge,
)
