"""What an audit has done so far, kept in a file, so that one that was interrupted goes on."""

from __future__ import annotations

import contextlib
import os
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pageschema import jsontext
from pageschema.audit.judging import judging
from pageschema.audit.options import AuditOptions
from pageschema.audit.ranges import Range, describe
from pageschema.audit.summary import Evidence, Kind, Sample, Summary
from pageschema.conformance import Violation
from pageschema.errors import InvalidConfiguration, InvalidJSON, InvalidTarget

_EVERY = 5.0
"""Seconds of work that an audit may lose."""
_MOST_BYTES = 1 << 31


@dataclass(slots=True)
class Saved:
    """The numbers of the ranges that are done, and what is known of their records."""

    done: set[int] = field(default_factory=set)
    summary: Summary = field(default_factory=Summary)


class State:
    """The file that an audit keeps what is done in; with no *path* nothing is kept.

    Args:
        of: The text of the schema, what is asked, and the ranges: what was kept of another audit is of no use.
    """

    def __init__(self, path: Path | None, *, of: tuple[str, AuditOptions, Sequence[Range]]) -> None:
        self._path = path
        self.of = of
        self._text, self._options, self._units = of
        self._written = time.monotonic()

    def read(self) -> Saved | None:
        """Return what was kept; None where nothing was.

        Raises:
            InvalidConfiguration: It is of another audit.
        """
        if self._path is None or not self._path.exists():
            return None
        remedy = "remove it to begin anew"
        try:
            kept = jsontext.parse(self._path.read_bytes(), where=str(self._path), max_bytes=_MOST_BYTES)
            if kept["of"] != self._of():
                raise InvalidConfiguration(
                    "is of another audit: the schema, the options or the files are not the same",
                    where=str(self._path),
                    remedy=remedy,
                )
            return Saved(set(kept["done"]), _summary(kept))
        except (InvalidJSON, KeyError, TypeError, ValueError, OSError) as error:
            raise InvalidConfiguration("is not what an audit keeps", where=str(self._path), remedy=remedy) from error

    def write_now_and_then(self, done: set[int], summary: Summary) -> None:
        """Write unless that was done just now."""
        if time.monotonic() - self._written > _EVERY:
            self.write(done, summary)

    def write(self, done: set[int], summary: Summary) -> None:
        """Write what is done, in one step.

        Raises:
            InvalidTarget: The file cannot be written.
        """
        if self._path is None:
            return
        kept = {"of": self._of(), "done": sorted(done), **self._as_json(summary)}
        temporary = self._path.with_name(f".{self._path.name}.{os.getpid()}.tmp")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(jsontext.dumps(kept, indent=None), encoding="utf-8")
            temporary.replace(self._path)
        except OSError as error:
            raise InvalidTarget(
                f"cannot be written: {error.strerror}", where=str(self._path), remedy="name a place that can be written"
            ) from error
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
        self._written = time.monotonic()

    def remove(self) -> None:
        """Remove the file: there is nothing left to go on with."""
        if self._path is not None:
            self._path.unlink(missing_ok=True)

    def _of(self) -> str:
        asked = [self._text, asdict(self._options), [describe(unit) for unit in self._units]]
        return jsontext.digest(jsontext.dumps(asked, indent=None))

    def _as_json(self, summary: Summary) -> dict[str, Any]:
        texts = {self._options.name: self._text, **dict(self._options.against)}
        kinds = []
        for (name, pointer, keyword), kind in summary.kinds.items():
            judge = judging(texts[name], strict=self._options.strict)
            kind.samples = [judge.worded(sample, keyword) for sample in kind.samples]
            kinds.append({"of": [name, pointer, keyword], **asdict(kind)})
        return {
            "samples": summary.samples,
            "records": summary.records,
            "broken": summary.broken,
            "skipped": summary.skipped,
            "kinds": kinds,
            "fits": [[list(names), count] for names, count in summary.fits.items()],
            "evidence": {pointer: asdict(each) for pointer, each in summary.evidence.items()},
            "lines": [[*key, count] for key, count in summary.lines.items()],
        }


def _summary(kept: dict[str, Any]) -> Summary:
    return Summary(
        samples=kept["samples"],
        records=kept["records"],
        broken=kept["broken"],
        skipped=kept["skipped"],
        kinds={tuple(each["of"]): _kind(each) for each in kept["kinds"]},
        fits=Counter({tuple(names): count for names, count in kept["fits"]}),
        evidence={pointer: Evidence(**each) for pointer, each in kept["evidence"].items()},
        lines={(file, group, start): count for file, group, start, count in kept["lines"]},
    )


def _kind(kept: dict[str, Any]) -> Kind:
    samples = [
        Sample(**{**each, "key": tuple(each["key"]), "violation": Violation(**each["violation"])})
        for each in kept["samples"]
    ]
    return Kind(records=kept["records"], places=kept["places"], samples=samples)
