"""What an audit found: what is broken most, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pageschema import jsontext
from pageschema.report.layout import PLAIN, Line, Terminal, columns, compact, count, line, paragraph, render

if TYPE_CHECKING:
    from pageschema.audit import AuditReport, Total


def audit_text(report: AuditReport, *, terminal: Terminal = PLAIN) -> str:
    """Return each kind of violation with its samples, most frequent first, and the verdict as the last line."""
    return render(_lines(report), terminal)


def _lines(report: AuditReport) -> Iterator[Line]:
    for total in report.totals:
        if total.schema == report.schema:
            yield from _total(total, report.records)
    others = [total for total in report.totals if total.schema != report.schema]
    if report.fits:
        yield line(("which versions they fit", "where"))
        rows = (
            (f"{records:,}", share(records, report.records), ", ".join(names) or "none of them")
            for names, records in report.fits
        )
        yield from columns(rows, indent=2)
        yield from columns(
            ((f"{total.records:,}", total.schema, _place(total), total.keyword) for total in others), indent=2
        )
        yield line()
    if report.evidence:
        yield from _evidence(report)
    yield from _verdict(report)


def _total(total: Total, records: int) -> Iterator[Line]:
    known = (" known", "dim") if total.known else ""
    places = f" at {total.count:,} places" if total.count > total.records else ""
    told = f"  {count(total.records, 'extraction')} ({share(total.records, records)}){places}"
    yield line((_place(total), "where"), f" {total.keyword}", (told, "error"), known)
    for sample in total.samples:
        violation = sample.violation
        pointer = f"#{jsontext.clip(violation.pointer, 200)}" if violation.pointer else ""
        yield line((f"{sample.file}:{sample.line}{pointer}: ", "dim"), violation.message, indent=2)
        if violation.has_value:
            yield line(("value  ", "dim"), compact(violation.value), indent=4, wrap=False)
    for remedy in dict.fromkeys(sample.violation.remedy for sample in total.samples):
        yield from paragraph(remedy, indent=2)
    yield line()


def _evidence(report: AuditReport) -> Iterator[Line]:
    yield line(("evidence", "where"))
    rows = [("field", "absent", "null", "scored", "mean score", "cited")]
    for pointer, each in report.evidence.items():
        mean = f"{each.score / each.scored:.3f}" if each.scored else "-"
        rows.append(
            (
                jsontext.clip(pointer),
                share(each.asked - each.present, each.asked),
                share(each.null, each.asked),
                share(each.scored, each.asked),
                mean,
                share(each.cited, each.asked),
            )
        )
    yield from columns(rows, indent=2)
    yield line()


def _verdict(report: AuditReport) -> Iterator[Line]:
    told = count(report.records, "extraction")
    if report.skipped:
        told += f" (a sample: {report.skipped:,} were left out)"
    if report.broken:
        verdict = f"{report.broken:,} of {told} {'breaks' if report.broken == 1 else 'break'} the schema"
        verdict += ", in known ways only" if report.ok else ""
        yield line((verdict, "warning" if report.ok else "error"))
    else:
        yield line((f"{told}, none breaks the schema", "ok"))
    if not report.complete:
        yield line(("interrupted: this is a part of what there is", "warning"))


def _place(total: Total) -> str:
    return jsontext.clip(total.pointer, 200) or "(whole)"


def share(part: int, whole: int) -> str:
    """Return a part of a whole in per cent, so that neither some is shown as none nor not all as all."""
    if not part or part == whole:
        return "100 %" if part else "0 %"
    percent = 100 * part / whole
    if percent < 0.01:
        return "<0.01 %"
    return ">99.99 %" if percent > 99.99 else f"{percent:.2f} %"
