"""A pool of worker processes that outlives them: a worker that is killed loses its task, and nothing else.

The one of the standard library gives up all tasks when one worker dies.
"""

from __future__ import annotations

import contextlib
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import IO, Any, TypeVar

Result = TypeVar("Result")
_HEADER = 8
_START = "import sys; sys.path[:] = {path!r}; from pageschema.audit.worker import main; main()"


class WorkerDied(BrokenExecutor):
    """The worker process ended before its task did; `code` is how, negative for a signal."""

    def __init__(self, code: int) -> None:
        super().__init__(f"the worker ended with {code}")
        self.code = code


class WorkerPool(Executor):
    """Runs picklable functions in *workers* processes, each started when it is first needed and again when it died."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._tasks: queue.SimpleQueue[tuple[Future[Any], bytes] | None] = queue.SimpleQueue()
        self._slots = [_Slot(self._tasks) for _ in range(workers)]
        self._is_down = False

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Run ``fn(*args, **kwargs)`` in a worker; its future raises `WorkerDied` if the worker ends before."""
        if self._is_down:
            raise RuntimeError("the pool was shut down")
        future: Future[Result] = Future()
        self._tasks.put((future, pickle.dumps((fn, args, kwargs))))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as the base.
        """Take no more tasks; with *cancel_futures* kill the workers in the middle of theirs."""
        if not self._is_down:
            self._is_down = True
            for _ in self._slots:
                self._tasks.put(None)
        if cancel_futures:
            for slot in self._slots:
                slot.kill()
        if wait:
            for slot in self._slots:
                slot.thread.join()

    @property
    def processes(self) -> list[int]:
        """The ids of the worker processes that live."""
        return [slot.process.pid for slot in self._slots if slot.process is not None]


class _Slot:
    """One place in the pool: a thread that hands tasks to a process, and replaces it when it dies."""

    def __init__(self, tasks: queue.SimpleQueue[tuple[Future[Any], bytes] | None]) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self._tasks = tasks
        self._is_killed = False
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def kill(self) -> None:
        self._is_killed = True
        process = self.process
        if process is not None:
            process.kill()

    def _serve(self) -> None:
        while (task := self._tasks.get()) is not None:
            future, message = task
            if self._is_killed:
                future.cancel()
            elif future.set_running_or_notify_cancel():
                self._run(future, message)
        if self.process is not None:
            self._end(self.process)

    def _run(self, future: Future[Any], message: bytes) -> None:
        try:
            if self.process is None:
                self.process = _started()
            send(_stream(self.process.stdin), message)
            reply = receive(_stream(self.process.stdout))
        except (OSError, EOFError):
            code = self._end(self.process) if self.process is not None else 0
            future.set_exception(WorkerDied(code))
            return
        except BaseException as error:  # noqa: BLE001 - a future carries whatever there is to whoever waits.
            future.set_exception(error)
            return
        is_result, value = pickle.loads(reply)  # noqa: S301 - it comes from our own process.
        if is_result:
            future.set_result(value)
        else:
            future.set_exception(value)

    def _end(self, process: subprocess.Popen[bytes]) -> int:
        self.process = None
        for stream in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                _stream(stream).close()
        return process.wait()


def send(stream: IO[bytes], message: bytes) -> None:
    """Write one message."""
    stream.write(len(message).to_bytes(_HEADER, "big") + message)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes:
    """Read one message.

    Raises:
        EOFError: There is none, or only a part of it.
    """
    length = int.from_bytes(_exactly(stream, _HEADER), "big")
    return _exactly(stream, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


def _started() -> subprocess.Popen[bytes]:
    # A process of its own rather than a fork: threads are no matter to it, nor is how the caller's program starts.
    code = _START.format(path=sys.path)
    return subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603


def _stream(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None  # noqa: S101 - both are pipes
    return stream
