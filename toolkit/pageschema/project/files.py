"""Writing files that may be written again: fixed schemas, saved failures. Frozen versions have their own door."""

from __future__ import annotations

import os
from pathlib import Path

from pageschema.errors import InvalidTarget


def ignore_in_git(folder: Path) -> None:
    """Make version control pass *folder* by, once it exists."""
    mark = folder / ".gitignore"
    if not mark.exists():
        write_file(mark, "*\n")


def write_file(path: Path, text: str) -> None:
    """Write *text* to *path* in one step: a reader sees the old file or the new one, never half of it.

    A file that is there keeps its permissions; where *path* is a link, the file that it leads to is written.

    Raises:
        InvalidTarget: The file cannot be written.
    """
    import secrets

    try:
        target = Path(os.path.realpath(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        mode = target.stat().st_mode if target.exists() else None
        beside = target.with_name(f".{target.name[:100]}.{secrets.token_hex(8)}.tmp")
        try:
            with beside.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
            if mode is not None:
                beside.chmod(mode & 0o7777)
            beside.replace(target)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InvalidTarget(
            f"cannot be written: {error.strerror}", where=str(path), remedy="name a place that can be written"
        ) from error
