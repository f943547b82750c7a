"""The process at the other end of the pool."""

from __future__ import annotations

import os
import pickle
import signal
import sys

from pageschema.audit.pool import receive, send
from pageschema.errors import PageSchemaError


def main() -> None:
    """Run the tasks that come in on standard input, one by one, until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; it is for the parent to act on it.
    source = sys.stdin.buffer
    target = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # What anything prints must not stand among the answers.
    while True:
        try:
            message = receive(source)
        except EOFError:
            return
        try:
            function, args, kwargs = pickle.loads(message)  # noqa: S301 - it comes from the process that started this.
            answer = True, function(*args, **kwargs)
        except BaseException as error:  # noqa: BLE001 - it is raised again where the result is waited for.
            answer = False, _portable(error)
        send(target, pickle.dumps(answer))


def _portable(error: BaseException) -> BaseException:
    """Return an error that another process can read: *error* itself unless it needs more than it tells of itself."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own words.
    except Exception:  # noqa: BLE001 - whatever a class of error makes of it.
        what, where, remedy = (getattr(error, name, "") for name in ("what", "where", "remedy"))
        return PageSchemaError(what or f"{type(error).__name__}: {error}", where=where, remedy=remedy)
    return error
