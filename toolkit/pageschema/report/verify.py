"""The report of the main job: what was looked at, what is wrong, and whether all is well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pageschema import jsontext
from pageschema.report.layout import PLAIN, Line, Span, Terminal, columns, count, line, paragraph, render

if TYPE_CHECKING:
    from pageschema.project.verification import Section, VerifyReport

MAX_PROBLEMS = 10
MAX_NOTES = 5
"""Of one section: a report is read in a minute; ``--format json`` has them all."""


def verify_text(report: VerifyReport, *, terminal: Terminal = PLAIN) -> str:
    """Return one line a section, those with problems first, then each problem in full, then the verdict."""
    sections = sorted(report.sections, key=lambda section: not section.problems)
    lines = [line("pageschema verify: ", (report.root, "where"), (f", seed {report.seed}", "dim")), line()]
    lines += columns([_row(section) for section in sections])
    for section in sections:
        if section.problems:
            lines += [line(), *_problems(section)]
    for section in sections:
        if section.notes:
            lines += [line(), *_notes(section)]
    lines += [line(), _closing(report)]
    return render(lines, terminal)


def _row(section: Section) -> tuple[Span, ...]:
    mark = ("✗", "error") if section.problems else ("✓", "ok")
    wrong = f"{count(len(section.problems), 'problem')}; " if section.problems else ""
    # Before the summary: a terminal of 80 columns would break each line in front of a time that comes last.
    return mark, (section.name, "where"), (f"{section.seconds:4.1f} s", "dim"), f"{wrong}{section.summary}"


def _problems(section: Section) -> Iterator[Line]:
    yield line((f"{section.name}: {count(len(section.problems), 'problem')}", "error"))
    for problem in section.problems[:MAX_PROBLEMS]:
        first, *rest = problem.message.split("\n")
        yield line((f"{jsontext.clip(problem.where, 400)}: ", "where") if problem.where else "", first, indent=2)
        for each in rest:
            yield line(each, indent=4, wrap=False)
        if problem.remedy:
            yield from paragraph(problem.remedy, indent=4)
    if len(section.problems) > MAX_PROBLEMS:
        yield line((f"{len(section.problems) - MAX_PROBLEMS:,} more: pageschema verify --format json", "dim"), indent=2)


def _notes(section: Section) -> Iterator[Line]:
    yield line((f"{section.name}: {count(len(section.notes), 'note')}, nothing that fails", "note"))
    for note in section.notes[:MAX_NOTES]:
        yield from paragraph(note, indent=2)
    if len(section.notes) > MAX_NOTES:
        yield line((f"{len(section.notes) - MAX_NOTES:,} more: pageschema verify --format json", "dim"), indent=2)


def _closing(report: VerifyReport) -> Line:
    seconds = sum(section.seconds for section in report.sections)
    problems = sum(len(section.problems) for section in report.sections)
    over = (f" ({count(len(report.sections), 'section')}, {seconds:.1f} s)", "dim")
    if not problems:
        return line(("all is well", "ok"), ": exit code 0, nothing to do", over)
    return line((count(problems, "problem"), "error"), ": exit code 1, something that was promised does not hold", over)
