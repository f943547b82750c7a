"""The search: goals solved by cases, each goal once.

A goal that comes up again while it is being solved counts as empty there. That is sound, because a smallest instance of
a goal never has to contain another instance for the same goal: the inner one would do. So recursion ends, and a
recursive schema that only infinite values would satisfy is found empty. What leans on that is presumed, and stands or
falls with the goal above.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from pageschema import pointer
from pageschema.errors import InvalidSchema
from pageschema.schema import Judge
from pageschema.solver import algebra, arrays, objects, scalars
from pageschema.solver.algebra import Algebra
from pageschema.solver.budget import Budget
from pageschema.solver.combinations import Case, split
from pageschema.solver.outcome import EMPTY, Candidate, Goal, Node, Outcome, Tally, undecided
from pageschema.solver.shapes import ArrayShape, ObjectShape, nodes

MORE = 24
"""Candidates asked for where some have to be sorted out."""


class Search:
    """One question and what was learned on the way to its answer."""

    def __init__(self, reading: Algebra, budget: Budget) -> None:
        self.reading = reading
        self.budget = budget
        self.trail: list[str | int] = []
        self._known: dict[Goal, tuple[int, Outcome]] = {}
        self._active: set[Goal] = set()
        self._presumed: dict[Goal, frozenset[Goal]] = {}
        self._weighed: dict[int, tuple[Node, bool]] = {}
        self._judges: dict[Node, Judge | None] = {}

    def solve(self, goal: Goal, want: int = 1, *, at: str | int | None = None) -> Outcome:
        """Return up to *want* candidates for *goal*, least first.

        Args:
            goal: What is looked for.
            want: How many candidates are of use.
            at: The property or ``*`` under which the value will stand.

        Raises:
            OutOfSteps: The budget is spent.
        """
        if at is not None:
            self.trail.append(at)
        self.budget.spend()
        outcome = self._remembered(goal, want)
        if at is None:
            return outcome
        self.trail.pop()
        return replace(outcome, pointer=pointer.build([at]) + outcome.pointer) if outcome.reason else outcome

    def accepts(self, node: Node, value: Any) -> bool:
        """Return whether the judge takes *value* for an instance of *node*; what cannot be judged is not taken."""
        if node not in self._judges:
            try:
                self._judges[node] = Judge(node.to_json_schema(), formats=self.reading.formats)
            except (InvalidSchema, ValueError):
                self._judges[node] = None
        judge = self._judges[node]
        try:
            return judge is not None and judge.accepts(value)
        except InvalidSchema:
            return False

    def judgeable(self, node: Node) -> bool:
        """Return whether `accepts` knows *node* exactly."""
        self.accepts(node, None)
        return self._judges[node] is not None

    def _remembered(self, goal: Goal, want: int) -> Outcome:
        if goal in self._active:
            return Outcome(exhausted=True, needs=frozenset({goal}))
        if goal in self._known:
            asked, outcome = self._known[goal]
            if asked >= want or outcome.exhausted:
                return outcome
        if goal in self._presumed:
            return Outcome(exhausted=True, needs=self._presumed[goal])
        self._active.add(goal)
        try:
            outcome = self._fresh(goal, want)
        finally:
            self._active.discard(goal)
        outcome = replace(outcome, needs=outcome.needs - {goal})
        self._settle(goal, outcome)
        if outcome.candidates or not outcome.needs:
            self._known[goal] = (want, outcome)
        elif outcome.empty:
            self._presumed[goal] = outcome.needs
        return outcome

    def _settle(self, goal: Goal, outcome: Outcome) -> None:
        """Let what was presumed empty while *goal* counted as empty follow from what became of it."""
        leaning = [other for other, needs in self._presumed.items() if goal in needs]
        for other in leaning:
            needs = (self._presumed.pop(other) - {goal}) | outcome.needs
            if not outcome.empty:
                continue  # It has to be looked at again.
            if needs:
                self._presumed[other] = needs
            else:
                self._known[other] = (1, EMPTY)

    def _fresh(self, goal: Goal, want: int) -> Outcome:
        take = algebra.merge(goal.take)
        if any(map(algebra.is_empty, take)) or any(algebra.covers(out, node) for out in goal.refuse for node in take):
            return EMPTY
        refuse = tuple(out for out in goal.refuse if not any(algebra.disjoint(node, out) for node in take))
        return self._cases(split(Goal(take, refuse), self.reading, self.budget), want)

    def _cases(self, cases: Iterable[Case], want: int) -> Outcome:
        tally = Tally()
        for case in cases:
            if tally.has(want):
                break
            tally.add(self._case(case, want - len(tally.candidates)))
        return tally.outcome()

    def _case(self, case: Case, want: int) -> Outcome:
        if case.values is not None:
            return self._listed(case, want)
        if not case.opaque:
            return self._typed(case, want)
        relaxed = self._typed(case, want + MORE)
        kept = tuple(c for c in relaxed.candidates if self._passes(case, c.value))
        exact = relaxed.exhausted and all(self.judgeable(node) for node, _ in case.opaque)
        if kept or exact or relaxed.empty:
            return replace(relaxed, candidates=kept[:want], exhausted=relaxed.empty or exact)
        return undecided("part of the schema has no canonical form, and no candidate for the rest satisfies it")

    def _passes(self, case: Case, value: Any) -> bool:
        """Return whether *value* satisfies what was kept aside; where that cannot be judged, the final judge will."""
        return all(self.accepts(node, value) == taken for node, taken in case.opaque if self.judgeable(node))

    def _listed(self, case: Case, want: int) -> Outcome:
        taken = [*nodes(case.take), *(node for node, sign in case.opaque if sign)]
        refused = [*nodes(case.refuse), *(node for node, sign in case.opaque if not sign)]
        if len(taken) + len(refused) < len((*case.take, *case.refuse, *case.opaque)):
            # The judge knows no shapes: each value becomes a schema that only it satisfies.
            single = (
                replace(case, values=None, take=(self.reading.of_value(v), *case.take)) for v in case.values or ()
            )
            return self._cases(single, want)
        if not all(self.judgeable(node) for node in (*taken, *refused)):
            return undecided("a listed value cannot be judged")
        kept = tuple(
            Candidate(value, size_of(value))
            for value in case.values or ()
            if all(self.accepts(node, value) for node in taken)
            and not any(self.accepts(node, value) for node in refused)
        )
        return Outcome(candidates=kept, exhausted=True)

    def _is_light(self, node: Node) -> bool:
        """Return whether questions about *node* as a whole are cheap; to hash a large one to remember that is not."""
        if id(node) not in self._weighed:
            self._weighed[id(node)] = (node, algebra.is_light(node))  # Kept, so that no other gets its id.
        return self._weighed[id(node)][1]

    def _typed(self, case: Case, want: int) -> Outcome:
        self.budget.spend(1 + len(case.refuse) // 8)
        taken = list(filter(self._is_light, nodes(case.take)))
        held = [
            out
            for out in nodes(case.refuse)
            if not (taken and self._is_light(out) and any(algebra.disjoint(node, out) for node in taken))
        ]
        if any(algebra.covers(out, node) for out in held if taken and self._is_light(out) for node in taken):
            return EMPTY
        shapes = (leaf for leaf in case.refuse if isinstance(leaf, (ArrayShape, ObjectShape)))
        case = replace(case, refuse=(*held, *shapes))
        if case.type == "object":
            return objects.solve(self, case, want)
        if case.type == "array":
            return arrays.solve(self, case, want)
        return scalars.solve(self, case, want)


def size_of(value: Any) -> int:
    """Return how many values *value* is made of."""
    if isinstance(value, dict):
        return 1 + sum(map(size_of, value.values()))
    return 1 + sum(map(size_of, value)) if isinstance(value, list) else 1
