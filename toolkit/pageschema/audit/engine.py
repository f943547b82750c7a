"""Running ranges on an executor: a worker that dies costs a retry, a record that kills its worker only itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise

from pageschema.audit.checking import check_range
from pageschema.audit.options import AuditOptions
from pageschema.audit.pool import WorkerDied
from pageschema.audit.ranges import Range
from pageschema.audit.reading import blocks
from pageschema.audit.summary import Kind, Sample, Summary
from pageschema.conformance import Violation
from pageschema.errors import PageSchemaError

_ATTEMPTS = 2
_PARTS = 8
_MOST_DEATHS = 24
"""So many deaths before anything was finished: then it is not a record that kills the workers."""


@dataclass(slots=True)
class _Task:
    """A range to be judged, or a part of it: `index` is that of the whole range."""

    index: int
    unit: Range
    attempts: int = 0


@dataclass(slots=True)
class _Progress:
    """What is known of a range so far, and of how many of its parts nothing is known yet."""

    waiting: int = 1
    summary: Summary = field(default_factory=Summary)


class Engine:
    """Judges ranges on an executor, a bounded number of them at a time."""

    def __init__(self, executor: Executor, *, window: int, text: str, options: AuditOptions) -> None:
        self._executor = executor
        self._window = window
        self._text = text
        self._options = options
        self._todo: deque[_Task] = deque()
        self._progress: dict[int, _Progress] = {}
        self._deaths = 0
        self._finished = 0

    def run(self, units: Iterable[tuple[int, Range]], on_done: Callable[[int, Summary], None]) -> None:
        """Judge all *units*, and call *on_done* with the number and the summary of each once it is known.

        Raises:
            PageSchemaError: The question cannot be answered, or the executor takes no more tasks.
        """
        left = iter(units)
        running: dict[Future[Summary], _Task] = {}
        try:
            while True:
                for task in self._next(left, self._window - len(running)):
                    running[self._submitted(task)] = task
                if not running:
                    return
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    self._take(running.pop(future), future, on_done)
        finally:
            for future in running:
                future.cancel()

    def _next(self, left: Iterator[tuple[int, Range]], room: int) -> Iterator[_Task]:
        while self._todo and room > 0:
            room -= 1
            yield self._todo.popleft()
        for index, unit in islice(left, max(room, 0)):
            self._progress[index] = _Progress()
            yield _Task(index, unit)

    def _submitted(self, task: _Task) -> Future[Summary]:
        try:
            return self._executor.submit(check_range, task.unit, self._text, self._options)
        except BrokenExecutor as error:
            raise PageSchemaError(
                "the executor lost a worker, and takes no more tasks",
                remedy="use one that replaces its workers, or none: workers=N does",
            ) from error

    def _take(self, task: _Task, future: Future[Summary], on_done: Callable[[int, Summary], None]) -> None:
        error = future.exception()
        if error is None:
            self._finished += 1
            self._finish(task, future.result(), on_done)
            return
        if not _is_death(error):
            raise error
        self._deaths += 1
        if self._deaths >= _MOST_DEATHS and not self._finished:
            raise PageSchemaError(
                f"workers end before they finish anything: {error}", remedy="look at what they print, and at the memory"
            ) from error
        task.attempts += 1
        if task.attempts < _ATTEMPTS:
            self._todo.append(task)
            return
        parts = split(task.unit, _PARTS, self._options.field)
        if len(parts) <= 1:
            self._finish(task, _deadly(task.unit, error, self._options), on_done)
            return
        self._progress[task.index].waiting += len(parts) - 1
        self._todo.extend(_Task(task.index, part) for part in parts)

    def _finish(self, task: _Task, summary: Summary, on_done: Callable[[int, Summary], None]) -> None:
        progress = self._progress[task.index]
        progress.summary.add(summary)
        progress.waiting -= 1
        if not progress.waiting:
            del self._progress[task.index]
            on_done(task.index, progress.summary)


def split(unit: Range, parts: int, column: str | None) -> Sequence[Range]:
    """Cut a range into parts of about as many records, of which there are no more than there are records."""
    count = sum(len(block.records) for block in blocks(unit, field=column))
    if count <= 1:
        return (unit,)
    firsts = sorted({count * part // parts for part in range(1, parts)} - {0})
    starts: list[int] = []
    seen = 0
    for block in blocks(unit, field=column):
        here = [first - seen for first in firsts if seen <= first < seen + len(block.records)]
        if here:
            positions = block.positions()
            starts.extend(positions[index] for index in here)
        seen += len(block.records)
    bounds = [unit.start, *starts, unit.end]
    return [replace(unit, start=start or 0, end=end, size=unit.size // len(bounds)) for start, end in pairwise(bounds)]


def _is_death(error: BaseException) -> bool:
    return isinstance(error, BrokenExecutor) or type(error).__name__ == "KilledWorker"  # Dask's, without importing it.


def _deadly(unit: Range, error: BaseException, options: AuditOptions) -> Summary:
    """Return what is known of a range of one record that no worker survives."""
    how = f"signal {-error.code}" if isinstance(error, WorkerDied) and error.code < 0 else str(error)
    violation = Violation(
        pointer="",
        keyword="worker",
        message=f"judging this record ends the process that does it ({how})",
        value=None,
        remedy="look at its size and depth, and at the patterns of the schema",
    )
    sample = Sample(path=unit.path, key=unit.key, position=unit.start, line=0, pointer="", violation=violation)
    kind = Kind(records=1, places=1, samples=[sample][: options.samples])
    return Summary(
        samples=options.samples,
        records=1,
        broken=1,
        kinds={(options.name, "", "worker"): kind},
        lines={unit.key: 1},
    )
