"""The contract run against an endpoint or the embedded emulator, its failures saved to be sent again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from pageschema import jsontext
from pageschema.client import ExtractClient
from pageschema.contract import RESOURCES, Exchange
from pageschema.errors import InvalidConfiguration
from pageschema.fuzzing import Failure, FuzzResult
from pageschema.fuzzing.known import Known
from pageschema.project.files import ignore_in_git, write_file
from pageschema.project.known import read_known
from pageschema.project.project import Project, shown
from pageschema.schema import PageSchema

Observer = Callable[[Exchange], None]

FAILURES_FOLDER = Path(".pageschema") / "failures"
EMULATED_RESOURCES = {"file_url": "https://files.example.com/invoice.pdf"}
"""What the emulator takes to exist besides what a run makes there: it never fetches a URL."""
EMULATOR_PATIENCE = 2.0
SERVED_URL = "http://127.0.0.1:8000"


def contract_run(
    project: Project,
    *,
    base_url: str | None = None,
    allow_remote: bool = False,
    max_requests: int | None = None,
    seed: int | None = None,
    spend: int | None = None,
    max_time: int | None = None,
    max_failures: int | None = None,
    rate: float | None = None,
    known: Known | None = None,
    resources: Mapping[str, str] | None = None,
    faults: Sequence[str] = (),
    schemas: Sequence[PageSchema] = (),
    progress: Any = None,
    observe: Observer = lambda _exchange: None,
) -> FuzzResult:
    """Fuzz *base_url*, or the embedded emulator, with the project's settings, and save each failure for a replay.

    Args:
        rate: Requests a second; by default that of the settings, for an endpoint, and no bound for the emulator.
        known: Failures that are accepted; by default those of the settings, for an endpoint.
        observe: Told every exchange, in order.

    Raises:
        InvalidConfiguration: The URL is not loopback and *allow_remote* is off, or faults are asked of it; or the
            baseline of the settings is none.
        TargetUnreachable: Nothing listens there.
    """
    from pageschema.fuzzing import fuzz

    _check_resources(resources or {}, base_url)
    config = project.config
    if base_url:
        rate = config.rate_limit if rate is None else rate
        if known is None and config.baseline is not None:
            known = read_known(shown(config.baseline))
    with reached(base_url, allow_remote=allow_remote, faults=faults, rate=rate, observe=observe) as client:
        result = fuzz(
            project.contract,
            client,
            max_requests=max_requests or config.max_requests,
            seed=config.seed if seed is None else seed,
            spend=spend,
            max_time=max_time or config.max_time,
            max_failures=max_failures or config.max_failures,
            known=known,
            resources={**config.resources, **(resources or {})} if base_url else EMULATED_RESOURCES,
            schemas=schemas,
            patience=None if base_url else EMULATOR_PATIENCE,
            progress=progress,
        )
    folder = config.root / FAILURES_FOLDER
    # The embedded emulator is gone by now: curl lines are for one that `pageschema emulator` serves.
    shown_url = result.base_url if base_url else SERVED_URL
    return replace(
        result,
        base_url=shown_url,
        embedded=base_url is None,
        failures=tuple(_save(replace(failure, base_url=base_url), folder) for failure in result.failures),
    )


def _check_resources(resources: Mapping[str, str], base_url: str | None) -> None:
    for name in resources:
        if name not in RESOURCES:
            raise InvalidConfiguration(
                f"no resource is called {jsontext.clip(name)!r}", remedy=f"known are {', '.join(RESOURCES)}"
            )
    if resources and base_url is None:
        raise InvalidConfiguration("--resource is for an endpoint", remedy="add --base-url, or leave --resource out")


@contextmanager
def reached(
    base_url: str | None,
    *,
    allow_remote: bool,
    faults: Sequence[str],
    rate: float | None = None,
    observe: Observer = lambda _exchange: None,
) -> Iterator[ExtractClient]:
    """Yield a client for *base_url*, or for an embedded emulator that lives as long.

    Raises:
        InvalidConfiguration: The URL is not loopback and *allow_remote* is off, or faults are asked of it.
    """
    if base_url is not None:
        if faults:
            raise InvalidConfiguration("--fault is for the embedded emulator", remedy="leave --base-url out")
        with ExtractClient(base_url, allow_remote=allow_remote, rate=rate, observe=observe) as client:
            yield client
        return
    from pageschema.emulator import Emulator

    with (
        Emulator(faults=faults) as emulator,
        ExtractClient(emulator.base_url, api_key=emulator.api_key, rate=rate, observe=observe) as client,
    ):
        yield client


def _save(failure: Failure, folder: Path) -> Failure:
    path = folder / f"{jsontext.clip(failure.id, 120)}.json"
    write_file(path, failure.as_replay() + "\n")
    ignore_in_git(folder.parent)
    return replace(failure, replay=str(shown(path)))
