"""Which saved schema of the API holds each frozen version: ``<version>.saved.json`` beside it, by endpoint.

::

    {
      "https://www.datalab.to": {"schema_id": "sch_k8Hx9mP2nQ4v", "version": 3}
    }

It is meant to be committed: a colleague's push then goes on where this one ended.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pageschema import jsontext
from pageschema.errors import InvalidJSON, RegistryError
from pageschema.registry import writing
from pageschema.registry.folder import RESTORE, Folder, disk, read_bytes

KIND = "saved.json"
MAX_WAIT = 60.0
"""Seconds that another push or pull of the same schema is waited for."""
_LOOK_AGAIN = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedAs:
    """A version of a saved schema."""

    schema_id: str
    version: int


class SavedRecords:
    """What is recorded of one name. The versions themselves are not touched.

    Raises:
        RegistryError: The folder cannot be read.
    """

    def __init__(self, root: Path, name: str) -> None:
        self._folder = Folder(root, name)

    def path(self, version: str) -> Path:
        """Return the path of the record of one version."""
        return self._folder.path / f"{version}.{KIND}"

    def read(self, version: str) -> dict[str, SavedAs]:
        """Return what is recorded of one version, by base URL.

        Raises:
            RegistryError: The file cannot be read, or is no such record.
        """
        path = self.path(version)
        if not os.path.lexists(path):
            return {}
        try:
            value = jsontext.parse(read_bytes(self._folder.root, path), where=str(path), unique_keys=True)
        except InvalidJSON as error:
            raise RegistryError(error.what, where=error.where, remedy=RESTORE) from error
        saved = {origin: _saved_as(entry) for origin, entry in value.items()} if isinstance(value, dict) else {"": None}
        found = {origin: each for origin, each in saved.items() if each is not None}
        if len(found) < len(saved):
            raise RegistryError(
                'is no record like {"https://…": {"schema_id": "sch_…", "version": 1}}', where=str(path), remedy=RESTORE
            )
        return found

    def write(self, version: str, origin: str, saved: SavedAs) -> None:
        """Record where one version is saved at *origin*, in one step; what is recorded of other endpoints stays.

        Raises:
            RegistryError: The disk refused, or what is recorded so far cannot be read.
        """
        known = {**self.read(version), origin: saved}
        entries = {each: {"schema_id": known[each].schema_id, "version": known[each].version} for each in sorted(known)}
        with disk(self.path(version)):
            writing.replace(self._folder, version, KIND, (jsontext.dumps(entries) + "\n").encode("utf-8"))

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Keep every other push and pull of this name in this folder waiting, until this ends or the process does.

        Where the system has no ``flock`` (Windows), or there is no folder yet, nobody is kept waiting.

        Raises:
            RegistryError: Another one has been at work for a minute.
        """
        try:
            import fcntl
        except ImportError:
            yield
            return
        if not self._folder.path.is_dir():
            yield
            return
        path = self._folder.path
        with disk(path):
            descriptor = os.open(path, os.O_RDONLY)
        try:
            end = time.monotonic() + MAX_WAIT
            with disk(path):
                while not _taken(lambda: fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)):
                    if time.monotonic() >= end:
                        raise RegistryError(
                            "another push or pull is at work here",
                            where=str(path),
                            remedy="wait for it to end, then try again",
                        )
                    time.sleep(_LOOK_AGAIN)
            yield
        finally:
            os.close(descriptor)


def _taken(lock: Callable[[], object]) -> bool:
    try:
        lock()
    except BlockingIOError:
        return False
    return True


def _saved_as(entry: jsontext.JsonValue) -> SavedAs | None:
    if not isinstance(entry, dict) or entry.keys() != {"schema_id", "version"}:
        return None
    schema_id, version = entry["schema_id"], entry["version"]
    if not isinstance(schema_id, str) or not isinstance(version, int) or isinstance(version, bool) or version < 1:
        return None
    return SavedAs(schema_id=schema_id, version=version)
