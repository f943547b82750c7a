"""Mending the JSON files among some targets, or showing what that would change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from pageschema.errors import InvalidTarget
from pageschema.linting.subject import Subject
from pageschema.project.files import write_file
from pageschema.project.targets import STDIN, STDIN_NAME, Resolved
from pageschema.project.telling import Telling


def mended(item: Resolved, telling: Telling, *, unsafe: bool = False) -> Resolved:
    """Return a target with all mended that is told of it and can be: a text, since models and frozen versions stay."""
    if item.schema is not None or Path(item.where).with_suffix(".sha256").is_file():
        return item  # With its digest beside it, a file named by its path is a frozen version all the same.
    from pageschema.linting.fixing import mend

    subject = replace(Subject.read(item.text, where=item.where), profile=telling.profile)
    better = mend(subject, unsafe=unsafe, notes=telling.asked.notes, wanted=telling.wanted(item))
    return item if better is subject else replace(item, text=better.text)


def mend_file(item: Resolved, telling: Telling, *, unsafe: bool = False) -> Resolved:
    """Return a target mended, and write it where it is a file that has changed.

    Raises:
        InvalidTarget: The file cannot be written, or is not meant to be.
    """
    path = Path(item.where)
    if item.where == STDIN_NAME or not path.is_file():
        return item
    better = mended(item, telling, unsafe=unsafe)
    if better.text != item.text:
        if not path.stat().st_mode & 0o222:  # To rename over it would succeed all the same.
            raise InvalidTarget("is read-only", where=item.where, remedy=f"chmod u+w {item.where}, or leave it out")
        write_file(path, better.text)
    return better


def unified(item: Resolved, telling: Telling, *, unsafe: bool = False) -> str:
    """Return what mending a target would change, as a unified diff."""
    return "".join(_lines(item.where, item.text, mended(item, telling, unsafe=unsafe).text))


def _lines(where: str, before: str, after: str) -> Iterable[str]:
    """Yield the lines of a diff; a last line without an end gets the usual note."""
    import difflib

    name = STDIN if where == STDIN_NAME else where
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for line in difflib.unified_diff(old, new, fromfile=name, tofile=name):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
