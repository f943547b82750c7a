"""The frozen versions of a schema, each with the verdict on the step that led to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import semver

from pageschema.evolution import Comparison, diff
from pageschema.project.project import Project

_RANK = {"patch": 0, "minor": 1, "major": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One frozen version. `comparison` is with the version before it, None for the first."""

    name: str
    version: str
    digest: str
    path: str
    comparison: Comparison | None = None
    previous: str | None = None

    @property
    def understated(self) -> bool:
        """Whether the version number promises more than the verdict holds."""
        if self.comparison is None or self.previous is None or self.comparison.bump not in _RANK:
            return False
        return _RANK[self.comparison.bump] > _RANK[_bump(self.previous, self.version)]

    def as_json(self) -> dict[str, Any]:
        """Return the members that ``log --format json`` prints."""
        comparison = self.comparison
        return {
            "name": self.name,
            "version": self.version,
            "previous": self.previous,
            "digest": self.digest,
            "path": self.path,
            "bump": comparison.bump if comparison else None,
            "backward": comparison.backward if comparison else None,
            "forward": comparison.forward if comparison else None,
            "changes": [change.as_json() for change in comparison.changes] if comparison else [],
        }


def history(project: Project, name: str) -> list[Step]:
    """Return the frozen versions of *name*, the oldest first.

    Raises:
        InvalidTarget: No schema is called that.
        RegistryError: A version is not as it was frozen.
    """
    if name not in project.registry.names():
        raise project.unknown(name)
    steps: list[Step] = []
    previous = None
    for frozen in project.registry.versions(name):
        steps.append(
            Step(
                name=name,
                version=frozen.version,
                digest=frozen.digest,
                path=str(frozen.path),
                comparison=diff(previous.schema, frozen.schema) if previous else None,
                previous=previous.version if previous else None,
            )
        )
        previous = frozen
    return steps


def _bump(old: str, new: str) -> str:
    before, after = semver.Version.parse(old), semver.Version.parse(new)
    return "major" if after.major > before.major else "minor" if after.minor > before.minor else "patch"
