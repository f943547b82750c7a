"""A baseline: the findings that a project has accepted, so that only new ones are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pageschema import jsontext
from pageschema.errors import InvalidConfiguration, InvalidTarget
from pageschema.finding import Finding, Origin
from pageschema.project.files import write_file
from pageschema.project.targets import read_text

Baseline = Counter[tuple[str, str]]
"""How often a code is accepted at a place. A place has no line, so that code may move."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a run has looked at: for each file, and each model of one, the codes that were told of it.

    Of anything else it cannot say that it is gone, but for what is in a file that is.
    """

    root: Path
    codes: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def covers(self, code: str, at: str) -> bool:
        """Return whether the run would have told what is accepted at a place."""
        ends = [end for end, sign in enumerate(f"{at}.") if sign in "#."]
        if any(code in self.codes.get(at[:end], ()) for end in ends):
            return True
        file = at.partition("#")[0] if "#" in at else at.rpartition(":")[0]
        return bool(file) and "\0" not in file and not (self.root / file).exists()


def accepted(findings: Iterable[Finding], root: Path) -> Baseline:
    """Return the baseline that accepts all of *findings*; files are named as seen from *root*."""
    return Counter((finding.code, place_of(finding, root)) for finding in findings)


def beyond(findings: Sequence[Finding], baseline: Baseline, root: Path) -> list[Finding]:
    """Return those of *findings* that *baseline* does not accept: of several at one place, the last ones."""
    left = baseline.copy()
    new = []
    for finding in findings:
        key = (finding.code, place_of(finding, root))
        if left[key] > 0:
            left[key] -= 1
        else:
            new.append(finding)
    return new


def gone(baseline: Baseline, now: Baseline, scope: Scope) -> Baseline:
    """Return what *baseline* accepts and a run that has found *now* has looked for and not found."""
    return Counter({row: count for row, count in (baseline - now).items() if scope.covers(*row)})


def read_baseline(path: Path) -> Baseline:
    """Return the baseline that a file holds.

    Raises:
        InvalidConfiguration: There is none, or it is no baseline.
    """
    if path.is_dir():
        raise InvalidConfiguration("is a folder, no baseline", where=str(path), remedy="name a file")
    found: Baseline = Counter()
    for where, row in read_rows(path, "lint"):
        match row:
            case {"code": str(code), "at": str(at), "count": int(count)} if count > 0:
                found[code, at] += count
            case _:
                raise wrong_row("a code, a place 'at' and a count", where, path, "lint")
    return found


def read_rows(path: Path, command: str) -> Iterator[tuple[str, Any]]:
    """Yield what a baseline of a command accepts: each row, and where it stands.

    Raises:
        InvalidConfiguration: There is none, or it is no baseline.
    """
    remedy = _written_by(path, command)
    if not path.is_file():
        raise InvalidConfiguration("there is no such baseline", where=str(path), remedy=remedy)
    remedy = f"take it back from version control; or delete it, and {remedy}"
    try:
        value = jsontext.parse(read_text(path), where=str(path))
    except InvalidTarget as error:
        raise InvalidConfiguration(error.what, where=str(path), remedy=remedy) from error
    rows = value.get("accepted") if isinstance(value, dict) else None
    if not isinstance(rows, list):
        raise InvalidConfiguration("is no baseline: it has no array 'accepted'", where=str(path), remedy=remedy)
    for index, row in enumerate(rows):
        yield f"{path}#/accepted/{index}", row


def wrong_row(has: str, where: str, path: Path, command: str) -> InvalidConfiguration:
    """Return what is raised for a row that is none."""
    remedy = f"take it back from version control; or delete it, and {_written_by(path, command)}"
    return InvalidConfiguration(f"is no baseline: a row has {has}", where=where, remedy=remedy)


def _written_by(path: Path, command: str) -> str:
    return f"write it: pageschema {command} --baseline {path} --update-baseline"


def write_baseline(path: Path, baseline: Baseline) -> None:
    """Write *baseline*: a row a place, in order, so that version control shows what was added and what went.

    Raises:
        InvalidTarget: The file cannot be written.
    """
    rows = [{"code": code, "at": at, "count": count} for (code, at), count in sorted(baseline.items()) if count > 0]
    write_rows(path, rows)


def write_rows(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write the rows of a baseline.

    Raises:
        InvalidTarget: The file cannot be written.
    """
    write_file(path, jsontext.dumps({"accepted": list(rows)}) + "\n")


def place_of(finding: Finding, root: Path) -> str:
    """Return the place that a finding is accepted at: a field of a model of a file, or a pointer into a file."""
    holder = holder_of(finding.origin, root)
    if not finding.origin.model:
        return f"{holder}#{finding.pointer}"
    return f"{holder}.{finding.origin.field}" if finding.origin.field else holder


def holder_of(origin: Origin, root: Path) -> str:
    """Return the file, as seen from *root*, or ``file:Model``, that holds what has this origin."""
    file = ""
    if origin.file:
        path = Path(origin.file)
        below = path.absolute()
        file = below.relative_to(root).as_posix() if below.is_relative_to(root) else path.as_posix()
    return ":".join(each for each in (file, origin.model) if each)
