"""Writing a folder of pages again and again: only what was written here before is written over or removed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from pageschema.errors import InvalidTarget
from pageschema.project.files import write_file

MARK = ".pageschema-pages"
"""Lists the pages of a folder, one a line; by it the folder is known to be ours."""
_PAGE = re.compile(r"(?:[a-z0-9][a-z0-9_-]*/)?[a-z0-9][a-z0-9.]*\.html")


def write_site(folder: Path, pages: Mapping[str, str]) -> list[str]:
    """Write *pages*, by their path in *folder*, and remove those of an earlier run that are no more.

    Each page is written in one step, the first of them last: whoever reads meanwhile finds whole pages. What is the
    same is not written again. Other people's files in the folder stay as they are.

    Returns:
        The paths that were written or removed.

    Raises:
        InvalidTarget: The folder has something in it and is not one of ours, a page would stand where another's file
            does or lead out of the folder, or the disk refused.
    """
    ours = _listed(folder)
    _require_free(folder, pages, ours)
    _write_mark(folder, {*ours, *pages})
    changed = [path for path in reversed(list(pages)) if _write(folder / path, pages[path])]
    gone = sorted(ours - set(pages))
    for path in gone:
        _remove(folder, path)
    _write_mark(folder, pages)
    return [*changed, *gone]


def _listed(folder: Path) -> set[str]:
    try:
        lines = (folder / MARK).read_text("utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return set()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidTarget("cannot be read", where=str(folder / MARK), remedy="name another folder") from error
    return {line for line in lines if _PAGE.fullmatch(line)}


def _require_free(folder: Path, pages: Iterable[str], ours: set[str]) -> None:
    remedy = "name a folder that is empty or not there yet: pageschema docs --out FOLDER"
    if os.path.lexists(folder) and not folder.is_dir():
        raise InvalidTarget("is no folder", where=str(folder), remedy=remedy)
    if folder.is_dir() and not (folder / MARK).exists() and any(folder.iterdir()):
        raise InvalidTarget("has something in it that pageschema docs did not write", where=str(folder), remedy=remedy)
    for path in pages:
        inner = folder / PurePosixPath(path).parent
        if inner != folder and inner.is_symlink():
            raise InvalidTarget("is a link that leads elsewhere", where=str(inner), remedy="remove the link")
        if os.path.lexists(folder / path) and (path not in ours or (folder / path).is_symlink()):
            raise InvalidTarget(
                "is another's file, where a page would stand", where=str(folder / path), remedy="move it elsewhere"
            )


def _write(path: Path, text: str) -> bool:
    if path.is_file() and path.read_bytes() == text.encode():
        return False
    write_file(path, text)
    return True


def _write_mark(folder: Path, paths: Iterable[str]) -> None:
    _write(folder / MARK, "".join(f"{path}\n" for path in sorted(paths)))


def _remove(folder: Path, path: str) -> None:
    """Remove a page, and its folder where nothing else is in it; one behind a link is not ours."""
    page = folder / path
    if page.is_symlink() or page.parent.is_symlink():
        return
    page.unlink(missing_ok=True)
    if page.parent != folder and page.parent.is_dir() and not any(page.parent.iterdir()):
        page.parent.rmdir()
