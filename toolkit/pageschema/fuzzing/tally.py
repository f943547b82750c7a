"""What a run has tried so far, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from pageschema.contract import Answer, Clause, Ruling
from pageschema.fuzzing.failure import Failure
from pageschema.fuzzing.result import ClauseCount
from pageschema.fuzzing.story import Kind, Outcome, Story

COUNTED = frozenset({Kind.SENT_AGAIN, Kind.TOGETHER, Kind.UNKNOWN_RESOURCE, Kind.VERSION})
"""Stories of a flow that begin with a submission of their own."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """Requests by what the contract says of them, by clause, and the kinds of stories that were told."""

    accepted: int = 0
    unspecified: int = 0
    valid: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    told: set[Kind] = field(default_factory=set)

    def rule(self, ruling: Ruling) -> None:
        """Count one request by what the contract says of it."""
        self.unspecified += ruling.answer is Answer.UNSPECIFIED
        if ruling.answer is Answer.REJECT:
            self.broken.update(ruling.clauses)
        else:
            self.valid.update(ruling.concerned)
        self.broken.update(ruling.doubts)

    def tell(self, story: Story) -> None:
        """Count a story that was judged."""
        if story.kind is not Kind.EXTRACTION or story.outcome is Outcome.ACCEPTED:
            self.told.add(story.kind)

    def submitted(self, story: Story) -> None:
        """Count a story of a flow, if it began with a submission of its own."""
        if story.kind in COUNTED:
            self.accepted += story.outcome is Outcome.ACCEPTED
            if story.ruling is not None:
                self.rule(story.ruling)

    def untried(self) -> tuple[str, ...]:
        """Return in words what no story was about, so that the run has judged nothing of it."""
        told = set(self.told)
        if Kind.WITHOUT_KEY in told:
            told.add(Kind.CHECK_URL)  # Told only where that is another address, and asked in the same flow.
        return tuple(kind.value for kind in Kind if kind not in told)

    def clauses(self, clauses: Iterable[Clause], failures: Iterable[Failure]) -> dict[str, ClauseCount]:
        """Return the figures of each clause."""
        failed: Counter[str] = Counter()
        for failure in failures:
            if failure.clause:
                failed[failure.clause] += failure.count
        return {
            clause.id: ClauseCount(
                strength=clause.strength.value,
                valid=self.valid[clause.id],
                broken=self.broken[clause.id],
                failed=failed[clause.id],
            )
            for clause in clauses
        }
