"""The frozen versions of a schema, each with the verdict on the step that led to it."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Any

import semver

from pageschema import jsontext
from pageschema.errors import InvalidTarget
from pageschema.evolution import Comparison, diff
from pageschema.project.project import Project

NO_VERDICT: dict[str, str | None] = dict.fromkeys(("previous", "bump", "backward", "forward"))
_RANK = {"patch": 0, "minor": 1, "major": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One frozen version. `comparison` is with the version before it, None for the first; `readers` read with it."""

    name: str
    version: str
    digest: str
    path: str
    comparison: Comparison | None = None
    previous: str | None = None
    readers: tuple[str, ...] = ()

    @property
    def understated(self) -> bool:
        """Whether the version number promises more than the verdict holds."""
        if self.comparison is None or self.previous is None or self.comparison.bump not in _RANK:
            return False
        return _RANK[self.comparison.bump] > _RANK[_bump(self.previous, self.version)]

    def verdict(self) -> dict[str, str | None]:
        """Return the members that tell of the step: where from, and with which verdict."""
        if self.comparison is None:
            return NO_VERDICT
        return {
            "previous": self.previous,
            "bump": self.comparison.bump,
            "backward": self.comparison.backward,
            "forward": self.comparison.forward,
        }

    def as_json(self) -> dict[str, Any]:
        """Return the members that ``log --format json`` prints."""
        return {
            "name": self.name,
            "version": self.version,
            "digest": self.digest,
            "path": self.path,
            "readers": list(self.readers),
            **self.verdict(),
            "changes": [change.as_json() for change in self.comparison.changes] if self.comparison else [],
        }


def history(project: Project, name: str, *, only: Container[str] | None = None) -> list[Step]:
    """Return the frozen versions of *name*, the oldest first.

    Args:
        only: Leave out every version but these, and the work of comparing them.

    Raises:
        InvalidTarget: No schema is called that.
        RegistryError: A version is not as it was frozen.
    """
    if name not in project.registry.names():
        schema, at, _ = name.partition("@")
        if at and schema in project.registry.names():
            raise InvalidTarget(
                "log shows every version of a schema",
                where=f"'{jsontext.clip(name)}'",
                remedy=f"leave the version out: pageschema log {schema}",
            )
        raise project.unknown(name)
    pins = project.config.readers.get(name, ())
    versions = project.registry.versions(name)
    return [
        Step(
            name=name,
            version=frozen.version,
            digest=frozen.digest,
            path=str(frozen.path),
            comparison=diff(previous.schema, frozen.schema) if previous else None,
            previous=previous.version if previous else None,
            readers=tuple(pin.name for pin in pins if pin.version == frozen.version),
        )
        for previous, frozen in zip((None, *versions), versions, strict=False)
        if only is None or frozen.version in only
    ]


def _bump(old: str, new: str) -> str:
    before, after = semver.Version.parse(old), semver.Version.parse(new)
    return "major" if after.major > before.major else "minor" if after.minor > before.minor else "patch"
