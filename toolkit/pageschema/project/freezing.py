"""Freezing: the next immutable version of each drifted model, with its verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import semver

from pageschema.config import Requirement
from pageschema.evolution import Comparison, diff
from pageschema.finding import Severity
from pageschema.linting import lint
from pageschema.project.drift import latest_version
from pageschema.project.project import Project
from pageschema.schema import PageSchema

FIRST = "1.0.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Freezing:
    """What freezing did with one schema.

    `bump` is major, minor or patch, None for a first version. On *refused* nothing was written, and `message` and
    `remedy` say why; *pending* is what a dry run would have written.
    """

    name: str
    state: Literal["frozen", "pending", "unchanged", "refused"]
    version: str | None
    previous: str | None = None
    bump: str | None = None
    backward: str | None = None
    forward: str | None = None
    path: str | None = None
    message: str = ""
    remedy: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the members that ``freeze --format json`` prints."""
        return {
            "name": self.name,
            "state": self.state,
            "version": self.version,
            "previous": self.previous,
            "bump": self.bump,
            "backward": self.backward,
            "forward": self.forward,
            "path": self.path,
            "message": self.message,
            "remedy": self.remedy,
        }


def freeze(
    project: Project, names: Sequence[str] = (), *, require: Requirement | None = None, dry_run: bool = False
) -> list[Freezing]:
    """Publish the next version of each named schema, by default of every one that has a model, where it drifted.

    Args:
        require: What the new version must keep; refused where the verdict is not yes.
        dry_run: Say what would be written, and write nothing.

    Raises:
        InvalidTarget: A name has no model.
        RegistryError: The registry is broken, or cannot be written.
    """
    project.require_schemas()
    for name in names:
        if name not in project.names:
            raise project.unknown(name)
    keep = require or project.config.require
    return [_freeze(project, name, keep, dry_run=dry_run) for name in names or tuple(project.targets)]


def next_version(previous: str | None, bump: str) -> str:
    """Return the version after *previous*: a text that changed in no meaning still needs one of its own."""
    if previous is None:
        return FIRST
    version = semver.Version.parse(previous)
    if bump == "major":
        return str(version.bump_major())
    return str(version.bump_minor() if bump == "minor" else version.bump_patch())


def unmet(comparison: Comparison, require: Requirement | None) -> list[str]:
    """Return the readings that *require* asks for and the verdict does not grant."""
    wanted = {"full": ("backward", "forward"), "backward": ("backward",), "forward": ("forward",), None: ()}[require]
    return [reading for reading in wanted if getattr(comparison, reading) != "yes"]


def _freeze(project: Project, name: str, require: Requirement | None, *, dry_run: bool) -> Freezing:
    schema = project.generate(name)
    if name in project.registry.names() and not dry_run:
        project.registry.recover(name)
    latest = latest_version(project, name)
    if latest is not None and latest.schema.text == schema.text:
        return Freezing(name=name, state="unchanged", version=latest.version)
    errors = [finding for finding in lint(schema) if finding.severity is Severity.ERROR]
    if errors:
        first = errors[0]
        return Freezing(
            name=name,
            state="refused",
            version=latest.version if latest else None,
            message=f"{first.origin}: {first.message}",
            remedy=first.remedy,
        )
    if latest is None:
        return _publish(project, name, schema, None, None, dry_run=dry_run)
    comparison = diff(latest.schema, schema)
    if missing := unmet(comparison, require):
        return Freezing(
            name=name,
            state="refused",
            version=latest.version,
            previous=latest.version,
            bump=comparison.bump,
            backward=comparison.backward,
            forward=comparison.forward,
            message=", ".join(f"{reading} is {getattr(comparison, reading)}" for reading in missing),
            remedy=f"undo the breaking change (pageschema diff {name} shows it), or freeze without --require",
        )
    return _publish(project, name, schema, latest.version, comparison, dry_run=dry_run)


def _publish(
    project: Project,
    name: str,
    schema: PageSchema,
    previous: str | None,
    comparison: Comparison | None,
    *,
    dry_run: bool,
) -> Freezing:
    version = next_version(previous, comparison.bump if comparison else "major")
    frozen = None if dry_run else project.registry.publish(schema, name=name, version=version)
    if frozen is not None and not frozen.created:
        # Another process has just frozen the same text.
        return Freezing(name=name, state="unchanged", version=version, message="already frozen")
    return Freezing(
        name=name,
        state="pending" if dry_run else "frozen",
        version=version,
        previous=previous,
        bump=comparison.bump if comparison else None,
        backward=comparison.backward if comparison else None,
        forward=comparison.forward if comparison else None,
        path=str(frozen.path) if frozen else None,
    )
