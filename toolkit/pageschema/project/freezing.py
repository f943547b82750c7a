"""Freezing: the next immutable version of each drifted model, with its verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import semver

from pageschema.config import Requirement
from pageschema.project.drift import latest_version
from pageschema.project.judging import Judgement, judge
from pageschema.project.project import Project
from pageschema.project.readers import Reader, require_known_readers
from pageschema.project.telling import Telling
from pageschema.schema import PageSchema

FIRST = "1.0.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Freezing:
    """What freezing did with one schema.

    `bump` is major, minor or patch, None for a first version; it goes by the latest version, as `backward` and
    `forward` do. `against` has version, backward and forward for each that was looked at, the latest first. On
    *refused* nothing was written, and `message` and `remedy` say why; *pending* is what a dry run would have written.
    """

    name: str
    state: Literal["frozen", "pending", "unchanged", "refused"]
    version: str | None
    previous: str | None = None
    bump: str | None = None
    backward: str | None = None
    forward: str | None = None
    against: tuple[tuple[str, str, str], ...] = ()
    readers: tuple[Reader, ...] = ()
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
            "against": [
                {"version": version, "backward": backward, "forward": forward}
                for version, backward, forward in self.against
            ],
            "readers": [reader.as_json() for reader in self.readers],
            "path": self.path,
            "message": self.message,
            "remedy": self.remedy,
        }


def freeze(
    project: Project,
    names: Sequence[str] = (),
    *,
    require: Requirement | None = None,
    transitive: bool | None = None,
    dry_run: bool = False,
) -> list[Freezing]:
    """Publish the next version of each named schema, by default of every one that has a model, where it drifted.

    Args:
        require: What the new version must keep; refused where the verdict is not yes. By default as configured.
        transitive: Judge it against every earlier version, not the latest alone. By default as configured.
        dry_run: Say what would be written, and write nothing.

    Raises:
        InvalidTarget: A name has no model.
        InvalidConfiguration: Readers are configured for no schema, or pin a version that is not frozen.
        RegistryError: The registry is broken, or cannot be written.
    """
    project.require_schemas()
    for name in names:
        if name not in project.names:
            raise project.unknown(name)
    require_known_readers(project)
    keep = require or project.config.require
    every = project.config.transitive if transitive is None else transitive
    return [_freeze(project, name, keep, every, dry_run=dry_run) for name in names or tuple(project.targets)]


def next_version(previous: str | None, bump: str) -> str:
    """Return the version after *previous*: a text that changed in no meaning still needs one of its own."""
    if previous is None:
        return FIRST
    version = semver.Version.parse(previous)
    if bump == "major":
        return str(version.bump_major())
    return str(version.bump_minor() if bump == "minor" else version.bump_patch())


def _freeze(
    project: Project,
    name: str,
    require: Requirement | None,
    transitive: bool,  # noqa: FBT001 - one of the settings that `freeze` hands on
    *,
    dry_run: bool,
) -> Freezing:
    schema = project.generate(name)
    if name in project.registry.names() and not dry_run:
        project.registry.recover(name)
    latest = latest_version(project, name)
    if latest is not None and latest.schema.text == schema.text:
        return Freezing(name=name, state="unchanged", version=latest.version)
    errors = Telling.of(project).errors(schema)
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
        return _publish(project, schema, Freezing(name=name, state="pending", version=FIRST), dry_run=dry_run)
    judgement = judge(project, name, schema, latest, transitive=transitive)
    judged = _judged(judgement, latest.version)
    objection = judgement.objection(project, require)
    if objection is not None:
        return replace(
            judged, state="refused", version=latest.version, message=objection.message, remedy=objection.remedy
        )
    return _publish(project, schema, judged, dry_run=dry_run)


def _judged(judgement: Judgement, previous: str) -> Freezing:
    step = judgement.step
    return Freezing(
        name=judgement.name,
        state="pending",
        version=next_version(previous, step.bump),
        previous=previous,
        bump=step.bump,
        backward=step.backward,
        forward=step.forward,
        against=tuple((version, made.backward, made.forward) for version, made in judgement.against),
        readers=judgement.readers,
    )


def _publish(project: Project, schema: PageSchema, pending: Freezing, *, dry_run: bool) -> Freezing:
    if dry_run or pending.version is None:
        return pending
    frozen = project.registry.publish(schema, name=pending.name, version=pending.version)
    if not frozen.created:
        # Another process has just frozen the same text.
        return Freezing(name=pending.name, state="unchanged", version=frozen.version, message="already frozen")
    return replace(pending, state="frozen", path=str(frozen.path))
