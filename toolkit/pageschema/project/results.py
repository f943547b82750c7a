"""Checking stored results: files of JSON or JSON Lines, each a whole result or a bare extraction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Unpack

from pageschema.conformance import CheckOptions, Violation, check_extraction
from pageschema.errors import InvalidJSON, InvalidTarget, NoExtraction, PageSchemaError
from pageschema.project.targets import STDIN, read_bytes, read_text
from pageschema.schema import PageSchema

LINES = frozenset({".jsonl", ".ndjson"})
PACKED = frozenset({".gz", ".gzip", ".zst", ".zstd", ".parquet", ".pq"})
"""Files that `audit` reads, and `check` does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedResult:
    """One result and what is wrong with it.

    `line` counts from 1 in JSON Lines, and is None in a file of one value. Where there is no extraction to read,
    `readable` is false and the one violation says why (keyword ``json`` or ``extraction``).
    """

    file: str
    line: int | None
    violations: tuple[Violation, ...]
    readable: bool = True

    @property
    def ok(self) -> bool:
        """Whether the extraction fits its schema."""
        return not self.violations

    def as_json(self) -> dict[str, Any]:
        """Return the members that ``check --format json`` prints."""
        return {
            "file": self.file,
            "line": self.line,
            "ok": self.ok,
            "violations": [violation.as_json() for violation in self.violations],
        }


def check_files(
    files: Sequence[str], schema: PageSchema, *, stdin: str = "", **how: Unpack[CheckOptions]
) -> Iterator[CheckedResult]:
    """Yield each result of *files* with its violations, in order; one that cannot be read hides no other.

    Args:
        stdin: What the file called ``-`` holds.
        how: The options of `check_extraction`.

    Raises:
        InvalidTarget: A file cannot be read.
    """
    for file in files:
        for line, record in _records(file, stdin):
            try:
                violations = check_extraction(record, schema, **how)
            except (InvalidJSON, NoExtraction) as error:
                yield CheckedResult(file=file, line=line, violations=(_unreadable(error),), readable=False)
            else:
                yield CheckedResult(file=file, line=line, violations=tuple(violations))


def _unreadable(error: PageSchemaError) -> Violation:
    keyword = "json" if isinstance(error, InvalidJSON) else "extraction"
    return Violation(
        pointer="", keyword=keyword, message=error.what, value=None, remedy=error.remedy or "extract again"
    )


def _records(file: str, stdin: str) -> Iterator[tuple[int | None, str | bytes]]:
    """Yield the line and the text of each result in a file. A line ends at a line feed, and at nothing else."""
    path = Path(file)
    if path.is_dir() or path.suffix.lower() in PACKED:
        what = "is a folder" if path.is_dir() else "is packed"
        raise InvalidTarget(what, where=file, remedy=f"audit it: pageschema audit {file} --schema …")
    if path.suffix.lower() not in LINES:
        yield None, stdin if file == STDIN else read_text(path)
        return
    for number, line in enumerate(read_bytes(path).split(b"\n"), start=1):  # One that is not UTF-8 hides no other.
        if line.strip():
            yield number, line
