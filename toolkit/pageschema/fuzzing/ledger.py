"""What a run has found so far: each cause once, with the smallest request that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from pageschema.client import OutOfTime
from pageschema.contract import Answer, Contract, Draft, Request
from pageschema.fuzzing.cause import Traits, same_cause, traits
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.checks import CHECKS
from pageschema.fuzzing.failure import Failure
from pageschema.fuzzing.minimise import minimise
from pageschema.fuzzing.story import Story

MAX_CAUSES = 8
"""Causes of one kind that are told apart; who has so many mends the first and runs again."""
NOW_AND_THEN: Traits = frozenset({"now and then"})
"""The traits of what is not seen again when its request is sent again: it lies in no request."""


def complaints(story: Story, contract: Contract) -> Iterator[tuple[Check, Failure]]:
    """Yield what every check has against a story, as failures with the request that was sent."""
    for check in CHECKS:
        for found in check.judge(story, contract):
            yield (
                check,
                Failure(
                    check=check.name,
                    clause=found.clause,
                    message=found.message,
                    request=story.request,
                    sign=found.sign,
                    kind=story.kind,
                    made=story.made,
                ),
            )


@dataclass(slots=True, kw_only=True)
class Ledger:
    """The failures of one run. `tell` sends a request again, to make it smaller; without, none is."""

    contract: Contract
    tell: Callable[[Request], Story] | None
    failures: list[Failure] = field(default_factory=list)

    def note(self, story: Story, draft: Draft | None, *, attempts: int, special: str = "") -> bool:
        """Keep what the checks complain of, and return whether any of it is new.

        A failure that may have the cause of one that is known is counted there. Two have one cause where the same
        check saw the same sign in the answer and, for checks that go by the request, all that is special about the one
        request is special about the other: the smallest request that shows the one would show the other too.

        Args:
            special: What is special about a request for which there is no draft.
        """
        new = False
        for check, complaint in complaints(story, self.contract):
            found = complaint
            kin = self._kin(check, found)
            seen: Traits = frozenset({special} if special and check.by_request else ())
            if check.by_request and draft is not None:
                seen = traits(draft, story.ruling)
            known = self._same(kin, seen)
            if known is None and draft is not None and self.tell is not None and check.repeats == 1:
                small, found = self._smallest(self.tell, draft, story, found, attempts)
                seen = small if check.by_request else seen
                known = self._same(kin, seen)
            if known is None and len(kin) < MAX_CAUSES:
                self.failures.append(replace(found, traits=tuple(sorted(seen))))
                new = True
            else:
                self._count(known or kin[0])
        return new

    def has(self, check: str, clause: str) -> bool:
        """Return whether the check has complained of the clause."""
        return any((each.check, each.clause) == (check, clause) for each in self.failures)

    def _kin(self, check: Check, found: Failure) -> list[Failure]:
        return [
            each
            for each in self.failures
            if (each.check, each.sign) == (found.check, found.sign)
            and (check.by_request or each.clause == found.clause)
        ]

    def _same(self, kin: list[Failure], seen: Traits) -> Failure | None:
        return next((each for each in kin if same_cause(frozenset(each.traits), seen)), None)

    def _count(self, known: Failure) -> None:
        self.failures[self.failures.index(known)] = replace(known, count=known.count + 1)

    def _smallest(
        self, tell: Callable[[Request], Story], draft: Draft, seen: Story, failure: Failure, attempts: int
    ) -> tuple[Traits, Failure]:
        """Return the smallest request that fails alike, with its traits.

        The contract must say the same of it: a request that breaks a clause may fail for that, and would stand for
        another failure than the one that was seen.
        """
        found: dict[Request, tuple[Traits, Failure]] = {}

        def fails(candidate: Draft) -> bool:
            story = tell(candidate.encode())
            if _refused_clauses(story) == _refused_clauses(seen):
                for _, again in complaints(story, self.contract):
                    if again.is_like(failure):
                        found[candidate.encode()] = traits(candidate, story.ruling), again
            return candidate.encode() in found

        try:
            if not fails(draft):
                return NOW_AND_THEN, failure
            return found[minimise(draft, fails, attempts=attempts).encode()]
        except OutOfTime:  # What was found is not lost, only less small.
            return next(reversed(found.values()), (traits(draft, seen.ruling), failure))


def _refused_clauses(story: Story) -> tuple[str, ...]:
    ruling = story.ruling
    return ruling.clauses if ruling is not None and ruling.answer is Answer.REJECT else ()
