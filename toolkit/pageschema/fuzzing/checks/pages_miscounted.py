"""Another number of pages is processed than the request asks for."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.contract import Contract
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.story import Complaint, Kind, Story


def judge(story: Story, _contract: Contract) -> Iterator[Complaint]:
    """Complain of a page_count that is not what was asked for."""
    if story.kind is not Kind.PAGES or story.result["page_count"] == story.expected:
        return
    asked = ", ".join(f"{n}={story.fields[n]}" for n in ("page_range", "max_pages") if n in story.fields)
    sign = "+".join(n for n in ("page_range", "max_pages") if n in story.fields)
    counted = story.result["page_count"]
    yield Complaint(message=f"{asked} of a document of 3 pages gave page_count {counted}", sign=sign)


CHECK = Check(
    name="pages-miscounted",
    summary="Another number of pages is processed than the request asks for.",
    why="Pages are what is billed; a range that ends one page early loses data without a word.",
    source="DD/docs/recipes/structured-extraction/handling-long-documents: 0,2-4 is four pages; over max_pages",
    bad="page_count 2 for page_range 0-2",
    good="page_count 3",
    judge=judge,
    repeats=2,
)
