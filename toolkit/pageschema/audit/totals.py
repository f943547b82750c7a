"""What an audit found, in the words and numbers that are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pageschema.audit.judging import judging
from pageschema.audit.options import AuditOptions
from pageschema.audit.summary import Evidence, Sample, Summary
from pageschema.conformance import Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenSample:
    """One violation and where it stands: `line` counts from 1 (rows of Parquet too), `offset` from 0.

    The offset is that of the record in its file, after decompression; in Parquet its row within the row group.
    """

    file: str
    line: int
    offset: int
    violation: Violation

    def as_json(self) -> dict[str, Any]:
        """Return the members that ``audit --format json`` prints."""
        told = self.violation.as_json()
        return {
            "file": self.file,
            "line": self.line,
            "offset": self.offset,
            **{name: told[name] for name in ("pointer", "value", "message", "remedy")},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """Violations of one kind: in how many `records`, at how many places (`count`), and the first of them.

    In `pointer` a ``*`` stands for any index, and for any key that the schema does not name. `known` says that the
    baseline has this kind.
    """

    schema: str
    pointer: str
    keyword: str
    count: int
    records: int
    samples: tuple[BrokenSample, ...]
    known: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the members that ``audit --format json`` prints."""
        return {
            "schema": self.schema,
            "pointer": self.pointer,
            "keyword": self.keyword,
            "count": self.count,
            "records": self.records,
            "known": self.known,
            "samples": [sample.as_json() for sample in self.samples],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditReport:
    """What an audit found. `complete` is false where it was interrupted: then it tells of a part of the records.

    `skipped` are the records that a sample left out. `totals` come most frequent first. `fits` counts records by the
    names of the schemas that they fit, `evidence` goes by pointer.
    """

    schema: str
    complete: bool
    files: int
    records: int
    broken: int
    skipped: int
    totals: tuple[Total, ...]
    fits: tuple[tuple[tuple[str, ...], int], ...]
    evidence: Mapping[str, Evidence]

    @property
    def ok(self) -> bool:
        """Whether nothing was found but what the baseline knows."""
        return all(total.known for total in self.totals if total.schema == self.schema)

    def as_json(self) -> dict[str, Any]:
        """Return what ``audit --format json`` prints."""
        return {
            "schema": self.schema,
            "complete": self.complete,
            "files": self.files,
            "records": self.records,
            "ok": self.records - self.broken,
            "broken": self.broken,
            "skipped": self.skipped,
            "totals": [total.as_json() for total in self.totals],
            "fits": [{"schemas": list(names), "records": count} for names, count in self.fits],
            "evidence": [
                {
                    "pointer": pointer,
                    "asked": each.asked,
                    "present": each.present,
                    "null": each.null,
                    "scored": each.scored,
                    "score": each.score,
                    "cited": each.cited,
                }
                for pointer, each in self.evidence.items()
            ],
        }


def report(
    summary: Summary,
    text: str,
    options: AuditOptions,
    *,
    files: int,
    complete: bool,
    known: frozenset[tuple[str, str]] = frozenset(),
) -> AuditReport:
    """Put a summary into words.

    Args:
        known: The kinds of the baseline, as pointer and keyword.
    """
    texts = {options.name: text, **dict(options.against)}
    before = first_lines(summary.lines)
    totals = [
        Total(
            schema=name,
            pointer=pointer,
            keyword=keyword,
            count=kind.places,
            records=kind.records,
            samples=_told(kind.samples, keyword, texts[name], before, strict=options.strict),
            known=(pointer, keyword) in known,
        )
        for (name, pointer, keyword), kind in summary.kinds.items()
    ]
    is_other = {options.name: 0} | {name: number for number, (name, _) in enumerate(options.against, start=1)}
    return AuditReport(
        schema=options.name,
        complete=complete,
        files=files,
        records=summary.records,
        broken=summary.broken,
        skipped=summary.skipped,
        totals=tuple(
            sorted(totals, key=lambda each: (is_other[each.schema], -each.records, each.pointer, each.keyword))
        ),
        fits=tuple(sorted(summary.fits.items(), key=lambda each: (-each[1], each[0]))),
        evidence=dict(sorted(summary.evidence.items())),
    )


def first_lines(lines: Mapping[tuple[int, int, int], int]) -> dict[tuple[int, int, int], int]:
    """Return how many lines of its file stand before each range."""
    found: dict[tuple[int, int, int], int] = {}
    file, before = -1, 0
    for key in sorted(lines):
        if key[0] != file:
            file, before = key[0], 0
        found[key] = before
        before += lines[key]
    return found


def _told(
    samples: Sequence[Sample], keyword: str, text: str, before: Mapping[tuple[int, int, int], int], *, strict: bool
) -> tuple[BrokenSample, ...]:
    judge = judging(text, strict=strict)
    told = []
    for sample in samples:
        violation = judge.worded(sample, keyword).violation
        if violation is not None:
            line = before.get(sample.key, 0) + sample.line + 1
            told.append(BrokenSample(file=sample.path, line=line, offset=sample.position, violation=violation))
    return tuple(told)
