"""Which findings of lint are told, as the settings of the project and the command line have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from pageschema.finding import Finding
from pageschema.linting.selection import Selection
from pageschema.project.project import Project
from pageschema.project.targets import Resolved


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the command line asks for: rules to tell and to leave out, as `Selection.of` takes them."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    notes: bool = False


def told(project: Project, item: Resolved, findings: Sequence[Finding], asked: Asked) -> list[Finding]:
    """Return those of the *findings* in *item* that are told.

    What the command line selects stands for both lists of ``[tool.pageschema.lint]``; what it ignores adds to them. The
    settings of each target that matches come in any case, since they know more.

    Raises:
        InvalidConfiguration: A word of the command line names no rule.
    """
    settings = project.config.lint
    select, ignore = (asked.select, ()) if asked.select else (settings.select, settings.ignore)
    for pattern, own in settings.per_target.items():
        if any(fnmatchcase(name, pattern) for name in _names(project, item)):
            select = select if asked.select else own.select or select
            ignore = (*ignore, *own.ignore)
    selection = Selection.of(select, (*ignore, *asked.ignore), notes=asked.notes)
    return [finding for finding in findings if selection.tells(finding)]


def _names(project: Project, item: Resolved) -> set[str]:
    """Return what a pattern may match: the file, as seen from the root of the project, and the name of the schema."""
    file = (item.schema.origin.file if item.schema is not None else None) or item.where
    path, root = Path(file).absolute(), project.config.root
    names = {path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()}
    return names | {item.schema.name} if item.schema is not None else names
