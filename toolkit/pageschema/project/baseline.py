"""A baseline: the findings that a project has accepted, so that only new ones are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from pageschema import jsontext
from pageschema.errors import InvalidConfiguration, InvalidTarget
from pageschema.finding import Finding
from pageschema.project.files import write_file
from pageschema.project.targets import read_text

Baseline = Counter[tuple[str, str]]
"""How often a code is accepted at a place. A place has no line, so that code may move."""


def accepted(findings: Iterable[Finding], root: Path) -> Baseline:
    """Return the baseline that accepts all of *findings*; files are named as seen from *root*."""
    return Counter((finding.code, _at(finding, root)) for finding in findings)


def beyond(findings: Sequence[Finding], baseline: Baseline, root: Path) -> list[Finding]:
    """Return those of *findings* that *baseline* does not accept: of several at one place, the last ones."""
    left = baseline.copy()
    new = []
    for finding in findings:
        key = (finding.code, _at(finding, root))
        if left[key] > 0:
            left[key] -= 1
        else:
            new.append(finding)
    return new


def read_baseline(path: Path) -> Baseline:
    """Return the baseline that a file holds.

    Raises:
        InvalidConfiguration: There is none, or it is no baseline.
    """
    remedy = f"write it: pageschema lint --baseline {path} --update-baseline"
    if not path.is_file():
        raise InvalidConfiguration("there is no such baseline", where=str(path), remedy=remedy)
    try:
        value = jsontext.parse(read_text(path), where=str(path))
    except InvalidTarget as error:
        raise InvalidConfiguration(error.what, where=str(path), remedy=remedy) from error
    rows = value.get("accepted") if isinstance(value, dict) else None
    if not isinstance(rows, list):
        raise InvalidConfiguration("is no baseline: it has no array 'accepted'", where=str(path), remedy=remedy)
    found: Baseline = Counter()
    for index, row in enumerate(rows):
        match row:
            case {"code": str(code), "at": str(at), "count": int(count)} if count > 0:
                found[code, at] += count
            case _:
                raise InvalidConfiguration(
                    "is no baseline: a row has a code, a place 'at' and a count",
                    where=f"{path}#/accepted/{index}",
                    remedy=remedy,
                )
    return found


def write_baseline(path: Path, baseline: Baseline) -> None:
    """Write *baseline*: a row a place, in order, so that version control shows what was added and what went.

    Raises:
        InvalidTarget: The file cannot be written.
    """
    rows = [{"code": code, "at": at, "count": count} for (code, at), count in sorted(baseline.items()) if count > 0]
    write_file(path, jsontext.dumps({"accepted": rows}) + "\n")


def _at(finding: Finding, root: Path) -> str:
    origin = finding.origin
    if origin.model:
        return f"{origin.model}.{origin.field}" if origin.field else origin.model
    if not origin.file:
        return f"#{finding.pointer}"
    path = Path(origin.file)
    below = path.absolute()
    return f"{below.relative_to(root).as_posix() if below.is_relative_to(root) else path.as_posix()}#{finding.pointer}"
