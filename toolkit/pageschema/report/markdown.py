"""Findings as Markdown, for a comment on a pull request, and how foreign text stands in Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from pageschema import jsontext
from pageschema.finding import Finding, Severity
from pageschema.report.layout import count, printable
from pageschema.report.place import place, relative

MOST_CHARACTERS = 65_536
"""As much as a comment on GitHub holds."""
_CLOSING = 100
"""Characters kept free for the line that says how much is not shown."""
_MARKUP = frozenset("\\`*_{}[]()#+-.!~:/")
_ESCAPED_OTHERWISE = frozenset("@<>&|$%")


def findings_markdown(findings: Sequence[Finding], *, root: str | None = None) -> str:
    """Return a heading that counts, and a table with a row a finding, the worst first, in at most `MOST_CHARACTERS`."""
    if not findings:
        return "**pageschema lint:** no findings\n"
    counts = Counter(finding.severity for finding in findings)
    told = ", ".join(count(counts[severity], severity.value) for severity in Severity if counts[severity])
    worst = sorted(findings, key=lambda finding: list(Severity).index(finding.severity))
    lines = [f"**pageschema lint:** {told}", ""]
    rows = (_row(finding, root) for finding in worst)
    return fit([*lines, *table(("rule", "where", "what", "remedy"), rows)], noun="finding")


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table; each cell is Markdown, what is foreign in it went through `plain`."""
    yield f"| {' | '.join(header)} |"
    yield f"|{' --- |' * len(header)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def fit(lines: Iterable[str], *, noun: str) -> str:
    """Return *lines* as one text of at most `MOST_CHARACTERS`, and say how many of what *noun* names are not shown."""
    room = MOST_CHARACTERS - _CLOSING
    shown: list[str] = []
    every = iter(lines)
    for each in every:
        room -= len(each) + 1
        if room < 0:
            return "\n".join([*shown, "", f"{count(1 + sum(1 for _ in every), f'more {noun}')}, not shown."]) + "\n"
        shown.append(each)
    return "\n".join(shown) + "\n"


def _row(finding: Finding, root: str | None) -> tuple[str, ...]:
    return (
        f"{finding.severity.value} [{finding.code}]({finding.url})",
        plain(_place(finding, root)),
        plain(finding.message),
        plain(finding.remedy),
    )


def _place(finding: Finding, root: str | None) -> str:
    where, file = place(finding), finding.origin.file or ""
    where = relative(file, root) + where[len(file) :] if file else where
    return f"{where} {finding.origin.model}.{finding.origin.field}" if finding.origin.field else where


def plain(text: str, *, most: int = 200) -> str:
    """Return *text* as it reads, on one line: nothing in it is markup, a link, a mention or the end of a cell.

    What is longer than *most* is cut.
    """
    return "".join(_escaped(printable(jsontext.clip(text, most))))


def _escaped(text: str) -> Iterable[str]:
    for each in text:
        # A backslash keeps GitHub neither from taking @name for a person, nor $x$ for a formula, nor, in a table, <x>
        # for a tag.
        yield f"&#{ord(each)};" if each in _ESCAPED_OTHERWISE else f"\\{each}" if each in _MARKUP else each
