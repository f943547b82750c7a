"""A result that was complete is another one when it is read again, or gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema import jsontext
from pageschema.client import BUSY
from pageschema.conformance import read_result
from pageschema.contract import Contract
from pageschema.errors import NoExtraction
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.story import Complaint, Kind, Story

STABLE = ("status", "success", "page_count", "checkpoint_id", "extraction_mode")


def judge(story: Story, _contract: Contract) -> Iterator[Complaint]:
    """Complain of the first member that differs; what is only there the second time came late, as it may."""
    response = story.submit.response
    if story.kind is not Kind.READ_AGAIN or story.earlier is None or response is None:
        return
    if response.status in BUSY or response.status >= 500:
        return
    before, now = story.earlier.result, story.answer
    if response.status != 200 or not isinstance(now, dict):
        yield Complaint(message=f"a result that was complete is answered with {response.status}", sign="gone")
        return
    for name in STABLE:
        was, became = before.get(name), now.get(name)
        if was is not None and was != became:
            yield Complaint(message=f"{name} was {_shown(was)} and is {_shown(became)} when read again", sign=name)
            return
    place = _difference(_extraction(before), _extraction(now), "")
    if place is not None:
        yield Complaint(message=f"{place or 'the extraction'} is another when the result is read again", sign="value")


def _extraction(result: Any) -> Any:
    try:
        return read_result(result).value
    except NoExtraction:
        return None


def _difference(was: Any, now: Any, place: str) -> str | None:
    """Return where *now* differs from *was*; members that were absent or null may have come."""
    if isinstance(was, dict) and isinstance(now, dict):
        pairs = ((f"{place}/{name}", value, now.get(name)) for name, value in was.items() if value is not None)
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        pairs = ((f"{place}/{index}", value, now[index]) for index, value in enumerate(was))
    else:
        return None if was is None or was == now else place
    return next((found for each, old, new in pairs if (found := _difference(old, new, each)) is not None), None)


def _shown(value: Any) -> str:
    return jsontext.clip(jsontext.dumps(value, indent=None), 40)


CHECK = Check(
    name="result-changed",
    summary="A result that was complete is another one when it is read again, or gone.",
    why="Who reads a result twice, after a crash or for a second consumer, builds on two different documents.",
    source="DD/docs/welcome/api: results are kept for one hour; scores and costs alone come later",
    bad='{"status": "complete", …}, then {"status": "processing"}',
    good="the same extraction, now with its scores",
    judge=judge,
    repeats=2,
)
