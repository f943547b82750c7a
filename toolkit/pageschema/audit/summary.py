"""Summary: what is known of some records. Two of them merge into what is known of both, in any order."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from pageschema.conformance import Violation

KindKey: TypeAlias = tuple[str, str, str]
"""The name of a schema, a pointer with ``*`` for an index or a key that the schema does not name, and a keyword."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One violation, and the record that has it.

    `file` and `key` give its place in the order of all records; `line` counts in its range, from 0. `violation` is None
    until it has been put into words, from `record`.
    """

    path: str
    key: tuple[int, int, int]
    position: int
    line: int
    pointer: str
    violation: Violation | None = None
    record: Any = None

    @property
    def order(self) -> tuple[Any, ...]:
        """What samples are sorted by: where the record stands, then where in the record."""
        return (*self.key[:2], self.position, self.pointer)


@dataclass(slots=True, kw_only=True)
class Kind:
    """Violations of one kind: in how many `records`, at how many places, and the first of them."""

    records: int = 0
    places: int = 0
    samples: list[Sample] = field(default_factory=list)

    def add(self, other: Kind, most: int) -> None:
        """Take *other* in, keeping the first *most* samples of both."""
        self.records += other.records
        self.places += other.places
        self.samples = list(heapq.merge(self.samples, other.samples, key=lambda each: each.order))[:most]


@dataclass(slots=True, kw_only=True)
class Evidence:
    """What records say of one field. All of it is whole numbers, so that sums are exact in any order.

    `asked` counts the objects that may have the field, `present` those that do, `null` those where it is null.
    `scored` and `score` count the scores of 1 to 5 and add them up; `cited` counts fields with a citation.
    """

    asked: int = 0
    present: int = 0
    null: int = 0
    scored: int = 0
    score: int = 0
    cited: int = 0

    def add(self, other: Evidence) -> None:
        """Take *other* in."""
        self.asked += other.asked
        self.present += other.present
        self.null += other.null
        self.scored += other.scored
        self.score += other.score
        self.cited += other.cited


@dataclass(slots=True, kw_only=True)
class Summary:
    """What is known of some records.

    `samples` is how many of each kind are kept. `skipped` were not chosen by a sample. `kinds` are the violations,
    `fits` counts records by the names of all the schemas they fit, `evidence` goes by pointer. `lines` has the number
    of lines of each range that was read, by its place: together they give the line of a sample in its file.
    """

    samples: int = 0
    records: int = 0
    broken: int = 0
    skipped: int = 0
    kinds: dict[KindKey, Kind] = field(default_factory=dict)
    fits: Counter[tuple[str, ...]] = field(default_factory=Counter)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    lines: dict[tuple[int, int, int], int] = field(default_factory=dict)

    def add(self, other: Summary) -> None:
        """Take *other* in."""
        self.samples = max(self.samples, other.samples)
        self.records += other.records
        self.broken += other.broken
        self.skipped += other.skipped
        for key, kind in other.kinds.items():
            self.kinds.setdefault(key, Kind()).add(kind, self.samples)
        self.fits.update(other.fits)
        for pointer, evidence in other.evidence.items():
            self.evidence.setdefault(pointer, Evidence()).add(evidence)
        self.lines.update(other.lines)

    def merge(self, other: Summary) -> Summary:
        """Return what is known of the records of both: the same to the digit in whatever order things are merged."""
        return Summary.of((self, other))

    @classmethod
    def of(cls, summaries: Iterable[Summary]) -> Summary:
        """Return what is known of the records of all *summaries*."""
        merged = cls()
        for each in summaries:
            merged.add(each)
        return merged
