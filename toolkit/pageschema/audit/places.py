"""The files that paths, folders, globs and URLs stand for, and how they are opened. The door of fsspec."""

from __future__ import annotations

import glob
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from pageschema import jsontext
from pageschema.errors import InvalidTarget, MissingExtra

SUFFIXES = (".jsonl", ".ndjson", ".json", ".parquet", ".pq")
_PACKED = (".gz", ".gzip", ".zst", ".zstd")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A file with records: where, and how many bytes it has."""

    path: str
    size: int


def places(path: str) -> list[Place]:
    """Return the files that *path* stands for, in order of name.

    Raises:
        InvalidTarget: There is none.
    """
    found = _remote(path) if is_url(path) else _local(path)
    if not found:
        raise InvalidTarget(
            "no file with records there",
            where=jsontext.clip(path),
            remedy=f"name a file, or a folder or glob of files that end in {', '.join(SUFFIXES)}, .gz or .zst",
        )
    return found


def open_bytes(path: str) -> IO[bytes]:
    """Open a local file or a URL for reading in large pieces."""
    if is_url(path):
        system, inner = _system(path)
        opened: IO[bytes] = system.open(inner, "rb")
        return opened
    return Path(path).open("rb", buffering=0)


def is_url(path: str) -> bool:
    """Return whether fsspec is asked for *path*."""
    return "://" in path or "::" in path


def _local(path: str) -> list[Place]:
    try:
        if Path(path).is_dir():
            files = sorted(str(each) for each in Path(path).rglob("*") if _holds_records(each.name) and each.is_file())
        elif Path(path).exists() or not glob.has_magic(path):
            files = [path]
        else:
            found = glob.glob(path, recursive=True)  # noqa: PTH207 - pathlib takes no pattern from the root on.
            files = sorted(each for each in found if Path(each).is_file())
        return [Place(path=file, size=_size(file)) for file in files]
    except (OSError, ValueError) as error:
        what = error.strerror if isinstance(error, OSError) else str(error)
        raise InvalidTarget(
            f"cannot be read: {what}", where=jsontext.clip(path), remedy="name a file that is there"
        ) from error


def _size(file: str) -> int:
    with Path(file).open("rb") as opened:  # Opened, not only looked at: whether it may be read is better known now.
        return os.fstat(opened.fileno()).st_size


def _remote(path: str) -> list[Place]:
    system, inner = _system(path)
    try:
        if glob.has_magic(inner):
            names = sorted(system.glob(inner))
        elif system.isdir(inner):
            names = sorted(name for name in system.find(inner) if _holds_records(name))
        else:
            names = [inner]
        return [Place(path=system.unstrip_protocol(name), size=int(system.size(name) or 0)) for name in names]
    except Exception as error:
        # Each file system has exceptions of its own.
        raise InvalidTarget(
            f"cannot be read: {jsontext.clip(str(error) or type(error).__name__, 160)}",
            where=jsontext.clip(path),
            remedy="name a file that is there, with the credentials that its file system needs",
        ) from error


def _system(path: str) -> tuple[Any, str]:
    try:
        import fsspec
    except ImportError as error:
        raise MissingExtra(f"reading {jsontext.clip(path)}", extra="audit") from error
    try:
        system, inner = fsspec.core.url_to_fs(path)
    except (ImportError, ValueError) as error:
        raise InvalidTarget(
            f"no file system for it: {jsontext.clip(str(error), 160)}",
            where=jsontext.clip(path),
            remedy="pip install s3fs (for s3://) or gcsfs (for gs://)",
        ) from error
    return system, inner


def _holds_records(name: str) -> bool:
    name = name.lower()
    for packed in _PACKED:
        name = name.removesuffix(packed)
    return name.endswith(SUFFIXES)
