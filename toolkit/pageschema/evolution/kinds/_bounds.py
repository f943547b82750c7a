"""Bounds: which keywords are some, and whether an edit moves one in or out."""

from __future__ import annotations

from pageschema.evolution.edit import Edit

LEAST = frozenset({"exclusiveMinimum", "minContains", "minItems", "minLength", "minProperties", "minimum"})
MOST = frozenset({"exclusiveMaximum", "maxContains", "maxItems", "maxLength", "maxProperties", "maximum"})


def tightens(edit: Edit) -> bool | None:
    """Return whether *edit* narrows what a bound lets through, or None where it is no edit of a bound."""
    if edit.keyword not in LEAST | MOST or edit.key is not None:
        return None
    if edit.added or edit.removed:
        return edit.added
    return bool(edit.after > edit.before) if edit.keyword in LEAST else bool(edit.after < edit.before)


def worded(edit: Edit) -> str:
    """Return what became of a bound."""
    if edit.added:
        return f"has a {edit.keyword} of {edit.after} now"
    return f"has no {edit.keyword} any more" if edit.removed else f"{edit.keyword}: {edit.before} is now {edit.after}"
