"""What a schema author asks: the schema of a model, what is wrong with it, what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pageschema import jsontext
from pageschema.config import Requirement
from pageschema.errors import InvalidTarget
from pageschema.evolution import Comparison, diff
from pageschema.finding import Finding, Severity
from pageschema.linting import Profile, lint, profile_named
from pageschema.project.judging import unmet
from pageschema.project.mending import mend_file
from pageschema.project.project import Project
from pageschema.project.tailoring import Tailored, tailored
from pageschema.project.targets import STDIN, Form, Resolved, read_text, resolve, resolve_one
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


def generated(
    project: Project, targets: Sequence[str], *, form: Form = "datalab", profile: str = "datalab", stdin: str = ""
) -> list[Tailored]:
    """Return the page schema of each target, in the form that the API of *profile* wants; *form* is for models.

    Raises:
        InvalidTarget: A target names nothing, or there is no such profile, or it has no form.
        CannotGenerate: A model has no page schema.
    """
    chosen = profile_named(profile)
    return [tailored(item.page_schema(), chosen) for item in resolve(project, targets, form=form, stdin=stdin)]


def lint_targets(
    project: Project,
    targets: Sequence[str],
    *,
    fixing: bool = False,
    unsafe: bool = False,
    profile: str = "datalab",
    stdin: str = "",
) -> Linted:
    """Lint each target, by default every schema of the project; with *fixing* mend JSON files first.

    Args:
        unsafe: Mend also what takes a guess.
        profile: Whom the schemas are sent to. Those of models are looked at in the form that `generate` writes.

    Raises:
        InvalidTarget: A target names nothing, there is no such profile, or a file cannot be written.
    """
    chosen = profile_named(profile)
    resolved = resolve(project, targets, stdin=stdin) if targets else _whole(project)
    before = {item.where: item.text for item in resolved}
    if fixing:
        resolved = [mend_file(item, unsafe=unsafe) for item in resolved]
    findings = tuple(
        finding for item in resolved for finding in lint(_sent(item, chosen), where=item.where, profile=profile)
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
    """Compare two targets, or one frozen version of a schema, the latest where none is named, with its model.

    Raises:
        InvalidTarget: A target names nothing or several things, or stands alone and is no schema with a model.
    """
    if len(targets) == 1:
        sides = _with_its_model(project, targets[0])
    else:
        sides = [_named(resolve_one(project, target, stdin=stdin), target) for target in targets]
    (one, old), (other, new) = sides
    comparison = replace(diff(old, new, content=content), old=one, new=other)
    return Compared(comparison=comparison, unmet=tuple(unmet(comparison, require)))


def _sent(item: Resolved, profile: Profile) -> PageSchema | str:
    if item.schema is None:
        return item.text
    return tailored(item.schema, profile).schema if item.schema.origin.model and profile.form else item.schema


def _named(item: Resolved, target: str) -> tuple[str, Any]:
    """Return what a target holds, and its name: a version by its number, anything else as it was given."""
    name, schema = item.frozen or target, item.json_schema()
    return name, replace(schema, name=name) if isinstance(schema, PageSchema) else schema


def _with_its_model(project: Project, target: str) -> list[tuple[str, Any]]:
    name, _, version = target.partition("@")
    if name not in project.names:
        if target == STDIN or any(sign in name for sign in ":/.\\"):
            raise InvalidTarget(
                "is one side of a comparison only",
                where=f"'{jsontext.clip(target)}'",
                remedy=f"name the other side: pageschema diff OLD {target} (only the name of a schema can stand alone)",
            )
        raise project.unknown(name)
    if name not in project.targets:
        raise InvalidTarget(
            f"the schema {name!r} has no model to compare with",
            where=f"'{jsontext.clip(target)}'",
            remedy=f"name the other side: pageschema diff {target} {name}",
        )
    if name not in project.registry.names():
        raise project.unknown(name)
    frozen, model = project.registry.get(name, version or None), project.targets[name]
    old = f"{frozen.name}@{frozen.version}"
    return [(old, replace(frozen.schema, name=old)), (model, replace(project.generate(name), name=model))]


def _whole(project: Project) -> list[Resolved]:
    project.require_schemas()
    items = []
    for name in project.names:
        schema = project.generate(name) if name in project.targets else project.registry.latest(name).schema
        items.append(Resolved(where=str(schema.origin) or name, text=schema.text, schema=schema))
    return items
