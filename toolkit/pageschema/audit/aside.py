"""Broken records written aside: a part for each range, put together in order once all are there."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from pageschema import jsontext
from pageschema.audit.judging import Broken
from pageschema.audit.ranges import Range
from pageschema.errors import InvalidTarget

_MEMBER = b'{"line":'


class Aside:
    """Writes the broken records of one range, a line of JSON each; nothing is left unless the range is done."""

    def __init__(self, folder: str, unit: Range) -> None:
        self._path = Path(folder) / "{:09}-{:09}-{:020}.jsonl".format(*unit.key)
        self._source = json.dumps(unit.path).encode()
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        if self._file is None:
            return
        written = Path(self._file.name)
        try:
            with _writing(self._path):
                self._file.close()
                if kind is None:
                    written.replace(self._path)
        finally:
            written.unlink(missing_ok=True)

    def write(self, line: int, position: int, broken: Sequence[Broken], record: Any, *, is_json: bool) -> None:
        """Write one record; *line* counts from 0 in the range."""
        violations = [{"pointer": each.pointer, "keyword": each.kind[1]} for each in broken]
        written = b'%s%d,"file":%s,"offset":%d,"violations":%s,"record":%s}\n' % (
            _MEMBER,
            line,
            self._source,
            position,
            jsontext.dumps(violations, indent=None).encode(),
            _embedded(record, is_json=is_json),
        )
        with _writing(self._path):
            if self._file is None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._file = self._path.with_suffix(f".{os.getpid()}.tmp").open("wb")
            self._file.write(written)


def put_together(
    folder: Path, target: Path, first_lines: Mapping[tuple[int, int, int], int], *, keep: bool = False
) -> int:
    """Write the parts in *folder* to *target* in one step, with lines that count from 1 in their files.

    Args:
        first_lines: How many lines of its file stand before each range.
        keep: Leave the parts where they are, for an audit that goes on.

    Returns:
        How many records were written.

    Raises:
        InvalidTarget: The file cannot be written.
    """
    count = 0
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with _writing(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            with temporary.open("wb") as file:
                for part, key in _parts(folder):
                    before = first_lines.get(key, 0)
                    with part.open("rb") as lines:
                        for line in lines:
                            number, rest = line[len(_MEMBER) :].split(b",", 1)
                            file.write(b"%s%d,%s" % (_MEMBER, int(number) + before + 1, rest))
                            count += 1
            temporary.replace(target)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    if not keep:
        shutil.rmtree(folder, ignore_errors=True)
    return count


def prepare(folder: Path, *, is_new: bool) -> None:
    """Make the folder that parts are written to; in a *new* audit, remove those that nobody went on with.

    Raises:
        InvalidTarget: It cannot be made: better known now than after the first broken record.
    """
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for part in folder.glob("*.jsonl") if is_new else ():
            part.unlink(missing_ok=True)


@contextlib.contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InvalidTarget(
            f"cannot be written: {error.strerror}", where=str(path), remedy="name a place that can be written"
        ) from error


def _parts(folder: Path) -> Iterator[tuple[Path, tuple[int, int, int]]]:
    for part in sorted(folder.glob("*.jsonl")) if folder.is_dir() else []:
        file, group, start = map(int, part.stem.split("-"))
        yield part, (file, group, start)


def _embedded(record: Any, *, is_json: bool) -> bytes:
    """Return a record as JSON: as it stands where it is JSON, else its text as a string."""
    if isinstance(record, bytes):
        text = record.decode("utf-8", "replace").strip()
    elif isinstance(record, str):
        text = record.strip()
    else:
        return b"null"
    return (text if is_json else jsontext.dumps(text, indent=None)).encode("utf-8", "backslashreplace")
