"""Writing files that may be written again: fixed schemas, saved failures. Frozen versions have their own door."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from pageschema.errors import InvalidTarget


def ignore_in_git(folder: Path) -> None:
    """Make version control pass *folder* by, once it exists."""
    mark = folder / ".gitignore"
    if not mark.exists():
        write_file(mark, "*\n")


def write_file(path: Path, text: str) -> None:
    """Write *text* to *path* in one step: a reader sees the old file or the new one, never half of it.

    Raises:
        InvalidTarget: The file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InvalidTarget(
            f"cannot be written: {error.strerror}", where=str(path), remedy="name a place that can be written"
        ) from error
