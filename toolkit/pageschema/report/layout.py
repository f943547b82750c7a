"""Lines of text for people: every character made safe to print, wrapped and coloured for the terminal there is."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TextIO

from pageschema import jsontext

STYLES = {
    "": "",
    "error": "bold red",
    "warning": "yellow",
    "note": "cyan",
    "ok": "green",
    "where": "bold",
    "dim": "dim",
}
_ASCII = {"✓": "ok  ", "✗": "FAIL", "…": "...", "→": "->", "│": "|"}
_NARROWEST = 40
"""Below this many columns wrapping would leave a word a line; the terminal breaks the lines instead."""


class Terminal(NamedTuple):
    """What a text will be shown on. The default is a pipe or a file: no colour, no wrapping, UTF-8."""

    width: int | None = None
    colour: bool = False
    encoding: str = "utf-8"

    @classmethod
    def of(cls, stream: TextIO) -> Terminal:
        """Look at *stream*: its width and colours if it is a terminal, its encoding always.

        ``NO_COLOR`` takes the colours away, and ``FORCE_COLOR`` gives them to what is no terminal: the log of a job.
        """
        encoding = getattr(stream, "encoding", None) or "utf-8"
        if not stream.isatty():
            forced = os.environ.get("FORCE_COLOR", "") not in {"", "0"} and not os.environ.get("NO_COLOR")
            return cls(colour=forced, encoding=encoding)
        from rich.console import Console

        console = Console(file=stream)
        colour = console.color_system is not None and not console.no_color and not console.legacy_windows
        return cls(width=console.width, colour=colour, encoding=encoding)

    def fit(self, text: str) -> str:
        """Return *text* with ASCII in place of the signs that the encoding lacks, and escapes for the rest."""
        try:
            text.encode(self.encoding)
        except UnicodeEncodeError:
            for sign, plain in _ASCII.items():
                text = text.replace(sign, plain)
            return text.encode(self.encoding, "backslashreplace").decode(self.encoding)
        return text


PLAIN = Terminal()
_WORD = re.compile(r"\s*\S+\s*")

Span = str | tuple[str, str]
"""A text, or a text and its style, one of `STYLES`."""


class Line(NamedTuple):
    """One line, in styled pieces that are safe to print. One that must be pasted whole does not wrap.

    Where it wraps, the rows after the first stand `hang` columns further in.
    """

    spans: tuple[tuple[str, str], ...]
    indent: int = 0
    wrap: bool = True
    hang: int = 2

    def __str__(self) -> str:
        return (" " * self.indent + "".join(text for text, _ in self.spans)).rstrip()


def printable(text: str) -> str:
    """Return *text* on one line and safe to print: what is no printable character is escaped with a backslash."""
    return text if text.isprintable() else jsontext.clip(text, sys.maxsize - 1)


def line(*spans: Span, indent: int = 0, wrap: bool = True, hang: int = 2) -> Line:
    """Return a line. All text that people read passes through here, and `printable` with it."""
    styled = ((span, "") if isinstance(span, str) else span for span in spans)
    safe = tuple((printable(text), style) for text, style in styled if text)
    return Line(spans=safe, indent=indent, wrap=wrap, hang=hang)


def paragraph(text: str, *, indent: int = 0, style: str = "", wrap: bool = True, hang: int = 2) -> Iterator[Line]:
    """Yield a line for each line of *text*."""
    for each in text.rstrip("\n").split("\n"):
        yield line((each, style), indent=indent, wrap=wrap, hang=hang)


def columns(rows: Iterable[tuple[Span, ...]], *, indent: int = 0) -> Iterator[Line]:
    """Yield *rows* with their cells aligned, two spaces apart; the last cell wraps within its column."""
    table = [[(cell, "") if isinstance(cell, str) else cell for cell in row] for row in rows]
    table = [[(printable(text), style) for text, style in row] for row in table]
    widths = [max(cells(row[column][0]) for row in table) for column in range(len(table[0]))] if table else []
    for row in table:
        padded = [
            (text + " " * (width - cells(text)), style) for (text, style), width in zip(row[:-1], widths, strict=False)
        ]
        hang = sum(widths[:-1]) + 2 * len(padded)
        yield line(*(piece for cell in padded for piece in (cell, "  ")), row[-1], indent=indent, hang=hang)


def cells(text: str) -> int:
    """Return how many columns of a terminal *text* takes: none for a combining mark, two for a letter of Chinese."""
    if text.replace("…", ".").isascii():  # Most lines that are cut are, and Rich costs the time of an import.
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def compact(value: Any, length: int = 120) -> str:
    """Return *value* as JSON on one line, cut to *length*."""
    return jsontext.clip(json.dumps(value, ensure_ascii=False, default=str), length)


def count(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: ``1 error``, ``2,000 errors``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def render(lines: Iterable[Line], terminal: Terminal = PLAIN) -> str:
    """Return *lines* as one text; it ends in a line feed unless there is no line."""
    if terminal.width is None and not terminal.colour:
        return terminal.fit("".join(f"{each}\n" for each in lines))
    return terminal.fit(_rich(lines, terminal))


def _rich(lines: Iterable[Line], terminal: Terminal) -> str:
    from io import StringIO

    from rich.console import Console
    from rich.text import Text

    buffer = StringIO()
    console = Console(
        file=buffer,
        width=terminal.width or 1_000,
        force_terminal=terminal.colour,
        color_system="standard" if terminal.colour else None,
        no_color=not terminal.colour,
        highlight=False,
        legacy_windows=False,
    )
    for each in lines:
        text = Text.assemble(*((piece, STYLES[style]) for piece, style in each.spans))
        text.rstrip()
        room = (terminal.width or 0) - each.indent
        hang = each.hang if room - each.hang >= _NARROWEST else 2
        breaks = _breaks(text.plain, room, room - hang) if each.wrap and room - hang >= _NARROWEST else []
        for number, row in enumerate(text.divide(breaks)):
            row.rstrip()
            console.print(Text(" " * (each.indent + hang * bool(number))) + row if row else row, soft_wrap=True)
    return buffer.getvalue()


def _breaks(text: str, room: int, below: int) -> list[int]:
    """Return where to break *text* so that its first row fits *room*, and each after it *below*.

    Words stay whole, so that paths and URLs do.
    """
    breaks: list[int] = []
    used = 0
    for word in _WORD.finditer(text):
        if used and used + cells(word.group().rstrip()) > room:
            breaks.append(word.start())
            used, room = 0, below
        used += cells(word.group())
    return breaks
