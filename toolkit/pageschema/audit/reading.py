"""Reading the records of a range, some at a time: memory is flat however long a file or a line is."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate
from typing import IO, Any, cast

from pageschema import jsontext
from pageschema.audit.places import open_bytes
from pageschema.audit.ranges import Range
from pageschema.errors import MissingExtra

BLOCK_BYTES = 64 * 1024
MAX_RECORD_BYTES = jsontext.MAX_BYTES


class Unreadable(Exception):
    """The rest of a range cannot be read; `records` are what came before it in the same block."""


@dataclass(frozen=True, slots=True)
class Oversized:
    """A record too large to be held; its length is all that is known."""

    length: int

    def __len__(self) -> int:
        return self.length


@dataclass(frozen=True, slots=True)
class Block:
    """Records that follow each other; `start` is the position of the first.

    A record is the bytes or the text of a line or cell, None for an empty cell, or `Oversized`.
    """

    records: list[Any]
    start: int
    are_rows: bool = False

    def positions(self) -> list[int]:
        """Return where each record begins: its byte, or its row in the row group."""
        if self.are_rows:
            return list(range(self.start, self.start + len(self.records)))
        return list(accumulate(map(len, self.records[:-1]), initial=self.start))


def blocks(unit: Range, *, field: str | None = None) -> Iterator[Block]:
    """Yield the records of a range.

    Args:
        field: The column of Parquet that holds them.

    Raises:
        Unreadable: The file cannot be read on.
        MissingExtra: It takes a package that is not installed.
    """
    problems: tuple[type[Exception], ...] = (OSError, EOFError, zlib.error)
    with ExitStack() as stack:
        try:
            if unit.form == "rows":
                problems = _parquet_problems()
                yield from _rows(unit, field)
                return
            file = stack.enter_context(open_bytes(unit.path))
            if unit.form == "gzip":
                file = stack.enter_context(cast("IO[bytes]", gzip.GzipFile(fileobj=file)))
            elif unit.form == "zstd":
                zstd = _zstd(unit.path)
                problems = (*problems, zstd.ZstdError)
                file = stack.enter_context(zstd.ZstdFile(file))
            if unit.form == "one":
                yield Block([_whole(file)], 0)
            else:
                yield from _lines(file, unit.start, unit.end)
        except problems as error:
            what = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise Unreadable(what or type(error).__name__) from error


def _lines(file: IO[bytes], start: int, end: int | None) -> Iterator[Block]:
    # A range that starts right behind a line feed owns the line that starts there, else that is the neighbour's. Read
    # from the byte before: what comes first then is never its own.
    position, is_own = max(start - 1, 0), not start
    file.seek(position)
    pieces: list[bytes] = []
    held = too_long = 0
    while end is None or position < end:
        chunk = file.read(BLOCK_BYTES)
        if chunk and b"\n" not in chunk:
            pieces.append(chunk)
            held += len(chunk)
            if too_long or held > MAX_RECORD_BYTES:
                too_long, held = too_long + held, 0
                pieces.clear()
            continue
        # BytesIO finds lines by memchr, which is twice as fast as split().
        records: list[Any] = BytesIO(b"".join([*pieces, chunk]) if pieces else chunk).readlines()
        rest = records.pop() if chunk and not records[-1].endswith(b"\n") else b""
        if too_long:
            records[:1] = [Oversized(too_long + sum(map(len, records[:1])))]
        if not is_own and records:
            position, is_own = position + len(records.pop(0)), True
        after = position + sum(map(len, records))
        block = Block(records, position)
        if end is not None and after > end:
            mine = sum(each < end for each in block.positions())
            yield Block(records[:mine], position)
            return
        if records:
            yield block
        if not chunk:
            if after < (start if end is None else end):
                raise Unreadable("it is shorter than when the audit began")
            return
        pieces, held, too_long, position = [rest] if rest else [], len(rest), 0, after


def _whole(file: IO[bytes]) -> bytes | Oversized:
    data = file.read(MAX_RECORD_BYTES + 1)
    return data if len(data) <= MAX_RECORD_BYTES else Oversized(len(data))


def _rows(unit: Range, field: str | None) -> Iterator[Block]:
    from pageschema.audit import parquet

    assert unit.group is not None  # noqa: S101 - a range of rows has its group
    row, end = 0, unit.end
    for values in parquet.batches(unit.path, unit.group, field):
        first, last = max(unit.start - row, 0), len(values) if end is None else min(end - row, len(values))
        if first < last:
            yield Block(values[first:last], row + first, are_rows=True)
        row += len(values)


def _parquet_problems() -> tuple[type[Exception], ...]:
    from pageschema.audit import parquet

    return parquet.problems()


def _zstd(path: str) -> Any:
    import importlib

    for name in ("compression.zstd", "backports.zstd"):
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    raise MissingExtra(f"reading zstd ({jsontext.clip(path)})", extra="audit")
