"""Findings as Markdown, for a comment on a pull request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from pageschema import jsontext
from pageschema.finding import Finding, Severity
from pageschema.report.layout import count, printable
from pageschema.report.place import place, relative

MOST_CHARACTERS = 65_536
"""As much as a comment on GitHub holds."""
_CLOSING = 100
"""Characters kept free for the line that says how many findings are not shown."""
_MARKUP = frozenset("\\`*_{}[]()#+-.!~:/")
_ESCAPED_OTHERWISE = frozenset("@<>&|")


def findings_markdown(findings: Sequence[Finding], *, root: str | None = None) -> str:
    """Return a heading that counts, and a table with a row a finding, the worst first, in at most `MOST_CHARACTERS`."""
    if not findings:
        return "**pageschema lint:** no findings\n"
    counts = Counter(finding.severity for finding in findings)
    told = ", ".join(count(counts[severity], severity.value) for severity in Severity if counts[severity])
    worst = sorted(findings, key=lambda finding: list(Severity).index(finding.severity))
    lines = [f"**pageschema lint:** {told}", "", "| rule | where | what | remedy |", "| --- | --- | --- | --- |"]
    room = MOST_CHARACTERS - sum(len(line) + 1 for line in lines) - _CLOSING
    for number, finding in enumerate(worst):
        row = _row(finding, root)
        room -= len(row) + 1
        if room < 0:
            lines += ["", f"{count(len(worst) - number, 'more finding')}, not shown."]
            break
        lines.append(row)
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
