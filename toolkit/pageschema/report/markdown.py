"""Findings as Markdown, for a comment on a pull request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from pageschema import jsontext
from pageschema.finding import Finding, Severity
from pageschema.report.layout import count, printable
from pageschema.report.place import place, relative

MOST_ROWS = 80
"""A comment on GitHub holds 65,536 characters."""
_MARKUP = frozenset("\\`*_{}[]()#+-.!~:/")
_ESCAPED_OTHERWISE = frozenset("@<>&|")


def findings_markdown(findings: Sequence[Finding], *, root: str | None = None) -> str:
    """Return a heading that counts, and a table with a row a finding, the worst first, at most `MOST_ROWS`."""
    if not findings:
        return "**pageschema lint:** no findings\n"
    counts = Counter(finding.severity for finding in findings)
    told = ", ".join(count(counts[severity], severity.value) for severity in Severity if counts[severity])
    worst = sorted(findings, key=lambda finding: list(Severity).index(finding.severity))
    rows = [_row(finding, root) for finding in worst[:MOST_ROWS]]
    lines = [f"**pageschema lint:** {told}", "", "| rule | where | what | remedy |", "| --- | --- | --- | --- |", *rows]
    if len(findings) > MOST_ROWS:
        lines += ["", f"{count(len(findings) - MOST_ROWS, 'more finding')}, not shown."]
    return "\n".join(lines) + "\n"


def _row(finding: Finding, root: str | None) -> str:
    cells = (
        f"{finding.severity.value} [{finding.code}]({finding.url})",
        _plain(jsontext.clip(_place(finding, root), 200)),
        _plain(jsontext.clip(finding.message, 200)),
        _plain(jsontext.clip(finding.remedy, 200)),
    )
    return f"| {' | '.join(cells)} |"


def _place(finding: Finding, root: str | None) -> str:
    where, file = place(finding), finding.origin.file or ""
    where = relative(file, root) + where[len(file) :] if file else where
    return f"{where} {finding.origin.model}.{finding.origin.field}" if finding.origin.field else where


def _plain(text: str) -> str:
    """Return *text* as it reads, on one line: nothing in it is markup, a link, a mention or the end of a cell."""
    return "".join(_escaped(printable(text)))


def _escaped(text: str) -> Iterable[str]:
    for each in text:
        # A backslash keeps GitHub neither from taking @name for a person nor, in a table, <x> for a tag.
        yield f"&#{ord(each)};" if each in _ESCAPED_OTHERWISE else f"\\{each}" if each in _MARKUP else each
