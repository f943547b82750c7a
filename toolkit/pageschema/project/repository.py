"""How the servers that show findings name files: from the top of the repository, wherever the command was run."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from pageschema.finding import Finding
from pageschema.project.project import Project


def from_the_top(findings: Iterable[Finding], project: Project) -> list[Finding]:
    """Return *findings* with files named from the top of the repository, without git from the root of the project.

    A file that stands elsewhere keeps its name.
    """
    here = Path.cwd()
    top = next(
        (folder for folder in (here, *here.parents) if (folder / ".git").exists()), project.config.root.resolve()
    )
    return [replace(each, origin=replace(each.origin, file=_below(top, each.origin.file))) for each in findings]


def _below(top: Path, file: str | None) -> str | None:
    path = Path(os.path.abspath(file)) if file else None  # noqa: PTH100 - a symbolic link keeps the name that git knows
    return path.relative_to(top).as_posix() if path is not None and path.is_relative_to(top) else file
