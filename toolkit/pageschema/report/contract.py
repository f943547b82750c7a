"""What a newer upstream document changed, and which clauses that touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pageschema.report.layout import PLAIN, Terminal, count, line, render

if TYPE_CHECKING:
    from pageschema.contract.review import Review

_STYLES = {"lost": "error", "contradicted": "error", "touched": "warning"}
_REMEDIES = {
    "lost": "take the clause out of overlay.yaml, or anchor it elsewhere",
    "contradicted": "change the clause in overlay.yaml to what the document says now",
    "touched": "read the new words, and change the clause or its quote where they differ",
}


def review_text(review: Review, *, terminal: Terminal = PLAIN) -> str:
    """Return each change, then each clause that does not stand as it did, and what to do about it."""
    lines = [line((f"{change.pointer}: ", "where"), change.message) for change in review.changes]
    told = [clause for clause in review.clauses if clause.standing in _STYLES]
    if review.changes and (told or review.failing_actions):
        lines.append(line())
    for clause in told:
        standing = clause.standing.value
        lines.append(line((f"clause {clause.id}: ", "where"), (standing, _STYLES[standing]), f": {clause.reason}"))
        lines.append(line((_REMEDIES[standing], "dim"), indent=2))
    for reason in review.failing_actions:
        lines.append(line(("overlay: ", "where"), (reason, "error")))
        lines.append(line(("change the action's target in overlay.yaml", "dim"), indent=2))
    if lines:
        lines.append(line())
    changed = count(len(review.changes), "change") if review.changes else "no change"
    touched = f"{len(told)} of {count(len(review.clauses), 'clause')} no longer" if told else "every clause"
    stand = "stand" if told else "stands"
    lines.append(line(f"{changed}; {touched} {stand} as before"))
    return render(lines, terminal)
