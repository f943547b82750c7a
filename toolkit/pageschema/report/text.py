"""Findings for people: by file, the line itself underneath, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pageschema import jsontext
from pageschema.finding import Finding, Severity
from pageschema.report.layout import PLAIN, Line, Span, Terminal, cells, count, line, paragraph, render
from pageschema.report.place import place

EXCERPT_WIDTH = 120
"""The widest excerpt of a line, and the one where the width of the terminal is not known."""
_NARROWEST = 30
_MARGIN = 10


def findings_text(
    findings: Sequence[Finding],
    *,
    sources: Mapping[str, str] | None = None,
    schemas: int | None = None,
    terminal: Terminal = PLAIN,
) -> str:
    """Return findings as ``file:line: code severity: message``, each with its source line and its remedy.

    Of several at one column of a line, the first one shows the line.

    Args:
        sources: Texts of files, named as in `Origin.file`, to show lines of.
        schemas: How many page schemas were looked at.
    """
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.origin.file or "", []).append(finding)
    room = max(_NARROWEST, min(EXCERPT_WIDTH, (terminal.width or EXCERPT_WIDTH + _MARGIN) - _MARGIN))
    lines: list[Line] = []
    for file, group in groups.items():
        source = _split((sources or {}).get(file, ""))
        shown: tuple[int, int | None] = (0, None)
        for finding in sorted(group, key=lambda each: each.origin.line or 0):
            at = (finding.origin.line or 0, finding.origin.column)
            lines += _finding(finding, source if at != shown else (), room)
            shown = at
        lines.append(line())
    lines.append(_closing(findings, schemas))
    return render(lines, terminal)


def findings_concise(findings: Sequence[Finding]) -> str:
    """Return one line a finding: ``file:line:column: code message``."""
    return render(
        line(f"{place(each)}{f':{each.origin.column}' if _has_column(each) else ''}: {each.code} {each.message}")
        for each in findings
    )


def _has_column(finding: Finding) -> bool:
    return bool(finding.origin.file and finding.origin.line and finding.origin.column)


def _finding(finding: Finding, source: Sequence[str], room: int) -> Iterator[Line]:
    spans: list[Span] = [
        (f"{jsontext.clip(place(finding), 400)}: ", "where"),
        f"{finding.code} ",
        (finding.severity.value, finding.severity.value),
        f": {finding.message}",
        (f" ({finding.name})", "dim"),
    ]
    # A line of JSON may hold a whole schema, a line of a model holds one field.
    if finding.origin.line and finding.pointer and not finding.origin.field:
        spans.append((f" at {jsontext.clip(finding.pointer, 200)}", "dim"))
    yield line(*spans)
    number = finding.origin.line or 0
    if 1 <= number <= len(source):
        yield from _excerpt(number, source[number - 1], finding.origin.column, room)
    yield from paragraph(finding.remedy, indent=2)


def _excerpt(number: int, source: str, column: int | None, room: int) -> Iterator[Line]:
    """Yield a line of a source, and below it a mark at the column, unless that is where its text begins."""
    before = source[: (column or 1) - 1].expandtabs(4)
    shown, at = _window(source.expandtabs(4), len(before), room)
    yield line((f"{number:>5} │ ", "dim"), shown, indent=2, wrap=False)
    if before.strip() and shown.isprintable():
        yield line(("      │ ", "dim"), " " * cells(shown[:at]), ("^", "where"), indent=2, wrap=False)


def _window(text: str, at: int, room: int) -> tuple[str, int]:
    """Return as much of *text* around the character *at* as fits *room*, and where that character is in it."""
    if len(text) <= room and cells(text) <= room:
        return text, at
    start = 0
    if at > room or cells(text[: at + 1]) > room * 2 // 3:
        start = at - len(_fitting(text[max(0, at - room) : at][::-1], room // 3))
    head = "…" if start else ""
    body = _fitting(text[start : start + room], room - 1 - len(head))
    tail = "…" if start + len(body) < len(text) else ""
    return f"{head}{body}{tail}", at - start + len(head)


def _fitting(text: str, room: int) -> str:
    """Return the longest beginning of *text* that takes at most *room* cells."""
    used = 0
    for index, each in enumerate(text):
        used += cells(each)
        if used > room:
            return text[:index]
    return text


def _closing(findings: Sequence[Finding], schemas: int | None) -> Line:
    over = "" if schemas is None else f" in {count(schemas, 'page schema')}"
    if not findings:
        return line((f"no findings{over}", "ok"))
    counts = Counter(finding.severity for finding in findings)
    told = ", ".join(count(counts[severity], severity.value) for severity in Severity if counts[severity])
    fixable = sum(finding.fixable for finding in findings)
    worst = next(severity for severity in Severity if counts[severity])
    return line((told, worst.value), over, f"; {fixable:,} fixable with --fix" if fixable else "")


def _split(source: str) -> list[str]:
    """Split where editors and tokenizers count lines; `str.splitlines` also splits at form feeds and the like."""
    return source.replace("\r\n", "\n").replace("\r", "\n").split("\n") if source else []
