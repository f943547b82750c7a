"""Ranges: the pieces that an audit is cut into, each judged on its own, on any machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from pageschema.audit.places import Place, places

Form: TypeAlias = Literal["lines", "gzip", "zstd", "rows", "one"]

RANGE_BYTES = 16 * 1024 * 1024
"""Large enough that a range costs much more than handing it out, small enough to lose little with a worker."""
_ONE_FOR = 24 * RANGE_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A piece of one file: the records that begin at `start` or later and before `end` (None: up to the end).

    Positions are bytes of the text, decompressed where it is compressed; rows within row group `group` of Parquet.
    `file` counts the files of an audit from 0, so that ranges have an order. `size` is what is read, in bytes.
    """

    file: int
    path: str
    form: Form
    start: int = 0
    end: int | None = None
    group: int | None = None
    size: int = 0

    @property
    def key(self) -> tuple[int, int, int]:
        """Where the range stands in the order of all: file, row group, start."""
        return self.file, self.group or 0, self.start


def plan_ranges(paths: Sequence[str], *, range_bytes: int = RANGE_BYTES) -> list[Range]:
    """Cut files into ranges, in order; folders and globs stand for the files in them that hold records.

    JSON Lines are cut every *range_bytes*, Parquet by row group. A file in gzip or zstd is one range: what is in its
    middle cannot be read without what stands before.

    Args:
        paths: Files, folders and globs, local or as URLs (``s3://bucket/2026/*.jsonl``).

    Raises:
        InvalidTarget: A path leads to no file with records.
        MissingExtra: A path needs fsspec, Parquet pyarrow, or zstd its package, and that is not installed.
    """
    found = [place for path in paths for place in places(path)]
    return [each for number, place in enumerate(found) for each in _ranges(number, place, range_bytes)]


def _ranges(number: int, place: Place, range_bytes: int) -> Iterator[Range]:
    form = form_of(place.path)
    if form == "rows":
        yield from _row_groups(number, place)
    elif form != "lines":
        yield Range(file=number, path=place.path, form=form, size=place.size)
    else:
        for start in range(0, max(place.size, 1), range_bytes):
            end = min(start + range_bytes, place.size)
            is_last = end >= place.size
            yield Range(
                file=number,
                path=place.path,
                form=form,
                start=start,
                end=None if is_last else end,
                size=end - start,
            )


def _row_groups(number: int, place: Place) -> Iterator[Range]:
    from pageschema.audit import parquet

    for group, (rows, size) in enumerate(parquet.row_groups(place.path)):
        yield Range(file=number, path=place.path, form="rows", end=rows, group=group, size=size)


def form_of(path: str) -> Form:
    """Return how a file holds its records, by its name; what says nothing of itself holds lines."""
    name = path.lower()
    if name.endswith((".gz", ".gzip")):
        return "gzip"
    if name.endswith((".zst", ".zstd")):
        return "zstd"
    if name.endswith((".parquet", ".pq")):
        return "rows"
    return "one" if name.endswith(".json") else "lines"


def describe(unit: Range) -> dict[str, Any]:
    """Return what tells a range from any other, as JSON: to find it again when an audit goes on."""
    return {"path": unit.path, "start": unit.start, "end": unit.end, "group": unit.group, "size": unit.size}
