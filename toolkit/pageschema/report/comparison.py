"""What changed between two page schemas, and who breaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from pageschema import jsontext
from pageschema.report.layout import PLAIN, Line, Terminal, compact, count, line, paragraph, render

_VERDICTS = {"yes": "ok", "no": "error", "unknown": "warning"}
_READINGS = {
    "backward": "stored extractions (backward)",
    "forward": "old readers (forward)",
}
_BROKEN = {
    "backward": "breaks stored extractions",
    "forward": "breaks old readers",
}
_ANSWERS = {
    ("backward", "yes"): "the new version takes every extraction of the old one",
    ("backward", "no"): "some extraction of the old version is refused by the new one",
    ("forward", "yes"): "the old version takes every extraction of the new one",
    ("forward", "no"): "some extraction of the new version is refused by the old one",
}
WITNESS_LENGTH = 400


class Changed(Protocol):
    """What the text needs of a change. `breaks` names the readings that it breaks."""

    @property
    def pointer(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def message(self) -> str: ...  # noqa: D102
    @property
    def breaks(self) -> Sequence[str] | str | None: ...  # noqa: D102
    @property
    def witness(self) -> Any: ...  # noqa: D102


class Compared(Protocol):
    """What the text needs of a comparison."""

    @property
    def changes(self) -> Sequence[Changed]: ...  # noqa: D102
    @property
    def backward(self) -> str: ...  # noqa: D102
    @property
    def forward(self) -> str: ...  # noqa: D102
    @property
    def bump(self) -> str: ...  # noqa: D102
    @property
    def witnesses(self) -> Mapping[str, Any]: ...  # noqa: D102


def comparison_text(comparison: Compared, *, terminal: Terminal = PLAIN) -> str:
    """Return the two verdicts, the version they ask for, each change with whom it breaks, and the witnesses."""
    lines = [
        _verdict("backward", comparison.backward),
        _verdict("forward", comparison.forward),
        line(f"{'next version':<31}", (comparison.bump, "where")),
    ]
    for change in comparison.changes:
        lines += [line(), *change_lines(change)]
    shown = [change.witness for change in comparison.changes]
    for reading, witness in comparison.witnesses.items():
        if witness not in shown:
            lines += [line(), *_witness(reading, witness)]
    lines += [line(), line(count(len(comparison.changes), "change") if comparison.changes else "nothing changed")]
    return render(lines, terminal)


def change_lines(change: Changed, *, indent: int = 0) -> Iterator[Line]:
    """Yield where a change stands, what it is and whom it breaks, then its witness."""
    breaks = _readings(change.breaks)
    told = ", ".join(_BROKEN.get(reading, f"breaks {reading}") for reading in breaks)
    yield line(
        (f"{jsontext.clip(change.pointer, 200) or '(root)'}: ", "where"),
        change.message,
        (f" ({change.kind})", "dim"),
        (f": {told}", "error") if told else "",
        indent=indent,
    )
    if change.witness is not None:
        yield line(("shown by  ", "dim"), compact(change.witness, WITNESS_LENGTH), indent=indent + 2, wrap=False)


def _verdict(reading: str, verdict: str) -> Line:
    answer = _ANSWERS.get((reading, verdict), "neither proven nor refuted; read the changes below")
    return line(f"{_READINGS[reading] + ':':<31}", (f"{verdict:<8}", _VERDICTS.get(verdict, "")), (answer, "dim"))


def _witness(reading: str, witness: Any) -> Iterator[Line]:
    told = {
        "backward": "an extraction that the old version accepts and the new one refuses:",
        "forward": "an extraction that the new version accepts and the old one refuses:",
    }
    yield from paragraph(told.get(reading, f"{reading}:"), style="where")
    yield line(compact(witness, WITNESS_LENGTH), indent=2, wrap=False)


def _readings(breaks: Sequence[str] | str | None) -> tuple[str, ...]:
    return (breaks,) if isinstance(breaks, str) and breaks else tuple(breaks or ())
