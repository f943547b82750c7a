"""Mending the JSON files among some targets, or showing what that would change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pageschema.project.files import write_file
from pageschema.project.project import Project
from pageschema.project.targets import STDIN, Resolved, resolve


def mended(item: Resolved, *, unsafe: bool = False) -> Resolved:
    """Return a target with everything mended that can be: a text, since models and frozen versions are left alone."""
    from pageschema.linting import fix

    return item if item.schema is not None else Resolved(where=item.where, text=fix(item.text, unsafe=unsafe))


def mend_file(item: Resolved, *, unsafe: bool = False) -> Resolved:
    """Return a target mended, and write it where it is a file that has changed.

    Raises:
        InvalidTarget: The file cannot be written.
    """
    path = Path(item.where)
    if not path.is_file():
        return item
    better = mended(item, unsafe=unsafe)
    if better.text != item.text:
        write_file(path, better.text)
    return better


def preview(project: Project, targets: Sequence[str], *, unsafe: bool = False, stdin: str = "") -> str:
    """Return what fixing the targets would change, as a unified diff; nothing is written.

    Raises:
        InvalidTarget: A target names nothing.
    """
    items = resolve(project, targets, stdin=stdin) if targets else []
    return "".join(line for item in items for line in _unified(item.where, item.text, mended(item, unsafe=unsafe).text))


def _unified(where: str, before: str, after: str) -> Iterable[str]:
    """Yield the lines of a diff; a last line without an end gets the usual note."""
    import difflib

    name = STDIN if where == "standard input" else where
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for line in difflib.unified_diff(old, new, fromfile=name, tofile=name):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
