"""The baseline of a contract run: failures of an endpoint that are accepted, so that only new ones are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from pageschema.fuzzing import FuzzResult
from pageschema.fuzzing.known import Known, key, parted
from pageschema.fuzzing.result import BOUNDS
from pageschema.project.baseline import read_rows, write_rows, wrong_row


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A run measured by its baseline: `gone` are the names of failures that it accepts and the run has not seen."""

    result: FuzzResult
    gone: tuple[str, ...] = ()
    written: bool = False


def read_known(path: Path, *, updating: bool = False) -> Known:
    """Return the failures that a file accepts; one that is to be written first accepts nothing yet.

    Raises:
        InvalidConfiguration: There is no such file, or it is no baseline.
    """
    found: Known = Counter()
    for where, row in () if updating and not path.exists() else read_rows(path, "fuzz"):
        match row:
            case {
                "check": str(check),
                "clause": str() | None as clause,
                "cause": str() | None as cause,
                "count": int(count),
            } if count > 0:
                found[check, clause or "", cause or ""] += count
            case _:
                raise wrong_row("a check, a clause, a cause and a count", where, path, "fuzz")
    return found


def settle(result: FuzzResult, known: Known, path: Path | None, *, updating: bool = False) -> Settled:
    """Say what *known* accepts and the run has not seen; with *updating*, accept what it has found and nothing else.

    A run that did not reach its end says of nothing that it is gone, and one that the endpoint or Ctrl-C has stopped
    changes no baseline.

    Raises:
        InvalidTarget: The baseline cannot be written.
    """
    failures = (*result.known, *result.failures)
    now: Known = Counter(key(failure) for failure in failures)
    gone = known - now if result.stopped is None else Counter()
    tried = {name for name, count in result.clauses.items() if count.valid + count.broken}
    gone = Counter({row: count for row, count in gone.items() if not row[1] or row[1] in tried})
    if path is None or not updating or (result.stopped is not None and result.stopped not in BOUNDS):
        return Settled(result=result, gone=tuple(_names(gone)))
    accepted = (known - gone) | now
    write_rows(path, [_row(*row, count) for row, count in sorted(accepted.items()) if count > 0])
    new, old = parted(failures, accepted)
    return Settled(result=replace(result, failures=tuple(new), known=tuple(old)), written=True)


def _row(check: str, clause: str, cause: str, count: int) -> dict[str, str | int | None]:
    return {"check": check, "clause": clause or None, "cause": cause or None, "count": count}


def _names(rows: Iterable[tuple[str, str, str]]) -> list[str]:
    return [": ".join(part for part in (".".join(filter(None, row[:2])), row[2]) if part) for row in sorted(rows)]
