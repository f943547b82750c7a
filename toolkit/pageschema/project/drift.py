"""Models against frozen versions, and the registry against itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from pageschema.errors import CannotGenerate, InvalidTarget
from pageschema.evolution import diff
from pageschema.finding import Origin
from pageschema.project.project import Project
from pageschema.project.readers import Comparisons, Reader, readers, require_known_readers
from pageschema.project.steps import NO_VERDICT, Step
from pageschema.registry import Frozen
from pageschema.schema import PageSchema

State = Literal["current", "drifted", "unfrozen", "broken", "no schema", "no model", "new", "changed", "lost", "taken"]
_FINE = frozenset({"current", "no model", "new"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """One schema: its latest frozen version, and whether its model still gives it.

    `message` and `remedy` say what is wrong; both are "" where nothing is. *no schema* is one whose model gives none.
    `file` and `line` name the model or, for a broken version, its file. `readers` are told for what would be frozen
    next, else for the latest version.

    With a revision to compare with, there are rows for versions too: *new* ones with the verdict on their step, and
    those of the revision that were *changed* or *lost* since, or whose number is *taken* by another version there.
    """

    name: str
    version: str | None
    state: State
    message: str = ""
    remedy: str = ""
    file: str | None = None
    line: int | None = None
    readers: tuple[Reader, ...] = ()
    step: Step | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing needs to be done."""
        return self.state in _FINE

    def as_json(self) -> dict[str, Any]:
        """Return the members that ``status --format json`` prints."""
        return {
            "name": self.name,
            "version": self.version,
            "state": self.state,
            "message": self.message,
            "remedy": self.remedy,
            "file": self.file,
            "line": self.line,
            "readers": [reader.as_json() for reader in self.readers],
            **(self.step.verdict() if self.step else NO_VERDICT),
        }


def status(project: Project) -> list[Status]:
    """Return one row for each schema and, for broken versions, one for each of these.

    Raises:
        InvalidTarget: There is no schema.
        InvalidConfiguration: Readers are configured for no schema, or pin a version that is not frozen.
    """
    project.require_schemas()
    require_known_readers(project)
    return [row for name in project.names for row in status_of(project, name)]


def status_of(project: Project, name: str) -> list[Status]:
    """Return the rows of one schema."""
    faults = project.registry.faults(name) if name in project.registry.names() else ()
    if faults:
        return [
            Status(
                name=name,
                version=fault.version or None,
                state="broken",
                message=fault.what,
                remedy=fault.remedy,
                file=str(fault.path),
            )
            for fault in faults
        ]
    latest = latest_version(project, name)
    try:
        model = project.generate(name) if name in project.targets else None
    except (CannotGenerate, InvalidTarget) as error:
        return [_without_schema(name, latest, error)]
    row = _compared(name, model, latest)
    if latest is None or not project.config.readers.get(name):
        return [row]
    before = Comparisons(latest.schema)
    after = Comparisons(model) if model and row.state == "drifted" else before
    return [replace(row, readers=readers(project, name, after, before))]


def latest_version(project: Project, name: str) -> Frozen | None:
    """Return the highest frozen version of *name*, or None where nothing is frozen yet."""
    return project.registry.latest(name) if name in project.registry.names() else None


def _without_schema(name: str, latest: Frozen | None, error: CannotGenerate | InvalidTarget) -> Status:
    origin = getattr(error, "at", None)
    known = origin if isinstance(origin, Origin) else Origin(file=error.where or None)
    return Status(
        name=name,
        version=latest.version if latest else None,
        state="no schema",
        message=error.what,
        remedy=error.remedy,
        file=known.file,
        line=known.line,
    )


def _compared(name: str, schema: PageSchema | None, latest: Frozen | None) -> Status:
    if schema is None:
        return Status(name=name, version=latest.version if latest else None, state="no model")
    place: dict[str, Any] = {"file": schema.origin.file, "line": schema.origin.line}
    remedy = f"freeze it: pageschema freeze {name}"
    if latest is None:
        return Status(
            name=name, version=None, state="unfrozen", message="has no frozen version", remedy=remedy, **place
        )
    if schema.text == latest.schema.text:
        return Status(name=name, version=latest.version, state="current", **place)
    same = diff(latest.schema, schema).is_only_text
    message = f"only the text differs from frozen {latest.version}, not what it means" if same else (
        f"the model has changed since {latest.version} was frozen"
    )  # fmt: skip
    remedy = f"see what changed: pageschema diff {name}; then {remedy}"
    return Status(name=name, version=latest.version, state="drifted", message=message, remedy=remedy, **place)
