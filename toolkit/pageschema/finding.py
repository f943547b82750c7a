"""A finding: one fault in a schema that a person must act on, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

DOCS_URL = "https://pageschema.readthedocs.io/en/latest/reference"


class Severity(StrEnum):
    """How bad a finding is: an error fails the run, a warning does with ``--strict``, a note never."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where something was written: a file, or the field of a model.

    `file` is as given by the user, relative where it was; lines and columns count from 1, columns in code points.
    """

    file: str | None = None
    line: int | None = None
    model: str | None = None
    field: str | None = None
    column: int | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.file and self.line else self.file or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault, stated once, at the place to change."""

    code: str
    name: str
    severity: Severity
    message: str
    remedy: str
    pointer: str = ""
    origin: Origin = field(default_factory=Origin)
    fixable: bool = False

    @property
    def url(self) -> str:
        """The page of the rule."""
        return f"{DOCS_URL}/rules/{self.name}.html"

    def as_json(self) -> dict[str, Any]:
        """Return the members that ``lint --format json`` prints."""
        return {
            "code": self.code,
            "name": self.name,
            "severity": self.severity.value,
            "message": self.message,
            "remedy": self.remedy,
            "pointer": self.pointer,
            "file": self.origin.file,
            "line": self.origin.line,
            "column": self.origin.column,
            "model": self.origin.model,
            "field": self.origin.field,
            "fixable": self.fixable,
            "url": self.url,
        }
