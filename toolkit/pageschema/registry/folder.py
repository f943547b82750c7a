"""The folder of one name: what it holds, and what of it is not as it was frozen. Nothing here writes."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Literal, TypeAlias

import semver

from pageschema import jsontext
from pageschema.errors import PageSchemaError, RegistryError
from pageschema.registry.temporary import Temporary, temporaries
from pageschema.schema import PageSchema

FaultKind: TypeAlias = Literal["changed", "missing", "unsealed", "interrupted", "unreadable", "conflict"]

RESTORE = "restore it from version control"
_LINE = re.compile(r"([0-9a-f]{64})  ([0-9.]+)\.json")
_PATIENCE = 20
"""How many times to look again, 50 ms apart, at a version that a living writer is just publishing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """One immutable version of a page schema, its text confirmed against its digest.

    `created` is true only in what `Registry.publish` returns, where this very call published the version.
    """

    name: str
    version: str
    schema: PageSchema
    digest: str
    path: Path
    created: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryFault:
    """A frozen version that is not as it was frozen. `path` is the file to look at; `version` is "" for a folder."""

    name: str
    version: str
    path: Path
    what: str
    remedy: str
    kind: FaultKind

    def __str__(self) -> str:
        return str(self.as_error())

    def as_error(self) -> RegistryError:
        """Return the exception for a caller who needs this version."""
        return RegistryError(self.what, where=str(self.path), remedy=self.remedy)


@dataclass(slots=True)
class Folder:
    """What the folder of one name holds, as read when this was made.

    `versions` are those that stand there or that a digest file speaks of, lowest first. `recorded` maps a version to
    the digest that each version's digest file gives for it.

    Raises:
        RegistryError: The folder cannot be read, or is a link that leads out of the registry.
    """

    root: Path
    name: str
    versions: tuple[str, ...] = ()
    recorded: dict[str, dict[str, str]] = field(default_factory=dict)
    _unreadable: dict[str, PageSchemaError] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.path.is_dir():
            return
        _require_inside(self.root, self.path)
        with disk(self.path):
            entries = os.listdir(self.path)  # noqa: PTH208 - names are wanted, not paths
        found = {version for version, dot, suffix in (entry.rpartition(".") for entry in entries)
                 if dot and suffix in {"json", "sha256"} and parse_version(version)}  # fmt: skip
        for version in found:
            # Not by the listing: a version published meanwhile may be listed by half.
            if os.path.lexists(self.seal(version)):
                self._read_seal(version)
        self.versions = tuple(sorted(found | self.recorded.keys(), key=semver.Version.parse))

    @property
    def path(self) -> Path:
        """The folder."""
        return self.root / self.name

    def json(self, version: str) -> Path:
        """Return the path of a version's text."""
        return self.path / f"{version}.json"

    def seal(self, version: str) -> Path:
        """Return the path of a version's digest file."""
        return self.path / f"{version}.sha256"

    def claim(self, version: str) -> str | None:
        """Return the digest that the version's own digest file gives."""
        return self.recorded.get(version, {}).get(version)

    def chain(self) -> str:
        """Return the lines of a digest file for every version so far.

        Raises:
            RegistryError: A digest is unknown or disputed: what was frozen can no longer be told.
        """
        lines = []
        for version in self.versions:
            digests = set(self.recorded.get(version, {}).values())
            if len(digests) != 1:
                raise RegistryError(
                    f"{'more than one' if digests else 'no'} digest is recorded for it",
                    where=str(self.json(version)),
                    remedy=f"{RESTORE}, its .sha256 file too, before freezing the next",
                )
            lines.append(f"{digests.pop()}  {version}.json\n")
        return "".join(lines)

    def read(self, version: str) -> Frozen:
        """Return one version.

        Raises:
            RegistryError: It is not as it was frozen.
        """
        found = self._judge(version)
        if isinstance(found, RegistryFault):
            raise found.as_error()
        return found

    def fault(self, version: str) -> RegistryFault | None:
        """Return the first thing that is wrong with one version."""
        found = self._judge(version)
        return found if isinstance(found, RegistryFault) else None

    def lacks(self, temporary: Temporary) -> bool:
        """Return whether *temporary* holds the text of a version that is claimed and not in place."""
        if temporary.kind != "json" or os.path.lexists(self.json(temporary.version)):
            return False
        try:
            digest = sha256(temporary.path.read_bytes()).hexdigest()
        except OSError:
            return False
        return digest == self.claim(temporary.version)

    def _appears(self, version: str) -> bool:
        """Return whether a version's text is there, having waited for a living writer who is putting it there."""
        for _ in range(_PATIENCE):
            if os.path.lexists(self.json(version)):
                return True
            if not any(each.version == version and each.is_alive() for each in temporaries(self.path)):
                break
            time.sleep(0.05)
        return os.path.lexists(self.json(version))

    def _judge(self, version: str) -> Frozen | RegistryFault:
        def fault(kind: FaultKind, what: str, remedy: str = RESTORE, *, at: Path | None = None) -> RegistryFault:
            path = at or self.json(version)
            return RegistryFault(name=self.name, version=version, path=path, what=what, remedy=remedy, kind=kind)

        if version in self._unreadable:
            return fault("unreadable", self._unreadable[version].what, at=self.seal(version))
        if not self._appears(version):
            if any(self.lacks(each) for each in temporaries(self.path) if each.version == version):
                return fault("interrupted", "freezing it was interrupted", "freeze again: that finishes it first")
            return fault("missing", "was frozen and is missing")
        digests = self.recorded.get(version, {})
        if len(set(digests.values())) > 1:
            (first, one), *_, (second, two) = sorted(digests.items(), key=lambda item: item[1])
            what = f"two digests are recorded for it ({one[:8]}… in {first}.sha256, {two[:8]}… in {second}.sha256)"
            return fault("conflict", what, f"{RESTORE}, its .sha256 file too")
        try:
            text = read_bytes(self.root, self.json(version))
            digest = sha256(text).hexdigest()
            if digests and digest not in digests.values():
                was = next(iter(digests.values()))
                what = f"changed since it was frozen (digest {digest[:8]}… was {was[:8]}…)"
                return fault("changed", what, f"{RESTORE}; a change belongs into the model, and into a new version")
            if self.claim(version) is None:
                what = f"its digest file {version}.sha256 is missing"
                return fault("unsealed", what, f"{RESTORE}; a file that was never frozen does not belong here")
            schema = PageSchema.parse(text, name=self.name, where=str(self.json(version)))
        except PageSchemaError as error:
            return fault("unreadable", error.what)
        return Frozen(name=self.name, version=version, schema=schema, digest=digest, path=self.json(version))

    def _read_seal(self, version: str) -> None:
        try:
            recorded = _parse_seal(read_bytes(self.root, self.seal(version)), version)
        except PageSchemaError as error:
            self._unreadable[version] = error
            return
        for each, digest in recorded.items():
            self.recorded.setdefault(each, {})[version] = digest


def parse_version(text: str) -> semver.Version | None:
    """Return MAJOR.MINOR.PATCH as a value, or None for anything else."""
    try:
        version = semver.Version.parse(text)
    except (ValueError, TypeError):
        return None
    return version if text.isascii() and version.prerelease is None and version.build is None else None


def read_bytes(root: Path, path: Path) -> bytes:
    """Return what a file of the registry holds.

    Raises:
        RegistryError: It cannot be read, lies outside of *root*, or is no regular file of sensible size.
    """
    _require_inside(root, path)
    with disk(path):
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > jsontext.MAX_BYTES:
            raise RegistryError("is no regular file of sensible size", where=str(path), remedy=RESTORE)
        return path.read_bytes()


_REMEDIES = {
    errno.ENOSPC: "free some space, then try again",
    errno.EDQUOT: "free some of the quota, then try again",
    errno.EFBIG: "raise the limit on file size, then try again",
    errno.EACCES: "give yourself access to it",
    errno.EPERM: "give yourself access to it, on a file system that has hard links",
    errno.EROFS: "mount it writable, or name another folder",
    errno.ELOOP: "put the file itself there",
}


@contextlib.contextmanager
def disk(path: Path) -> Iterator[None]:
    """Raise what the disk refuses as a `RegistryError` about *path*."""
    try:
        yield
    except OSError as error:
        remedy = _REMEDIES.get(error.errno or 0, "look after the disk, then try again")
        what = (error.strerror or str(error)).lower()
        raise RegistryError(f"the disk refused: {what}", where=str(path), remedy=remedy) from error


def _require_inside(root: Path, path: Path) -> None:
    with disk(path):
        if not path.resolve().is_relative_to(root.resolve()):
            raise RegistryError(
                "is a link that leads out of the registry", where=str(path), remedy="put there what it leads to"
            )


def _parse_seal(content: bytes, version: str) -> dict[str, str]:
    recorded: dict[str, str] = {}
    for number, line in enumerate(content.decode("utf-8", errors="replace").removesuffix("\n").split("\n"), start=1):
        match = _LINE.fullmatch(line)
        if match is None or not parse_version(match[2]) or match[2] in recorded:
            raise RegistryError(f"line {number} is not '<sha256>  <version>.json', each version once")
        recorded[match[2]] = match[1]
    if version not in recorded:
        raise RegistryError(f"holds no digest for {version}.json")
    return recorded
