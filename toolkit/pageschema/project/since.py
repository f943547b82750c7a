"""What became of the versions that another revision has frozen: what others have seen must stay as it was.

A digest file guards a version against a change, and the digest files after it guard it too. Whoever deletes or rewrites
the newest version together with its digest file gets past both; the history of git does not let that pass.
"""

from __future__ import annotations

import os
import re
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from pageschema.config import registry_named
from pageschema.errors import RegistryError
from pageschema.project import git
from pageschema.project.drift import Status, status
from pageschema.project.project import Project
from pageschema.project.steps import history
from pageschema.registry import Registry

_FILE = re.compile(r"[a-z0-9][a-z0-9_-]*/[0-9]+\.[0-9]+\.[0-9]+\.(json|sha256)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """The rows of `status`, and those on versions; `kept` counts the versions of *revision* that are as they were.

    `revision` is where the branch that is checked out left the one that was asked for.
    """

    rows: tuple[Status, ...]
    revision: git.Revision
    kept: int

    @property
    def told(self) -> str:
        """What was compared, in a line."""
        versions = "1 version" if self.kept == 1 else f"{self.kept:,} versions"
        return f"{versions} of {self.revision.name} as frozen ({self.revision.commit[:12]})"


def status_since(project: Project, name: str) -> Since:
    """Compare models with frozen versions, and these with what the revision called *name* has frozen.

    What a version of the revision must be is told by the commit where this branch left it: what was frozen there since
    is no loss here. By then another version may have taken a number that is new here too.

    Raises:
        InvalidTarget: There is no such revision, no commit in common, or no repository; or a model cannot be loaded.
        CannotGenerate: A model has no page schema.
    """
    tip = git.revision(name, project.config.root)
    base = git.merge_base(tip)
    with _registry_at(project, base) as began, _registry_at(project, tip) as there:
        names = sorted({*began.names(), *project.registry.names()})
        if not names:
            project.require_schemas()
        versions = [_Versions.of(schema, began, there, project.registry) for schema in names]
    rows = [row for known in versions for row in (*_changed(project, known, base), *_new(project, known, tip))]
    if project.names:
        # A reader of a version that is lost is no mistake in the settings.
        lost = {row.name for row in rows if row.state == "lost"}
        kept = {name: pins for name, pins in project.config.readers.items() if name not in lost}
        rows = [*status(replace(project, config=replace(project.config, readers=kept))), *rows]
    return Since(rows=tuple(rows), revision=base, kept=sum(known.kept for known in versions))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Versions:
    """The digest of each version of one schema in three places, None where it is not as it was frozen."""

    name: str
    began: dict[str, str | None]
    there: dict[str, str | None]
    here: dict[str, str | None]

    @property
    def kept(self) -> int:
        """How many are as they were."""
        return sum(digest == self.here.get(version) for version, digest in self.began.items() if digest)

    @classmethod
    def of(cls, name: str, began: Registry, there: Registry, here: Registry) -> _Versions:
        return cls(name=name, began=_digests(began, name), there=_digests(there, name), here=_digests(here, name))


def _changed(project: Project, known: _Versions, base: git.Revision) -> Iterator[Status]:
    for version, digest in known.began.items():
        path = project.registry.path / known.name / f"{version}.json"
        restore = f"git restore --source={base.commit[:12]} -- {shlex.quote(f'{path.parent}/{version}.*')}"
        row = Status(name=known.name, version=version, state="lost", file=str(path))
        if version not in known.here:
            message = f"{base.name} has frozen {version}, and it is gone here with its digest"
            yield replace(row, message=message, remedy=f"restore it: {restore}")
        elif digest and (now := known.here[version]) and now != digest:
            message = (
                f"{base.name} has frozen {version}, and here it is another, its digest too "
                f"(digest {now[:8]}… was {digest[:8]}…)"
            )
            remedy = f"restore it: {restore}; a change belongs into the model, and into a new version"
            yield replace(row, state="changed", message=message, remedy=remedy)


def _new(project: Project, known: _Versions, tip: git.Revision) -> Iterator[Status]:
    added = [version for version in known.here if version not in known.began]
    try:
        steps = {step.version: step for step in history(project, known.name, only=added)} if added else {}
    except RegistryError:
        steps = {}  # The row on the broken version says so.
    for version in added:
        path = str(project.registry.path / known.name / f"{version}.json")
        here, there = known.here[version], known.there.get(version)
        row = Status(name=known.name, version=version, state="new", file=path, step=steps.get(version))
        if here and there and here != there:
            message = f"{tip.name} has frozen another {version} meanwhile"
            remedy = f"delete this one and its .sha256, merge {tip.name}, then: pageschema freeze {known.name}"
            yield replace(row, state="taken", message=message, remedy=remedy)
        elif here and version not in known.there:
            yield row


def _digests(registry: Registry, name: str) -> dict[str, str | None]:
    try:
        return {version: _digest(registry, name, version) for version in registry.numbers(name)}
    except RegistryError:
        return {}


def _digest(registry: Registry, name: str, version: str) -> str | None:
    try:
        return registry.get(name, version).digest
    except RegistryError:
        return None


@contextmanager
def _registry_at(project: Project, revision: git.Revision) -> Iterator[Registry]:
    """Give the registry as *revision* has it, in a folder of its own for as long as it is looked at."""
    settings = revision.read(revision.files("pyproject.toml"))
    named = registry_named(settings[0].decode("utf-8", "replace")) if settings else os.path.relpath(
        project.config.registry, project.config.root
    )  # fmt: skip
    folder = PurePosixPath(os.path.normpath(named))
    blobs = {}
    for blob in revision.files(str(folder)):
        path = PurePosixPath(blob.path)
        inner = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else ""
        if _FILE.fullmatch(inner):
            blobs[inner] = blob
    with tempfile.TemporaryDirectory(prefix="pageschema-") as temporary:
        for inner, content in zip(blobs, revision.read(list(blobs.values())), strict=True):
            file = Path(temporary, inner)
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(content)
        yield Registry(temporary)
