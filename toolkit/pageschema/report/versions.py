"""Frozen versions for people: what stands where, what was just frozen, how it came about.

Rows are those that ``--format json`` prints.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pageschema import jsontext
from pageschema.report.comparison import WITNESS_LENGTH, broken
from pageschema.report.layout import PLAIN, Line, Span, Terminal, columns, compact, count, line, paragraph, render

_FINE = frozenset({"current", "no model", "new", "frozen", "pending", "unchanged"})
_SHOWN_CHANGES = 10
_SHOWN_VERSIONS = 5

Row = Mapping[str, Any]


def status_text(rows: Sequence[Row], *, closing: str = "", terminal: Terminal = PLAIN) -> str:
    """Return one line a schema, then what is wrong with those that are not as they should be, and broken readers.

    Args:
        rows: With name, version, state, message, remedy, file, line, readers, previous, bump, backward and forward.
        closing: What else the last line tells.
    """
    lines = list(columns([(*_state(row), _step(row)) for row in rows]))
    lines += _wrong(rows)
    lines += _readers(rows)
    states = Counter(row["state"] for row in rows)
    told = ", ".join([*(f"{number:,} {state}" for state, number in states.items()), *[closing] * bool(closing)])
    style = "ok" if all(state in _FINE for state in states) else "error"
    lines += [line()] * bool(lines) + [line((told or "no schema here yet", style if rows else ""))]
    if not rows:
        lines.append(line("name a model in pyproject.toml: [tool.pageschema.models]", indent=2))
    return render(lines, terminal)


def freeze_text(rows: Sequence[Row], *, terminal: Terminal = PLAIN) -> str:
    """Return one line a schema: what was frozen as which version and with which verdict, or why it was not.

    Args:
        rows: With name, state, version, previous, bump, backward, forward, against, readers, path, message, remedy.
    """
    lines = list(columns([(*_state(row), _step(row)) for row in rows]))
    lines += _wrong(rows)
    lines += _against(rows)
    lines += _readers(rows)
    frozen = sum(row["state"] == "frozen" for row in rows)
    refused = sum(row["state"] == "refused" for row in rows)
    pending = sum(row["state"] == "pending" for row in rows)
    told = "nothing frozen" if refused else "nothing to freeze"
    if frozen or pending:
        told = f"{count(frozen, 'version')} frozen" if frozen else f"{count(pending, 'version')} would be frozen"
    style = "error" if refused else "ok"
    lines += [line()] * bool(lines) + [line((told + (f", {refused:,} refused" if refused else ""), style))]
    return render(lines, terminal)


def log_text(rows: Sequence[Row], *, terminal: Terminal = PLAIN) -> str:
    """Return the versions of a schema in the order given, each with the verdict on the step and what changed.

    Args:
        rows: With name, version, previous, digest, path, readers, bump, backward, forward and changes.
    """
    lines: list[Line] = []
    for row in rows:
        lines += [line()] * bool(lines)
        lines.append(
            line((f"{row['name']} {row['version']}", "where"), (f"  {row['digest'][:12]}  {row['path']}", "dim"))
        )
        lines.append(line(_step(row) or "the first version", indent=2))
        if row["readers"]:
            named = [jsontext.clip(name) for name in row["readers"] if name != row["version"]]
            lines.append(line(f"read by {', '.join(named) or 'someone'}", indent=2))
        changes = row["changes"]
        for change in changes[:_SHOWN_CHANGES]:
            where = jsontext.clip(change["pointer"], 200) or "(root)"
            lines.append(line(f"{where}: {change['message']}", (broken(change["breaks"]), "error"), indent=4))
        if len(changes) > _SHOWN_CHANGES:
            rest = count(len(changes) - _SHOWN_CHANGES, "more change")
            versions = (f"{row['name']}@{version}" for version in (row["previous"], row["version"]))
            lines.append(line(f"{rest}: pageschema diff {' '.join(versions)}", indent=4))
    return render(lines or [line("no frozen version yet")], terminal)


def _state(row: Row) -> tuple[Span, ...]:
    fine = row["state"] in _FINE
    mark = ("✓", "ok") if fine else ("✗", "error")
    return mark, (row["name"], "where"), row["version"] or "-", (row["state"], "" if fine else "error")


def _step(row: Row) -> str:
    """Return the verdict on the step that led to a version, "" where there was none."""
    if not row["bump"]:
        return ""
    told = "the same meaning as" if row["bump"] == "none" else f"{row['bump']} from"
    return f"{told} {row['previous']}: backward {row['backward']}, forward {row['forward']}"


def _against(rows: Iterable[Row]) -> Iterator[Line]:
    """Yield what the verdict is on all earlier versions, where more than the latest was asked for."""
    for row in rows:
        if len(row["against"]) < 2:
            continue
        told = []
        for reading in ("backward", "forward"):
            by_verdict = {
                verdict: [each["version"] for each in row["against"] if each[reading] == verdict]
                for verdict in ("no", "unknown")
            }
            short = [f"{verdict} for {_some(versions)}" for verdict, versions in by_verdict.items() if versions]
            told.append(f"{reading} {', '.join(short) or 'yes'}")
        yield line()
        yield line((f"{row['name']}: ", "where"), f"against {len(row['against']):,} versions: {'; '.join(told)}")


def _readers(rows: Iterable[Row]) -> Iterator[Line]:
    """Yield each reader that does not take all of what it will meet, with an extraction that shows it."""
    for row in rows:
        for reader in row["readers"]:
            if reader["verdict"] == "yes":
                continue
            name, version = reader["name"], reader["version"]
            who = f"a reader of {version}" if name == version else f"the reader {jsontext.clip(name)} ({version})"
            breaks = "breaks" if reader["verdict"] == "no" else "may break: neither proven nor refuted"
            already = " already" if reader["already"] and reader["verdict"] == "no" else ""
            yield line()
            yield line((f"{row['name']}: ", "where"), f"{who} {breaks}{already}")
            if reader["verdict"] == "no":
                yield line(("shown by  ", "dim"), compact(reader["witness"], WITNESS_LENGTH), indent=2, wrap=False)


def _some(versions: Sequence[str]) -> str:
    shown = ", ".join(versions[:_SHOWN_VERSIONS])
    return shown + (f" and {len(versions) - _SHOWN_VERSIONS:,} more" if len(versions) > _SHOWN_VERSIONS else "")


def _wrong(rows: Iterable[Row]) -> Iterator[Line]:
    for row in rows:
        if not row["message"]:
            continue
        file, number = row.get("file") or row.get("path"), row.get("line")
        where = f"{file}:{number}: " if file and number else f"{file}: " if file else ""
        yield line()
        yield line((where, "where"), f"{row['name']}: {row['message']}")
        yield from paragraph(row["remedy"], indent=2)
