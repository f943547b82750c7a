"""What changed between two page schemas, and who breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pageschema import jsontext
from pageschema.report.layout import PLAIN, Line, Terminal, compact, count, line, render

if TYPE_CHECKING:
    from pageschema.evolution import Change, Comparison

_VERDICTS = {"yes": "ok", "no": "error", "unknown": "warning"}
READINGS = {
    "backward": "stored extractions (backward)",
    "forward": "old readers (forward)",
}
BROKEN = {
    "backward": "stored extractions",
    "forward": "old readers",
}
ANSWERS = {
    ("backward", "yes"): "the new version takes every extraction of the old one",
    ("backward", "no"): "some extraction of the old version is refused by the new one",
    ("forward", "yes"): "the old version takes every extraction of the new one",
    ("forward", "no"): "some extraction of the new version is refused by the old one",
}
WITNESS_LENGTH = 400
_WIDTH = 32


def comparison_text(comparison: Comparison, *, terminal: Terminal = PLAIN) -> str:
    """Return the two verdicts, the version they ask for, each change with whom it breaks, and the witnesses."""
    lines = [
        line((sides(comparison), "where")),
        _verdict("backward", comparison.backward, comparison.reasons.get("backward", "")),
        _verdict("forward", comparison.forward, comparison.reasons.get("forward", "")),
        line(f"{'next version:':<{_WIDTH}}", (comparison.bump, "where")),
    ]
    for change in comparison.changes:
        lines += [line(), *_change(change)]
    shown = [change.witness for change in comparison.changes if change.breaks]
    for reading, witness in comparison.witnesses.items():
        if witness not in shown:
            lines += [line(), *_witness(reading, witness)]
    lines += [line(), line(count(len(comparison.changes), "change") if comparison.changes else "nothing changed")]
    return render(lines, terminal)


def sides(comparison: Comparison) -> str:
    """Return what is compared with what."""
    return f"{comparison.old or 'the old schema'} → {comparison.new or 'the new schema'}"


def broken(breaks: Iterable[str]) -> str:
    """Return whom a change breaks, as the end of its line; "" where nobody."""
    told = " and ".join(BROKEN[reading] for reading in breaks)
    return f": breaks {told}" if told else ""


def _change(change: Change) -> Iterator[Line]:
    yield line(
        (f"{jsontext.clip(change.pointer, 200) or '(root)'}: ", "where"),
        change.message,
        (f" ({change.kind})", "dim"),
        (broken(change.breaks), "error"),
    )
    if change.breaks:
        yield line(("shown by  ", "dim"), compact(change.witness, WITNESS_LENGTH), indent=2, wrap=False)


def _verdict(reading: str, verdict: str, reason: str) -> Line:
    answer = ANSWERS.get((reading, verdict)) or reason or "neither proven nor refuted"
    return line(f"{READINGS[reading] + ':':<{_WIDTH}}", (f"{verdict:<8}", _VERDICTS[verdict]), (answer, "dim"))


def _witness(reading: str, witness: Any) -> Iterator[Line]:
    writer, reader = ("old", "new") if reading == "backward" else ("new", "old")
    yield line((f"an extraction that the {writer} version accepts and the {reader} one refuses:", "where"))
    yield line(compact(witness, WITNESS_LENGTH), indent=2, wrap=False)
