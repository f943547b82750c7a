"""Publishing a version so that a kill, a full disk or a rival at any step leaves nothing lost, torn or stuck.

Of the steps one decides: the hard link that creates ``<version>.sha256``. It fails where the version is claimed
already, and whoever claimed it has the whole text on disk beside it, in a temporary file that anyone can put into
place. So a writer that stops leaves nothing but temporary files (the next one sweeps them up), or a claimed version
that the next one finishes. A claim is never taken back: a rival may have built on it.
"""

from __future__ import annotations

import contextlib
import os
from hashlib import sha256
from pathlib import Path

from pageschema.registry.folder import Folder, disk
from pageschema.registry.temporary import temporaries, working


def place(folder: Folder, version: str, text: bytes) -> bool:
    """Put a version on disk; return whether this call was the one to claim it. *text* is what was claimed, or new."""
    digest = sha256(text).hexdigest()
    seal = f"{folder.chain() if folder.claim(version) is None else ''}{digest}  {version}.json\n"
    with working() as token:
        text_temporary = folder.path / f".{version}.json.{token}.tmp"
        seal_temporary = folder.path / f".{version}.sha256.{token}.tmp"
        try:
            _write(text_temporary, text)
            _write(seal_temporary, seal.encode())
            _sync(folder.path)
            claimed = _link(seal_temporary, folder.seal(version))
            _sync(folder.path)
            if claimed or Folder(folder.root, folder.name).claim(version) == digest:
                _link(text_temporary, folder.json(version))
                _sync(folder.path)
            return claimed
        finally:
            # A claim that is not in place yet keeps its text, for whoever comes next.
            if os.path.lexists(folder.json(version)) or not _is_same(seal_temporary, folder.seal(version)):
                _remove(text_temporary)
            _remove(seal_temporary)


def replace(folder: Folder, version: str, kind: str, content: bytes) -> None:
    """Put ``<version>.<kind>`` on disk in one step, over what may stand there; for files that are not frozen."""
    with working() as token:
        temporary = folder.path / f".{version}.{kind}.{token}.tmp"
        try:
            _write(temporary, content)
            temporary.replace(folder.path / f"{version}.{kind}")
            _sync(folder.path)
        finally:
            _remove(temporary)


def recover(root: Path, name: str) -> None:
    """Finish what a killed or failed writer has claimed, and remove the temporary files of writers that are gone."""
    path = root / name
    for each in temporaries(path):
        alive = each.is_alive()  # Asked first: what a dead writer left cannot change after that.
        folder = Folder(root, name)
        if folder.lacks(each):
            # Gone by now: its writer, or another who came by, has put it into place first.
            with disk(folder.json(each.version)), contextlib.suppress(FileNotFoundError):
                _link(each.path, folder.json(each.version))
                _sync(path)
        if not alive:
            _remove(each.path)


def make_folder(folder: Path) -> None:
    """Create *folder* and what is missing above it, on disk when this returns."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for each in missing:
        _sync(each.parent)


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o666)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _link(source: Path, target: Path) -> bool:
    """Create *target* as a second name of *source*; return false where it exists already."""
    try:
        os.link(source, target, follow_symlinks=False)
    except FileExistsError:
        return False
    return True


def _sync(folder: Path) -> None:
    """Have the names in *folder* on disk, where the system can: the steps must reach it in order."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(path: Path) -> None:
    """Remove a temporary file if that can be done; one that stays behind is harmless, and swept up later."""
    with contextlib.suppress(OSError):
        path.unlink()


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
