"""audit_extractions: all that was ever stored, against the schema that it was asked for with."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pageschema.audit.aside import prepare, put_together
from pageschema.audit.checking import check_range, schema_text
from pageschema.audit.decoding import decoder
from pageschema.audit.engine import Engine
from pageschema.audit.judging import judging
from pageschema.audit.options import AuditOptions
from pageschema.audit.pool import WorkerPool
from pageschema.audit.ranges import RANGE_BYTES, Range, plan_ranges
from pageschema.audit.state import Saved, State
from pageschema.audit.summary import Summary
from pageschema.audit.totals import AuditReport, first_lines, report
from pageschema.errors import InvalidTarget
from pageschema.schema import PageSchema

MANY = 1_024
"""How many ranges an executor that does not say how large it is gets at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditProgress:
    """How far an audit is: bytes read and in all, records judged and broken."""

    done: int
    size: int
    records: int
    broken: int


def audit_extractions(
    paths: str | Sequence[str | os.PathLike[str]],
    schema: PageSchema | dict[str, Any],
    *,
    options: AuditOptions | None = None,
    workers: int | None = None,
    executor: Executor | None = None,
    write_broken: str | os.PathLike[str] | None = None,
    resume: str | os.PathLike[str] | None = None,
    known: Iterable[tuple[str, str]] = (),
    range_bytes: int = RANGE_BYTES,
    on_progress: Callable[[AuditProgress], None] = lambda _: None,
) -> AuditReport:
    """Judge every extraction in files, folders and globs, and return what is wrong, counted and with samples.

    A record that cannot be read, or that ends the process that judges it, is a broken record and stops nothing. Ctrl-C
    ends the audit with a report on what was judged until then.

    Args:
        paths: JSON Lines (plain, gzip, zstd), Parquet, JSON files of one value; local or URLs that fsspec knows.
        schema: The page schema that was sent.
        workers: How many processes; one a core without it, 0 for none but the caller's.
        executor: Where to run instead: any executor that has the files and pageschema at hand, such as
            ``distributed.Client(…).get_executor()``.
        write_broken: A file for the broken records, each a line with its place and what is wrong.
        resume: A file that keeps what is done: an audit that was interrupted goes on from it. It is removed at the end.
        known: Kinds of violations, as pointer and keyword, that are no news.
        range_bytes: How JSON Lines are cut.
        on_progress: Called whenever a range is done.

    Raises:
        InvalidTarget: A path leads nowhere, or *write_broken* cannot be written or is one of the files to audit.
        InvalidSchema: The schema cannot be compiled.
        InvalidConfiguration: What *resume* keeps is of another audit.
        MissingExtra: A package is needed that is not installed.
    """
    if isinstance(paths, str):
        paths = [paths]
    decoder()
    text, asked = schema_text(schema), options or AuditOptions()
    for each in (text, *(other for _, other in asked.against)):
        judging(each, strict=asked.strict)
    units = plan_ranges([os.fspath(path) for path in paths], range_bytes=range_bytes)
    for name, output in (("write_broken", write_broken), ("resume", resume)):
        _require_no_input(name, output, units)
    if write_broken is not None:
        asked = replace(asked, aside=str(Path(f"{os.fspath(write_broken)}.parts").absolute()))
    state = State(None if resume is None else Path(resume), of=(text, asked, units))
    saved = state.read()
    if asked.aside is not None:
        prepare(Path(asked.aside), is_new=saved is None)
    run = _Run(state, saved or Saved(), on_progress=on_progress)
    complete = run.on(executor, _cores() if workers is None else workers)
    if write_broken is not None and asked.aside is not None:
        keep = not complete and resume is not None
        put_together(Path(asked.aside), Path(write_broken), first_lines(run.summary.lines), keep=keep)
    if complete:
        state.remove()
    files = len({unit.file for unit in units})
    return report(run.summary, text, asked, files=files, complete=complete, known=frozenset(known))


def _require_no_input(name: str, output: str | os.PathLike[str] | None, units: Sequence[Range]) -> None:
    """Raise where what is to be written is one of the files that are audited: its records would be lost."""
    if output is None:
        return
    real = os.path.realpath(output)
    if any(os.path.realpath(path) == real for path in {unit.path for unit in units}):
        raise InvalidTarget(
            "is one of the files to audit, and would be written over",
            where=os.fspath(output),
            remedy=f"name another file for --{name.replace('_', '-')}, outside of what is audited",
        )


class _Run:
    """An audit on its way."""

    def __init__(self, state: State, saved: Saved, *, on_progress: Callable[[AuditProgress], None]) -> None:
        self._text, self._options, self._units = state.of
        units = self._units
        self.summary = saved.summary
        self._done = saved.done
        self._state = state
        self._on_progress = on_progress
        self._size = sum(unit.size for unit in units)
        self._read = sum(units[index].size for index in saved.done)

    def on(self, executor: Executor | None, workers: int) -> bool:
        """Judge what is left, and return whether that is all of it."""
        left = [(index, unit) for index, unit in enumerate(self._units) if index not in self._done]
        try:
            if executor is None and workers < 1:
                for index, unit in left:
                    self._take(index, check_range(unit, self._text, self._options))
                return True
            with ExitStack() as stack:
                if executor is None:
                    executor = WorkerPool(min(workers, max(len(left), 1)))
                    stack.callback(executor.shutdown, wait=True, cancel_futures=True)
                size = getattr(executor, "workers", None) or getattr(executor, "_max_workers", None)
                engine = Engine(executor, window=2 * size if size else MANY, text=self._text, options=self._options)
                engine.run(left, self._take)
        except KeyboardInterrupt:
            return False
        else:
            return True
        finally:
            self._state.write(self._done, self.summary)

    def _take(self, index: int, summary: Summary) -> None:
        self.summary.add(summary)
        self._done.add(index)
        self._read += self._units[index].size
        self._state.write_now_and_then(self._done, self.summary)
        told = AuditProgress(done=self._read, size=self._size, records=self.summary.records, broken=self.summary.broken)
        self._on_progress(told)


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # Not on Linux.
        return os.cpu_count() or 1
