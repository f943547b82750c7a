"""Which extractions break their schema, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from pageschema import jsontext
from pageschema.report.layout import PLAIN, Line, Terminal, compact, count, line, paragraph, render

if TYPE_CHECKING:
    from pageschema.conformance import Violation
    from pageschema.project.results import CheckedResult


def violations_text(where: str, violations: Sequence[Violation], *, terminal: Terminal = PLAIN) -> str:
    """Return what breaks one extraction, each as ``where#/pointer: message (keyword)`` with its value and remedy."""
    return render(_violations(where, violations), terminal)


def checked_text(results: Iterable[CheckedResult], *, terminal: Terminal = PLAIN) -> str:
    """Return the violations of every result that has some, then how many results are fine and how many are not."""
    lines: list[Line] = []
    fine = broken = found = 0
    for result in results:
        fine, broken = fine + (not result.violations), broken + bool(result.violations)
        found += len(result.violations)
        if result.violations:
            where = f"{result.file}:{result.line}" if result.line else result.file
            lines += [*_violations(where, result.violations), line()]
    told = count(fine + broken, "extraction")
    if broken:
        verdict = f"{broken:,} of {told} {'breaks' if broken == 1 else 'break'} the schema: "
        lines.append(line((verdict + count(found, "violation"), "error")))
    else:
        lines.append(line((f"{told}, none breaks the schema", "ok")))
    return render(lines, terminal)


def _violations(where: str, violations: Sequence[Violation]) -> Iterator[Line]:
    if not violations:
        yield line((f"{where}: ", "where"), ("fits the schema", "ok"))
    for violation in violations:
        place = f"{where}#{jsontext.clip(violation.pointer, 200)}" if violation.pointer else where
        yield line((f"{place}: ", "where"), violation.message, (f" ({violation.keyword})", "dim"))
        if violation.has_value:
            yield line(("value  ", "dim"), compact(violation.value), indent=2, wrap=False)
        yield from paragraph(violation.remedy, indent=2)
