"""What verify, diff and fuzz found as Markdown: the summary of a job, or a comment on a pull request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pageschema.report.comparison import ANSWERS, BROKEN, READINGS, WITNESS_LENGTH, sides
from pageschema.report.fuzz import MAX_CURL, closing, figures
from pageschema.report.layout import compact, count, printable
from pageschema.report.markdown import fit, plain, table

if TYPE_CHECKING:
    from pageschema.evolution import Comparison, Direction
    from pageschema.fuzzing import Failure, FuzzResult
    from pageschema.project.verification import Problem, Section, VerifyReport

_LONGEST = 1_000
"""Characters of a cell that tells what is wrong: a witness stands in it."""


def verify_markdown(report: VerifyReport) -> str:
    """Return the verdict, a row a section, those with problems first, and a table of the problems of each."""
    return fit(_verified(report), noun="line")


def comparison_markdown(comparison: Comparison) -> str:
    """Return the two verdicts, the version they ask for, a row a change, and an extraction for each no."""
    return fit(_compared(comparison), noun="line")


def fuzz_markdown(result: FuzzResult, *, options: str = "") -> str:
    """Return the verdict, the figures of a run, and each failure with the lines that send it again.

    Args:
        options: What `pageschema replay` needs besides the file.
    """
    return fit(_fuzzed(result, options), noun="line")


def _verified(report: VerifyReport) -> Iterator[str]:
    problems = sum(len(section.problems) for section in report.sections)
    yield f"**pageschema verify:** {count(problems, 'problem') if problems else 'all is well'}"
    yield ""
    sections = sorted(report.sections, key=lambda section: not section.problems)
    yield from table(("", "part", "outcome"), [_section(section) for section in sections])
    for section in sections:
        if section.problems:
            yield from ("", f"**{section.name}: {count(len(section.problems), 'problem')}**", "")
            yield from table(("where", "what", "remedy"), [_problem(problem) for problem in section.problems])
    for section in sections:
        if section.notes:
            yield from ("", f"**{section.name}: {count(len(section.notes), 'note')}, nothing that fails**", "")
            yield from (f"- {plain(note, most=_LONGEST)}" for note in section.notes)


def _section(section: Section) -> tuple[str, str, str]:
    wrong = f"{count(len(section.problems), 'problem')}; " if section.problems else ""
    return "❌" if section.problems else "✅", section.name, wrong + plain(section.summary)


def _problem(problem: Problem) -> tuple[str, str, str]:
    return plain(problem.where), _broken_lines(problem.message), _broken_lines(problem.remedy)


def _broken_lines(text: str) -> str:
    return "<br>".join(plain(each, most=_LONGEST) for each in text.split("\n"))


def _compared(comparison: Comparison) -> Iterator[str]:
    yield f"**pageschema diff:** {plain(sides(comparison))}, next version: {comparison.bump}"
    yield ""
    rows = []
    for reading, verdict in _verdicts(comparison):
        reason = ANSWERS.get((reading, verdict)) or comparison.reasons.get(reading) or "neither proven nor refuted"
        rows.append((READINGS[reading], f"**{verdict}**", plain(reason, most=_LONGEST)))
    yield from table(("who can read on", "verdict", "that is"), rows)
    yield ""
    if not comparison.changes:
        yield "Nothing changed."
    else:
        changes = [
            (
                plain(change.pointer or "(root)"),
                plain(change.message, most=_LONGEST),
                " and ".join(BROKEN[reading] for reading in change.breaks),
            )
            for change in comparison.changes
        ]
        yield from table(("where", "what changed", "breaks"), changes)
    for reading, witness in comparison.witnesses.items():
        writer, reader = ("old", "new") if reading == "backward" else ("new", "old")
        yield from ("", f"An extraction that the {writer} version accepts and the {reader} one refuses:", "")
        yield from _verbatim(_json(witness), "json")


def _verdicts(comparison: Comparison) -> Iterator[tuple[Direction, str]]:
    yield "backward", comparison.backward
    yield "forward", comparison.forward


def _fuzzed(result: FuzzResult, options: str) -> Iterator[str]:
    yield f"**pageschema fuzz:** {plain(str(closing(result)))}"
    for each in figures(result):
        yield from ("", plain(str(each), most=_LONGEST))
    for failure in result.failures:
        yield from _failure(failure, result.base_url, options)


def _failure(failure: Failure, base_url: str, options: str) -> Iterator[str]:
    yield from ("", f"**{plain(failure.id)}**: {plain(failure.message, most=_LONGEST)}", "")
    curl = failure.curl(base_url)
    lines = [curl] if len(curl) <= MAX_CURL else []
    if failure.replay:
        lines.append(f"pageschema replay {failure.replay} {options}".rstrip())
    yield from _verbatim("\n".join(map(printable, lines)), "sh")


def _json(value: Any) -> str:
    return compact(value, WITNESS_LENGTH)


def _verbatim(text: str, language: str) -> Iterator[str]:
    """Yield *text* in a fence that is longer than any within: all in it is shown as it is, and mentions nobody."""
    fence = "```"
    while fence in text:
        fence += "`"
    yield f"{fence}{language}\n{text}\n{fence}"  # As one: a fence that is cut in two would swallow the rest.
