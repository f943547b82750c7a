"""A figure in the result cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema import jsontext
from pageschema.contract import Contract
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.story import Complaint, Outcome, Story

BOUNDS: tuple[tuple[str, float, float], ...] = (
    ("page_count", 0, 1e9),
    ("runtime", 0, 1e9),
    ("expires_in", 0, 1e9),
    ("total_cost", 0, 1e12),
    ("extraction_score_average", 1, 5),
    ("parse_quality_score", 0, 5),
)


def judge(story: Story, _contract: Contract) -> Iterator[Complaint]:
    """Complain of each figure that is there and out of its bounds."""
    found: Any = story.result if story.outcome is Outcome.ACCEPTED else None
    for name, least, most in BOUNDS if isinstance(found, dict) else ():
        value = found.get(name)
        if isinstance(value, (int, float)) and not isinstance(value, bool) and not least <= value <= most:
            yield Complaint(message=f"{name} is {jsontext.clip(str(value), 40)}", sign=name)


CHECK = Check(
    name="impossible-figure",
    summary="A figure in the result cannot be.",
    why="Whoever adds up costs, or sorts by score, is wrong without noticing.",
    source="DD/docs/recipes/structured-extraction/confidence-scoring: 1 to 5; DD/api-reference: quality 0 to 5",
    bad='{"page_count": -1}',
    good='{"page_count": 3, "runtime": 1.2, "extraction_score_average": 4.5}',
    judge=judge,
)
