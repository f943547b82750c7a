"""Running an audit on a cluster that is there already. The door of Dask."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from concurrent.futures import Executor
from typing import Any

from pageschema import jsontext
from pageschema.errors import MissingExtra, TargetUnreachable

_PATIENCE = "10s"


@contextlib.contextmanager
def dask_executor(scheduler: str) -> Iterator[Executor]:
    """Give an executor on the cluster of a Dask scheduler.

    Args:
        scheduler: Its address: ``tcp://host:8786``.

    Raises:
        MissingExtra: distributed is not installed.
        TargetUnreachable: No scheduler answers there.
    """
    try:
        import distributed
    except ImportError as error:
        raise MissingExtra("a Dask scheduler", extra="dask") from error
    try:
        client: Any = distributed.Client(scheduler, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise TargetUnreachable(
            f"no scheduler answers: {jsontext.clip(str(error), 120)}",
            where=jsontext.clip(scheduler),
            remedy="start one with: dask scheduler, and workers with: dask worker ADDRESS",
        ) from error
    with client:
        executor: Executor = client.get_executor(pure=False)
        yield executor
