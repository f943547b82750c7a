"""What the emulator remembers: requests, checkpoints and saved schemas, in memory and bounded."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from pageschema import jsontext
from pageschema.emulator.submission import Submission

MAX_KEPT = 10_000
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_T = TypeVar("_T")
_Timed = TypeVar("_Timed", "Job", "Checkpoint")


@dataclass(slots=True, kw_only=True)
class Job:
    """One accepted request: how many were accepted before it, when it was, and how often it has been asked after."""

    request_id: str
    submission: Submission
    schema_text: str
    extraction_mode: str
    output_format: str
    document_pages: int
    pages: int
    save_checkpoint: bool
    number: int = 0
    taken: float = 0.0
    polls: int = 0

    @property
    def checkpoint_id(self) -> str:
        """The id under which the parsed document can be used again."""
        return "chk_" + jsontext.digest(self.request_id)[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A parsed document: its pages, and when it was taken."""

    pages: int
    taken: float


@dataclass(slots=True, kw_only=True)
class SavedSchema:
    """A saved schema (``sch_…``) with all its versions, the first at index 0."""

    number: int
    schema_id: str
    name: str
    description: str | None
    versions: list[dict[str, Any]]
    created: datetime
    updated: datetime
    archived: bool = False

    def at(self, version: int | None) -> dict[str, Any] | None:
        """Return the schema at *version*, the latest for None, or None where there is no such version."""
        if version is None:
            return self.versions[-1]
        return self.versions[version - 1] if 1 <= version <= len(self.versions) else None


@dataclass(slots=True)
class Store:
    """All state of one emulator; `pick` says which schema a saved one has at a version.

    The oldest entry of a kind goes when there are more than `MAX_KEPT`.
    Time stands still but for one second a write, so that two runs answer alike.
    """

    pick: Callable[[SavedSchema, int | None], dict[str, Any] | None]
    jobs: OrderedDict[str, Job] = field(default_factory=OrderedDict)
    checkpoints: OrderedDict[str, Checkpoint] = field(default_factory=OrderedDict)
    schemas: OrderedDict[str, SavedSchema] = field(default_factory=OrderedDict)
    accepted: int = 0
    _writes: int = 0

    def add_job(self, job: Job) -> None:
        """Keep *job* under its id, in place of an earlier one of that id."""
        _keep(self.jobs, job.request_id, job)

    def add_checkpoint(self, checkpoint_id: str, *, pages: int, taken: float = 0.0) -> None:
        """Keep a parsed document of so many pages."""
        _keep(self.checkpoints, checkpoint_id, Checkpoint(pages=pages, taken=taken))

    def schema_of(self, schema_id: str, version: int | None) -> dict[str, Any] | None:
        """Return the schema that a request names; None where there is none that it may use."""
        saved = self.schemas.get(schema_id)
        return None if saved is None else self.pick(saved, version)

    def forget(self, *, before: float) -> None:
        """Drop the requests and checkpoints taken before that time."""
        _drop(self.jobs, before)
        _drop(self.checkpoints, before)

    def save_schema(self, *, name: str, description: str | None, schema: dict[str, Any]) -> SavedSchema:
        """Keep the first version of a new saved schema."""
        now = self.now()
        number = self._writes
        saved = SavedSchema(
            number=number,
            schema_id="sch_" + jsontext.digest(f"schema {number}")[:12],
            name=name,
            description=description,
            versions=[schema],
            created=now,
            updated=now,
        )
        _keep(self.schemas, saved.schema_id, saved)
        return saved

    def now(self) -> datetime:
        """Return the time of one more write."""
        self._writes += 1
        return _EPOCH + timedelta(seconds=self._writes)


def _keep(kept: OrderedDict[str, _T], key: str, value: _T) -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > MAX_KEPT:
        kept.popitem(last=False)


def _drop(kept: OrderedDict[str, _Timed], before: float) -> None:
    """Drop the oldest entries; what was kept later was taken later."""
    while kept and next(iter(kept.values())).taken < before:
        kept.popitem(last=False)
