"""Files of another revision, read from git: never checked out, never run, and nothing fetched for them.

The only door to the program. Of what it can do, commands are used that print objects as they are stored: no filter,
text conversion, hook or file-system monitor of the repository takes part.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pageschema import jsontext
from pageschema.errors import InvalidTarget

SECONDS = 30
MOST_BYTES = 4 * jsontext.MAX_BYTES
"""Of all files that are read at once."""
_SAFE = ("--no-pager", "--literal-pathspecs", "-c", "core.fsmonitor=", "-c", f"core.hooksPath={os.devnull}")
_ENVIRONMENT = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_FILES = {"100644", "100755"}
ACTIONS = "actions/checkout with fetch-depth: 0"
COMPLETE = "complete this copy: git fetch --refetch --no-filter origin"
UNSHALLOW = f"git fetch --unshallow (in GitHub Actions: {ACTIONS})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """A file of a revision. `path` is relative to the folder it was asked for from."""

    path: str
    id: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A commit of the repository around *folder*; `name` is what the user called it."""

    name: str
    commit: str
    folder: Path

    def files(self, path: str) -> tuple[Blob, ...]:
        """Return the regular files at or below *path*, which is relative to the folder; none where there are none.

        Raises:
            InvalidTarget: *path* leads out of the repository.
        """
        listed = _git(self.folder, "ls-tree", "-r", "-l", "-z", self.commit, "--", path)
        if listed.code:
            outside = "outside repository" in listed.complaint
            raise InvalidTarget(
                f"git cannot look there: {listed.complaint}",
                where=f"'{self.name}:{jsontext.clip(path)}'",
                remedy="give a path inside the repository, from the current folder" if outside else COMPLETE,
            )
        found = []
        for entry in os.fsdecode(listed.out).split("\0")[:-1]:
            facts, _, name = entry.partition("\t")
            mode, _, blob, size = facts.split()
            if mode in _FILES:
                found.append(Blob(path=name, id=blob, size=int(size)))
        return tuple(found)

    def read(self, blobs: Sequence[Blob]) -> list[bytes]:
        """Return what each of *blobs* holds.

        Raises:
            InvalidTarget: They are too large together, or an object is not in this copy of the repository.
        """
        size = sum(blob.size for blob in blobs)
        if size > MOST_BYTES:
            raise InvalidTarget(
                f"larger than {MOST_BYTES:,} bytes", where=self.name, remedy="compare fewer or smaller files"
            )
        asked = "".join(f"{blob.id}\n" for blob in blobs).encode()
        answer = _git(self.folder, "cat-file", "--batch", stdin=asked)
        contents, at = [], 0
        for blob in blobs:
            head = f"{blob.id} blob {blob.size}\n".encode()
            if answer.code or not answer.out.startswith(head, at):
                raise InvalidTarget(
                    "its content is not in this copy of the repository",
                    where=f"'{self.name}:{jsontext.clip(blob.path)}'",
                    remedy=COMPLETE,
                )
            at += len(head)
            contents.append(answer.out[at : at + blob.size])
            at += blob.size + 1
        return contents


def revision(name: str, folder: Path) -> Revision:
    """Return the commit that *name* stands for in the repository around *folder*.

    Raises:
        InvalidTarget: There is no such commit, no repository, or no git.
    """
    if not name or name.startswith("-") or not name.isprintable():
        raise InvalidTarget("is no revision of git", where=f"'{jsontext.clip(name)}'", remedy="name a branch or commit")
    found = _git(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").out.decode().strip()
    if re.fullmatch(r"[0-9a-f]{40,64}", found):
        return Revision(name=name, commit=found, folder=folder)
    inside = _git(folder, "rev-parse", "--git-dir")
    if inside.code:
        raise InvalidTarget(
            f"git finds no repository here: {inside.complaint}",
            where=f"'{jsontext.clip(name)}'",
            remedy="run it inside a clone of your repository",
        )
    deepen = " --unshallow" if _is_shallow(folder) else ""
    remedy = "git branch --all and git tag say what there is"
    if name.startswith("origin/"):
        branch = shlex.quote(f"{name.removeprefix('origin/')}:refs/remotes/{name}")
        remedy = f"fetch it first: git fetch{deepen} origin {branch} (in GitHub Actions: {ACTIONS})"
    elif deepen:
        remedy = f"fetch the history first: {UNSHALLOW}"
    raise InvalidTarget("there is no such revision here", where=f"'{jsontext.clip(name)}'", remedy=remedy)


def merge_base(one: Revision) -> Revision:
    """Return the commit where the branch that is checked out left *one*: what the branch began with.

    Raises:
        InvalidTarget: The two have no commit in common, as far as this clone knows.
    """
    head = revision("HEAD", one.folder)
    found = _git(one.folder, "merge-base", one.commit, head.commit)
    if found.code == 0:
        return Revision(name=one.name, commit=found.out.decode().split()[0], folder=one.folder)
    shallow = _is_shallow(one.folder)
    raise InvalidTarget(
        "has no commit in common with what is checked out"
        + (", as far as this shallow clone knows" if shallow else ""),
        where=f"'{jsontext.clip(one.name)}'",
        remedy=f"fetch the history first: {UNSHALLOW}" if shallow else "name the branch that yours began from",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    code: int
    out: bytes
    complaint: str


def _is_shallow(folder: Path) -> bool:
    return _git(folder, "rev-parse", "--is-shallow-repository").out.strip() == b"true"


def _git(folder: Path, *arguments: str, stdin: bytes = b"") -> _Answer:
    try:
        done = subprocess.run(  # noqa: S603 - no shell; what users name is never an option
            ["git", *_SAFE, *arguments],  # noqa: S607 - the git that the user runs
            check=False,
            cwd=folder,
            env={**os.environ, **_ENVIRONMENT},
            input=stdin,
            capture_output=True,
            timeout=SECONDS,
        )
    except FileNotFoundError as error:
        raise InvalidTarget("git is not installed", remedy="install it, or name a file or a frozen version") from error
    except subprocess.TimeoutExpired as error:
        raise InvalidTarget(
            f"git gave no answer within {SECONDS} s", remedy="try the command by hand: git log"
        ) from error
    said = done.stderr.decode("utf-8", "replace").strip().split("\n")
    fatal = next((each for each in said if each.startswith("fatal: ")), said[0])
    return _Answer(code=done.returncode, out=done.stdout, complaint=jsontext.clip(fatal.removeprefix("fatal: "), 200))
