"""Checking stored results: files of JSON or JSON Lines, each a whole result or a bare extraction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pageschema import jsontext
from pageschema.conformance import Violation, check_extraction
from pageschema.errors import NoExtraction
from pageschema.project.targets import STDIN, read_text
from pageschema.schema import PageSchema

LINES = frozenset({".jsonl", ".ndjson"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedResult:
    """One result and what is wrong with it. `line` counts from 1 in JSON Lines, and is None in a file of one value."""

    file: str
    line: int | None
    violations: tuple[Violation, ...]

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
    files: Sequence[str], schema: PageSchema, *, strict: bool = False, stdin: str = ""
) -> Iterator[CheckedResult]:
    """Yield each result of *files* with its violations, in order.

    Raises:
        InvalidTarget: A file cannot be read.
        InvalidJSON: A file or line is not JSON.
        NoExtraction: A result holds no extraction.
    """
    for file in files:
        text = stdin if file == STDIN else read_text(Path(file))
        for line, where, value in _values(file, text):
            try:
                violations = check_extraction(value, schema, strict=strict)
            except NoExtraction as error:
                error.where = error.where or where
                raise
            yield CheckedResult(file=file, line=line, violations=tuple(violations))


def _values(file: str, text: str) -> Iterator[tuple[int | None, str, Any]]:
    """Yield the line, its name in messages, and the JSON value of each result in a file."""
    if Path(file).suffix.lower() not in LINES:
        yield None, file, jsontext.parse(text, where=file)
        return
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            where = f"{file}:{number}"
            yield number, where, jsontext.parse(line, where=where)
