"""What push and pull found, for people. Rows are those that ``--format json`` prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pageschema.report.layout import PLAIN, Line, Span, Terminal, columns, line, paragraph, render

_FINE = frozenset({"pushed", "adopted", "unchanged", "recorded", "pending", "skipped", "pulled", "not compared"})

Row = Mapping[str, Any]


def saved_text(rows: Sequence[Row], *, dry_run: bool = False, terminal: Terminal = PLAIN) -> str:
    """Return one line a version, then what is wrong with those that are not as they should be.

    Args:
        rows: With name, version, state, schema_id, schema_version, origin, message and remedy.
    """
    lines = list(columns([_version(row) for row in rows]))
    lines += _wrong(rows)
    states = Counter(row["state"] for row in rows)
    told = ", ".join(f"{number:,} {state}" for state, number in states.items())
    style = "ok" if all(state in _FINE for state in states) else "error"
    lines += [line(), line((told, style), " (dry run: nothing written)" if dry_run else "")]
    return render(lines, terminal)


def _version(row: Row) -> tuple[Span, ...]:
    fine = row["state"] in _FINE
    mark = ("✓", "ok") if fine else ("✗", "error")
    saved = f"{row['schema_id']} version {row['schema_version']}" if row["schema_id"] else ""
    note = row["message"] if fine else ""
    return (
        mark, (row["name"], "where"), row["version"] or "-", (row["state"], "" if fine else "error"),
        saved, row["origin"] or "", (note, "dim"),
    )  # fmt: skip


def _wrong(rows: Sequence[Row]) -> Iterator[Line]:
    told: set[tuple[str, str]] = set()
    for row in rows:
        # What ended the run is printed as the error that it is; what concerns every version is told once.
        if row["state"] in _FINE or row["state"] == "failed" or (row["name"], row["message"]) in told:
            continue
        told.add((row["name"], row["message"]))
        version = f" {row['version']}" if row["version"] else ""
        yield line()
        yield line((f"{row['name']}{version}: ", "where"), row["message"])
        yield from paragraph(row["remedy"], indent=2)
