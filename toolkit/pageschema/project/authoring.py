"""What a schema author asks: the schema of a model, what is wrong with it, what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pageschema.config import Requirement
from pageschema.evolution import Comparison, diff
from pageschema.finding import Finding, Severity
from pageschema.linting import fix, lint
from pageschema.project.files import write_file
from pageschema.project.freezing import unmet
from pageschema.project.project import Project
from pageschema.project.targets import Form, Resolved, read_text, resolve, resolve_one
from pageschema.schema import PageSchema


@dataclass(frozen=True, slots=True, kw_only=True)
class Linted:
    """Findings over all targets, the text of each file that they point into, and the files that a fix has changed."""

    findings: tuple[Finding, ...]
    sources: Mapping[str, str]
    schemas: int
    mended: tuple[str, ...] = ()

    def failing(self, *, strict: bool) -> bool:
        """Return whether any finding fails the run."""
        grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
        return any(finding.severity in grave for finding in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A comparison, and the readings that were required of it and not met."""

    comparison: Comparison
    unmet: tuple[str, ...]


def generated(project: Project, targets: Sequence[str], *, form: Form = "datalab", stdin: str = "") -> list[PageSchema]:
    """Return the page schema of each target; *form* is for models.

    Raises:
        InvalidTarget: A target names nothing.
        CannotGenerate: A model has no page schema.
    """
    return [item.page_schema() for item in resolve(project, targets, form=form, stdin=stdin)]


def lint_targets(project: Project, targets: Sequence[str], *, fixing: bool = False, stdin: str = "") -> Linted:
    """Lint each target, by default every schema of the project; with *fixing* mend JSON files first.

    Raises:
        InvalidTarget: A target names nothing, or a file cannot be written.
    """
    resolved = resolve(project, targets, stdin=stdin) if targets else _whole(project)
    before = {item.where: item.text for item in resolved}
    if fixing:
        resolved = [_fixed(item) for item in resolved]
    findings = tuple(
        finding
        for item in resolved
        for finding in lint(item.schema if item.schema is not None else item.text, where=item.where)
    )
    mended = tuple(item.where for item in resolved if item.text != before[item.where])
    files = {finding.origin.file for finding in findings if finding.origin.file}
    sources = {file: read_text(Path(file)) for file in sorted(files) if Path(file).is_file()}
    return Linted(findings=findings, sources=sources, schemas=len(resolved), mended=mended)


def compare(
    project: Project,
    targets: Sequence[str],
    *,
    content: Any = "declared",
    require: Requirement | None = None,
    stdin: str = "",
) -> Compared:
    """Compare two targets, or the latest frozen version of one schema with its model.

    Raises:
        InvalidTarget: A target names nothing or several things, or the one schema has no model.
    """
    if len(targets) == 1:
        frozen = project.registry.get(targets[0])
        old: Any = replace(frozen.schema, name=f"{frozen.name}@{frozen.version}")
        new: Any = replace(project.generate(targets[0]), name=project.targets[targets[0]])
    else:
        old, new = (_labelled(resolve_one(project, target, stdin=stdin), target) for target in targets)
    comparison = diff(old, new, content=content)
    return Compared(comparison=comparison, unmet=tuple(unmet(comparison, require)))


def _labelled(item: Resolved, target: str) -> PageSchema | dict[str, Any] | bool:
    """Return what a target holds, named for the comparison: a version by its number, anything else as it was given."""
    schema = item.json_schema()
    return replace(schema, name=item.frozen or target) if isinstance(schema, PageSchema) else schema


def _whole(project: Project) -> list[Resolved]:
    project.require_schemas()
    items = []
    for name in project.names:
        schema = project.generate(name) if name in project.targets else project.registry.latest(name).schema
        items.append(Resolved(where=str(schema.origin) or name, text=schema.text, schema=schema))
    return items


def _fixed(item: Resolved) -> Resolved:
    path = Path(item.where)
    if item.schema is not None or not path.is_file():
        return item
    mended = fix(item.text)
    if mended != item.text:
        write_file(path, mended)
    return Resolved(where=item.where, text=mended)
