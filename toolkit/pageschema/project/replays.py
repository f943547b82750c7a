"""Saved failures sent again: one, or all that a project has."""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self

from pageschema import jsontext
from pageschema.client import ExtractClient, canonical_url, is_loopback
from pageschema.client.address import split
from pageschema.errors import InvalidConfiguration, InvalidTarget, PageSchemaError
from pageschema.fuzzing import Failure, read_replay
from pageschema.project.endpoint import FAILURES_FOLDER, SERVED_URL, reached
from pageschema.project.project import Project, shown
from pageschema.project.targets import read_text

State = Literal["fixed", "still failing", "error"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What became of a saved failure: `again` is the failure where it is still there, `error` why nobody knows.

    `base_url` is where it was sent, None the embedded emulator.
    """

    file: str
    failure: Failure | None = None
    again: Failure | None = None
    error: PageSchemaError | None = None
    base_url: str | None = None

    @property
    def state(self) -> State:
        """The outcome in a word or two."""
        return "error" if self.error else "still failing" if self.again else "fixed"

    @property
    def exit_code(self) -> int:
        """What a command ends with: 0 where it is fixed, 1 where it is not, else that of the error."""
        return self.error.exit_code if self.error else int(self.again is not None)

    @property
    def place(self) -> str:
        """Where it was sent, in words."""
        return self.base_url or "the embedded emulator"

    @property
    def shown_url(self) -> str:
        """The endpoint that a curl line goes to: the embedded emulator is gone, so one that is served."""
        return self.base_url or SERVED_URL

    def as_json(self) -> dict[str, Any]:
        """Return the members that ``replay --format json`` prints of each of several failures."""
        return {
            "file": self.file,
            "state": self.state,
            "failure": self.again.as_json(self.shown_url) if self.again else None,
            "error": str(self.error) if self.error else None,
        }


def replay_file(
    project: Project,
    file: str,
    *,
    base_url: str | None = None,
    allow_remote: bool = False,
    faults: Sequence[str] = (),
) -> Replayed:
    """Send a saved failure again; *file* is its path, or its name under ``.pageschema/failures``.

    Without a URL it goes to where it was seen, if that is on this machine.

    Raises:
        InvalidTarget: There is no such file.
        InvalidJSON: It is no replay file.
        InvalidConfiguration: It was seen elsewhere, and there is no *base_url*.
        TargetUnreachable: Nothing listens there.
    """
    path = _find(project, file)
    with _Clients(base_url, allow_remote=allow_remote, faults=faults) as clients:
        return _replay(project, path, clients)


def replay_all(
    project: Project, *, base_url: str | None = None, allow_remote: bool = False, faults: Sequence[str] = ()
) -> tuple[Replayed, ...]:
    """Send every saved failure of the project again, in order of name; one that cannot be sent keeps none from it."""
    told = []
    with _Clients(base_url, allow_remote=allow_remote, faults=faults) as clients:
        for path in _saved(project):
            try:
                told.append(_replay(project, path, clients))
            except PageSchemaError as error:
                told.append(Replayed(file=str(path), error=error))
    return tuple(told)


def _replay(project: Project, path: Path, clients: _Clients) -> Replayed:
    from pageschema.fuzzing import replay

    failure = read_replay(read_text(path), where=str(path))
    url = clients.place(failure)
    again = replay(failure, project.contract, clients.to(url))
    return Replayed(file=str(path), failure=failure, again=again, base_url=url)


class _Clients:
    """A client for each endpoint that failures are sent to, opened on first use."""

    def __init__(self, base_url: str | None, *, allow_remote: bool, faults: Sequence[str]) -> None:
        self._base_url = base_url
        self._allow_remote = allow_remote
        self._faults = faults
        self._open: dict[str | None, ExtractClient] = {}
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def place(self, failure: Failure) -> str | None:
        """Return the URL that a failure goes to: the one asked for, or that where it was seen, on this machine only.

        A replay file may come from anywhere, and must not choose the host that gets the key.
        """
        seen = failure.base_url
        if self._base_url is not None or self._faults or seen is None:
            return self._base_url
        if not is_loopback(split(seen).hostname or ""):
            raise InvalidConfiguration(
                f"was seen at {jsontext.clip(canonical_url(seen))}, which is not on this machine",
                where=failure.replay or "",
                remedy="say where to send it: --base-url URL, with --allow-remote if it may leave this machine",
            )
        return canonical_url(seen)

    def to(self, url: str | None) -> ExtractClient:
        """Return the client for *url*, or for the embedded emulator."""
        if url not in self._open:
            client = reached(url, allow_remote=self._allow_remote, faults=self._faults)
            self._open[url] = self._stack.enter_context(client)
        return self._open[url]


def _saved(project: Project) -> Iterator[Path]:
    folder = project.config.root / FAILURES_FOLDER
    yield from (shown(path) for path in sorted(folder.glob("*.json")))


def _find(project: Project, file: str) -> Path:
    names = {path.stem: path for path in _saved(project)}
    path = Path(file)
    if "\0" not in file and path.is_file():
        return path
    if file in names:
        return names[file]
    near = difflib.get_close_matches(path.name.removesuffix(".json"), names, n=1)
    raise InvalidTarget(
        "there is no such file, and no failure of that name is saved",
        where=jsontext.clip(file),
        remedy=f"did you mean {near[0]}?"
        if near
        else "pageschema fuzz saves failures; pageschema replay sends them all",
    )
