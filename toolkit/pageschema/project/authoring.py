"""What a schema author asks: the schema of a model, what is wrong with it, what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pageschema.finding import Finding, Severity
from pageschema.linting import Profile, lint, profile_named
from pageschema.linting.selection import Selection
from pageschema.project.baseline import accepted, beyond, read_baseline, write_baseline
from pageschema.project.mending import mend_file
from pageschema.project.project import Project
from pageschema.project.tailoring import Tailored, tailored
from pageschema.project.targets import STDIN_NAME, Form, Resolved, read_text, resolve
from pageschema.project.telling import Asked, told
from pageschema.schema import PageSchema


@dataclass(frozen=True, slots=True, kw_only=True)
class Linted:
    """Findings over all targets, the text of each file that they point into, and the files that a fix has changed.

    `gone` counts what a baseline accepts and is not found any more.
    """

    findings: tuple[Finding, ...]
    sources: Mapping[str, str]
    schemas: int
    mended: tuple[str, ...] = ()
    gone: int = 0

    def failing(self, *, strict: bool) -> bool:
        """Return whether any finding fails the run."""
        grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
        return any(finding.severity in grave for finding in self.findings)


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
    asked: Asked | None = None,
    fixing: bool = False,
    unsafe: bool = False,
    profile: str = "datalab",
    stdin: str = "",
    stdin_name: str = "",
    baseline: Path | None = None,
    keeping: Literal["", "update", "prune"] = "",
) -> Linted:
    """Lint each target, by default every schema of the project; with *fixing* mend JSON files first.

    Args:
        asked: What to tell; by default what the settings say.
        unsafe: Mend also what takes a guess.
        profile: Whom the schemas are sent to. Those of models are looked at in the form that `generate` writes.
        stdin_name: The path of the file that standard input stands for.
        baseline: A file of accepted findings, which are not told. To update it is to accept what is found and nothing
            else; to prune it, to accept no longer what is not found.

    Raises:
        InvalidTarget: A target names nothing, there is no such profile, or a file cannot be written.
        InvalidConfiguration: *asked* names no rule, or *baseline* is none.
    """
    chosen = profile_named(profile)
    asked = asked or Asked()
    Selection.of(asked.select, asked.ignore)  # A wrong word is told also where nothing is found.
    resolved = resolve(project, targets, stdin=stdin) if targets else _whole(project)
    before = {item.where: item.text for item in resolved}
    if fixing:
        resolved = [mend_file(item, unsafe=unsafe) for item in resolved]
    findings: list[Finding] = []
    texts: dict[str, str] = {}
    for item in resolved:
        where = stdin_name or item.where if item.where == STDIN_NAME else item.where
        found = lint(_sent(item, chosen), where=where, profile=profile, notes=True)
        findings += told(project, replace(item, where=where), found, asked)
        if item.schema is None:
            texts[where] = item.text
    gone = 0
    if baseline is not None:
        findings, gone = _beyond(baseline, findings, project.config.root, keeping)
    mended = tuple(item.where for item in resolved if item.text != before[item.where])
    files = {finding.origin.file for finding in findings if finding.origin.file}
    sources = {file: read_text(Path(file)) for file in sorted(files - texts.keys()) if Path(file).is_file()}
    return Linted(findings=tuple(findings), sources=sources | texts, schemas=len(resolved), mended=mended, gone=gone)


def _sent(item: Resolved, profile: Profile) -> PageSchema | str:
    if item.schema is None:
        return item.text
    return tailored(item.schema, profile).schema if item.schema.origin.model and profile.form else item.schema


def _beyond(
    path: Path, findings: list[Finding], root: Path, keeping: Literal["", "update", "prune"]
) -> tuple[list[Finding], int]:
    """Return what the baseline does not accept, and how much it accepts that is not there; keep it as asked."""
    now = accepted(findings, root)
    known = now if keeping == "update" else read_baseline(path)
    if keeping:
        write_baseline(path, known & now)
    return beyond(findings, known, root), 0 if keeping else (known - now).total()


def _whole(project: Project) -> list[Resolved]:
    project.require_schemas()
    items = []
    for name in project.names:
        schema = project.generate(name) if name in project.targets else project.registry.latest(name).schema
        items.append(Resolved(where=str(schema.origin) or name, text=schema.text, schema=schema))
    return items
