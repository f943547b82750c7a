"""What a schema author asks: the schema of a model, what is wrong with it, what mending it would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pageschema.errors import PageSchemaError
from pageschema.finding import Finding, Severity
from pageschema.linting import profile_named
from pageschema.linting.selection import Selection
from pageschema.project.baseline import Baseline, accepted, beyond, gone, read_baseline, write_baseline
from pageschema.project.project import Project, shown
from pageschema.project.tailoring import Tailored, tailored
from pageschema.project.targets import STDIN_NAME, Form, Resolved, read_text, resolve, resolve_each
from pageschema.project.telling import Asked, Item, Telling, parted
from pageschema.project.touched import touched

Keeping = Literal["", "update", "prune"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linted:
    """Findings over all targets, the text of each file that they point into, and the files that a fix has changed.

    `errors` say which targets could not be looked at; a model without a page schema is a finding besides. `baseline` is
    the file that was heeded, and `gone` counts what it accepts and is not found any more.
    """

    findings: tuple[Finding, ...]
    sources: Mapping[str, str]
    schemas: int
    errors: tuple[PageSchemaError, ...] = ()
    mended: tuple[str, ...] = ()
    baseline: Path | None = None
    gone: int = 0

    def failing(self, *, strict: bool) -> bool:
        """Return whether any finding fails the run."""
        grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
        return any(finding.severity in grave for finding in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What mending would change, as a unified diff, and which targets could not be looked at."""

    changes: str
    errors: tuple[PageSchemaError, ...] = ()


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
    keeping: Keeping = "",
    touching: bool = False,
) -> Linted:
    """Lint each target, by default every schema of the project; with *fixing* mend JSON files first.

    A target that cannot be looked at keeps no other from it.

    Args:
        asked: What to tell; by default what the settings say.
        unsafe: Mend also what takes a guess.
        profile: Whom the schemas are sent to. Those of models are looked at in the form that `generate` writes.
        stdin_name: The path of the file that standard input stands for.
        baseline: A file of accepted findings, which are not told; by default the one of the settings. To update it is
            to accept what is found and nothing else; to prune it, to accept no longer what is not found. What it
            accepts in targets that are not looked at stays.
        touching: *targets* are files that changed: look at the schemas of the project that stand in them; see
            `touched`.

    Raises:
        InvalidTarget: There is no such profile, or the baseline cannot be written.
        InvalidConfiguration: *asked* names no rule, or *baseline* is none.
    """
    path = _baseline_of(project, baseline)
    known = _known(path, keeping)
    telling = _telling(project, asked, profile, Counter() if keeping == "update" else known)
    found = touched(project, targets) if touching else _found(project, targets, stdin, stdin_name)
    items, errors = parted(list(found))
    mended: list[str] = []
    if fixing:
        items, mended = _mended(items, telling, errors, unsafe=unsafe)
    told = telling.told(items)
    now = accepted(told.findings, project.config.root)
    dropped = gone(known, now, told.scope)
    if path is not None and keeping:
        known = (known - dropped) | now if keeping == "update" else known - dropped
        write_baseline(path, known)
        dropped = Counter()
    findings = tuple(beyond(told.findings, known, project.config.root))
    return Linted(
        findings=findings,
        sources=_sources(findings, items),
        schemas=sum(isinstance(item, Resolved) for item in items),
        errors=tuple({str(error): error for error in errors}.values()),
        mended=tuple(mended),
        baseline=path,
        gone=dropped.total(),
    )


def preview(
    project: Project,
    targets: Sequence[str],
    *,
    asked: Asked | None = None,
    unsafe: bool = False,
    profile: str = "datalab",
    stdin: str = "",
    stdin_name: str = "",
    baseline: Path | None = None,
) -> Preview:
    """Return what fixing the targets would change, as a unified diff; nothing is written.

    Raises:
        InvalidTarget: There is no such profile.
        InvalidConfiguration: *asked* names no rule, or *baseline* is none.
    """
    from pageschema.project.mending import unified  # Seldom needed, and slow to import; so below.

    telling = _telling(project, asked, profile, _known(_baseline_of(project, baseline), ""))
    items, errors = parted(list(_found(project, targets, stdin, stdin_name)) if targets else [])
    changes = (unified(item, telling, unsafe=unsafe) for item in items if isinstance(item, Resolved))
    return Preview(changes="".join(changes), errors=tuple(errors))


def _telling(project: Project, asked: Asked | None, profile: str, known: Baseline) -> Telling:
    asked = asked or Asked()
    Selection.of(asked.select, asked.ignore)  # A wrong word is told also where nothing is found.
    return Telling(project=project, asked=asked, profile=profile_named(profile), accepted=known)


def _baseline_of(project: Project, given: Path | None) -> Path | None:
    own = project.config.lint.baseline
    return given if given is not None else shown(own) if own is not None else None


def _known(path: Path | None, keeping: Keeping) -> Baseline:
    """Return what a baseline accepts; one that is to be written first accepts nothing yet."""
    if path is None or (keeping == "update" and not path.exists()):
        return Counter()
    return read_baseline(path)


def _found(
    project: Project, targets: Sequence[str], stdin: str, stdin_name: str
) -> Iterator[Resolved | PageSchemaError]:
    for each in resolve_each(project, targets, stdin=stdin) if targets else _whole(project):
        is_stdin = isinstance(each, Resolved) and each.where == STDIN_NAME
        yield replace(each, where=stdin_name) if isinstance(each, Resolved) and is_stdin and stdin_name else each


def _whole(project: Project) -> Iterator[Resolved | PageSchemaError]:
    project.require_schemas()
    for name in project.names:
        try:
            schema = project.generate(name) if name in project.targets else project.registry.latest(name).schema
        except PageSchemaError as error:
            yield error
        else:
            yield Resolved(where=str(schema.origin) or name, text=schema.text, schema=schema)


def _mended(
    items: Sequence[Item], telling: Telling, errors: list[PageSchemaError], *, unsafe: bool
) -> tuple[list[Item], list[str]]:
    """Return the items mended, and where a file was written; one that cannot be is told among *errors*."""
    from pageschema.project.mending import mend_file

    found: list[Item] = []
    written: list[str] = []
    for item in items:
        better = item
        if isinstance(item, Resolved):
            try:
                better = mend_file(item, telling, unsafe=unsafe)
            except PageSchemaError as error:
                errors.append(error)
            else:
                written += [item.where] if better.text != item.text else []
        found.append(better)
    return found, written


def _sources(findings: Sequence[Finding], items: Sequence[Item]) -> dict[str, str]:
    texts = {item.where: item.text for item in items if isinstance(item, Resolved) and item.schema is None}
    files = {finding.origin.file for finding in findings if finding.origin.file}
    return {file: read_text(Path(file)) for file in sorted(files - texts.keys()) if Path(file).is_file()} | texts
