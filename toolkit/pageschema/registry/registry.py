"""Registry: the folder of frozen versions, by name and version."""

from __future__ import annotations

import difflib
import os
import re
import unicodedata
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import semver

from pageschema import jsontext
from pageschema.errors import RegistryError
from pageschema.registry import writing
from pageschema.registry.folder import Folder, Frozen, RegistryFault, disk, parse_version
from pageschema.schema import PageSchema

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")


class Registry:
    """The folder of frozen versions. It need not exist before the first is published."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)

    def names(self) -> tuple[str, ...]:
        """Return the names that have a frozen version, sound or not, in order."""
        return tuple(name for name in self._entries() if _NAME.fullmatch(name) and self._counts(name))

    def versions(self, name: str) -> tuple[Frozen, ...]:
        """Return every version of *name*, lowest first; none where nothing is frozen under that name.

        Raises:
            RegistryError: One of them is not as it was frozen: a history with a hole is no history.
        """
        folder = self._folder(name)
        return tuple(folder.read(version) for version in folder.versions)

    def numbers(self, name: str) -> tuple[str, ...]:
        """Return the number of every version of *name*, sound or not, lowest first.

        Raises:
            RegistryError: The folder cannot be read.
        """
        return self._folder(name).versions

    def latest(self, name: str) -> Frozen:
        """Return the highest version of *name*.

        Raises:
            RegistryError: There is none, or it is not as it was frozen.
        """
        return self.get(name)

    def get(self, name: str, version: str | None = None) -> Frozen:
        """Return one version of *name*, the highest by default.

        Raises:
            RegistryError: There is no such version, or it is not as it was frozen.
        """
        folder = self._folder(name) if _NAME.fullmatch(name) else None
        if folder is None or not folder.versions:
            raise RegistryError(
                f"no frozen version of '{jsontext.clip(name)}'",
                where=str(self.path),
                remedy=_suggest(name, self.names(), otherwise="pageschema freeze writes the first version"),
            )
        wanted = folder.versions[-1] if version is None else version
        if wanted not in folder.versions:
            raise RegistryError(
                f"{name} has no version '{jsontext.clip(wanted)}'",
                where=str(folder.path),
                remedy=_suggest(wanted, folder.versions, otherwise=f"the latest is {folder.versions[-1]}"),
            )
        return folder.read(wanted)

    def faults(self, name: str | None = None) -> tuple[RegistryFault, ...]:
        """Return every way in which the frozen versions, or those of *name*, are not as they were frozen."""
        if name is not None:
            self._require_pattern(name)
        found: list[RegistryFault] = []
        for each in self.names() if name is None else (name,):
            try:
                folder = self._folder(each)
            except RegistryError as error:
                found.append(
                    RegistryFault(
                        name=each,
                        version="",
                        path=self.path / each,
                        what=error.what,
                        remedy=error.remedy,
                        kind="unreadable",
                    )
                )
                continue
            found.extend(fault for version in folder.versions if (fault := folder.fault(version)) is not None)
        return tuple(found)

    def publish(self, schema: PageSchema, *, name: str, version: str) -> Frozen:
        """Write *schema* as a version that is never changed, in one atomic step, and on disk when this returns.

        Publishing the same text again under the same version is no error and changes nothing. What an interrupted
        writer left is finished or removed first.

        Args:
            name: Lower-case letters, digits, ``_`` and ``-``; at most 100.
            version: MAJOR.MINOR.PATCH, higher than every version there is.

        Raises:
            InvalidJSON: The text is not JSON.
            InvalidSchema: The text is no page schema.
            RegistryError: The name or version cannot be used or is taken, or the disk refused.
        """
        number = _require_version(version)
        self._require_name(name)
        text = _encode(schema)
        PageSchema.parse(text, where=schema.name)
        with disk(self.path / name):
            writing.make_folder(self.path / name)
        self.recover(name)

        folder = self._folder(name)
        digest = sha256(text).hexdigest()
        created = False
        if folder.claim(version) is None:
            _require_next(folder, number)
        if folder.claim(version) in {None, digest} and not os.path.lexists(folder.json(version)):
            with disk(folder.json(version)):
                created = writing.place(folder, version, text)
        folder = self._folder(name)  # Read anew: a rival may have been faster.
        if folder.claim(version) != digest:
            raise _already_frozen(folder, version)
        return replace(folder.read(version), created=created)

    def recover(self, name: str) -> None:
        """Finish what a killed or failed writer of *name* has claimed, and remove the temporary files it left.

        Those of a writer that is still alive on this machine are left to it. `publish` does this by itself.

        Raises:
            RegistryError: The disk refused.
        """
        writing.recover(self.path, self._folder(name).name)

    def _entries(self) -> list[str]:
        with disk(self.path):
            return sorted(os.listdir(self.path)) if os.path.lexists(self.path) else []  # noqa: PTH208 - names, not paths

    def _counts(self, name: str) -> bool:
        """Return whether a folder holds versions, or may: one that cannot be read has a fault to report."""
        try:
            return bool(self._folder(name).versions)
        except RegistryError:
            return True

    def _folder(self, name: str) -> Folder:
        self._require_pattern(name)
        return Folder(self.path, name)

    def _require_pattern(self, name: str) -> None:
        if not _NAME.fullmatch(name):
            raise RegistryError(
                f"'{jsontext.clip(name)}' cannot be the name of a frozen schema",
                where=str(self.path),
                remedy="use lower-case letters, digits, '_' and '-', starting with a letter or digit, at most 100",
            )

    def _require_name(self, name: str) -> None:
        self._folder(name)
        for other in self._entries():
            if other != name and unicodedata.normalize("NFC", other).casefold() == name:
                raise RegistryError(
                    f"'{name}' and '{jsontext.clip(other)}' are one name where file names ignore case",
                    where=str(self.path),
                    remedy=f"rename the folder '{jsontext.clip(other)}', or pick another name",
                )


def _require_version(text: str) -> semver.Version:
    version = parse_version(text)
    if version is None:
        raise RegistryError(f"'{jsontext.clip(text)}' is no version", remedy="write MAJOR.MINOR.PATCH, such as 1.0.0")
    return version


def _require_next(folder: Folder, number: semver.Version) -> None:
    if not folder.versions:
        return
    latest = folder.versions[-1]
    fault = folder.fault(str(number)) if str(number) in folder.versions else None
    if fault is not None:
        raise fault.as_error()
    if number <= semver.Version.parse(latest):
        raise RegistryError(
            f"{number} is not higher than {latest}, the latest version of {folder.name}",
            where=str(folder.path),
            remedy="pick a higher version: frozen ones keep their order",
        )


def _encode(schema: PageSchema) -> bytes:
    try:
        return schema.text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise RegistryError(
            "a string holds half of a surrogate pair", where=schema.name, remedy="escape the whole pair, or drop it"
        ) from error


def _already_frozen(folder: Folder, version: str) -> RegistryError:
    return RegistryError(
        f"{folder.name} {version} is already frozen",
        where=str(folder.json(version)),
        remedy="freeze the change under a higher version",
    )


def _suggest(given: str, known: tuple[str, ...], *, otherwise: str) -> str:
    near = difflib.get_close_matches(given, known, n=1)
    return f"did you mean {near[0]}?" if near else otherwise
