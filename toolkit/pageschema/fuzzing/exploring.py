"""The random part of a run: requests that Hypothesis makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pageschema.contract import Answer, Clause, Contract, Draft, apply_patch

MAX_BREAKS = 12
"""A multiple of how many `breaks` a clause usually has, so that each is as likely."""


class _Enough(BaseException):
    """Ends the drawing. Hypothesis would send a request again after any `Exception`, and call it flaky."""


def explore(
    contract: Contract,
    take: Callable[[Draft], bool],
    *,
    seed: int,
    examples: int,
    resources: Mapping[str, str],
    schemas: Sequence[Mapping[str, Any]],
    always_break: bool,
) -> None:
    """Give *take* valid drafts, and half of them again with one break, until it returns that it wants no more.

    A request and its broken twin cost one draw, and drawing is what takes the time.

    Args:
        examples: Draws at most.
        schemas: Page schemas to send besides generated ones.
        always_break: Whether each valid draft comes with a broken twin.
    """
    import hypothesis
    from hypothesis import strategies as st

    from pageschema import strategies

    generated = strategies.page_schema_values()
    values = st.one_of(generated, st.sampled_from(schemas)) if schemas else generated
    valid = strategies.valid_drafts(contract, resources=resources, schemas=values)
    clauses = [clause for clause in contract.clauses if clause.binding]
    broken = st.sampled_from([*([] if always_break else [None] * len(clauses)), *clauses])
    problems: list[Exception] = []

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(draft=valid, clause=broken, patch=st.integers(0, MAX_BREAKS - 1))
    def each(draft: Draft, clause: Clause | None, patch: int) -> None:
        try:
            wanted = take(draft)
            twin = _broken(contract, draft, clause, patch, resources)
            wanted = take(twin) if wanted and twin is not None else wanted
        except Exception as error:
            problems.append(error)
            raise _Enough from error
        if not wanted:
            raise _Enough

    try:
        each()
    except _Enough:
        if problems:
            raise problems[0] from None


def _broken(
    contract: Contract, draft: Draft, clause: Clause | None, patch: int, resources: Mapping[str, str]
) -> Draft | None:
    """Return *draft* with one break of *clause*, if that breaks the clause and no other."""
    if clause is None:
        return None
    broken = apply_patch(draft, clause.breaks[patch % len(clause.breaks)], resources=resources)
    ruling = contract.judge(broken.encode(), resources=resources)
    return broken if ruling.answer is Answer.REJECT and ruling.clauses == (clause.id,) else None
