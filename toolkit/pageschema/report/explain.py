"""What a rule, clause, change kind, check or fault means: one of them in full, or the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from pageschema.report.layout import PLAIN, Line, Span, Terminal, columns, line, paragraph, render

if TYPE_CHECKING:
    from pageschema.project.units import Unit

_KINDS = {
    "rule": ("lint rule", "lint rules"),
    "clause": ("clause of the contract", "clauses of the contract"),
    "change": ("kind of change", "kinds of change"),
    "check": ("check of the contract run", "checks of the contract run"),
    "fault": ("fault of the emulator", "faults of the emulator"),
}
_EXAMPLES = {
    "rule": ("bad", "good"),
    "clause": ("broken by these changes to a valid request", "as JSON Schema over the decoded request"),
    "change": ("old", "new"),
    "check": ("an answer that fails", "an answer that is fine"),
}
FIXES = {
    "safe": "pageschema lint --fix mends it",
    "unsafe": "pageschema lint --fix --unsafe mends it, --diff shows how: the right repair depends on what was meant",
}


def explain_text(unit: Unit, *, terminal: Terminal = PLAIN) -> str:
    """Return all that a unit says of itself: what, why, source, a bad example and a good one, and how to mend it."""
    head = f"{unit.code} {unit.name}".strip()
    kind = _KINDS.get(unit.kind, (unit.kind, unit.kind))[0]
    lines = [line((head, "where"), (f"  {kind}" + (f", {unit.standing}" if unit.standing else ""), "dim")), line()]
    lines += paragraph(f"flags {unit.summary}" if unit.kind == "rule" else unit.summary, hang=0)
    lines += _part("why", unit.why)
    bad, good = _EXAMPLES.get(unit.kind, ("bad", "good"))
    lines += _part(bad, unit.bad, wrap=False)
    lines += _part(good, unit.good, wrap=False)
    lines += _part("fix", FIXES.get(unit.fix, unit.fix))
    lines += _part("profiles", "; ".join(f"{severity}: {', '.join(names)}" for severity, names in unit.weighed.items()))
    lines += _part("source", unit.source)
    return render(lines, terminal)


def units_text(units: Sequence[Unit], *, terminal: Terminal = PLAIN) -> str:
    """Return the list of everything that can be explained, by kind."""
    lines: list[Line] = []
    for kind in dict.fromkeys(unit.kind for unit in units):
        lines += [line((_KINDS.get(kind, (kind, kind))[1], "where"))]
        lines += columns(_rows(unit for unit in units if unit.kind == kind), indent=2)
        lines += [line()]
    lines += [line(("pageschema explain NAME says more of one", "dim"))]
    return render(lines, terminal)


def _rows(units: Iterable[Unit]) -> Iterator[tuple[Span, ...]]:
    for unit in units:
        summary = unit.summary.split("\n")[0]
        yield (unit.code, unit.name, summary) if unit.code else (unit.name, summary)


def _part(title: str, text: str, *, wrap: bool = True) -> Iterator[Line]:
    if text:
        yield line()
        yield line((title, "where"))
        yield from paragraph(text, indent=2, wrap=wrap, hang=0)
