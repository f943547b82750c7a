"""Auditing what is stored: schemas, versions and a baseline found by name, and where to run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from pageschema import jsontext
from pageschema.audit import AuditOptions, AuditProgress, AuditReport, audit_extractions
from pageschema.errors import InvalidConfiguration, InvalidJSON, InvalidTarget
from pageschema.project.project import Project
from pageschema.project.targets import Resolved, read_text, resolve_one

ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an audit was asked for on the command line."""

    target: str
    against: tuple[str, ...] = ()
    strict: bool = False
    field: str | None = None
    samples: int = 3
    sample: str | None = None
    evidence: bool = False
    unique_keys: bool = False
    baseline: Path | None = None
    write_broken: Path | None = None
    resume: Path | None = None
    workers: int | None = None
    scheduler: str | None = None


def audit_paths(
    project: Project, paths: Sequence[str], asked: Asked, *, on_progress: Callable[[AuditProgress], None]
) -> AuditReport:
    """Audit what *paths* hold.

    Raises:
        PageSchemaError: The question cannot be answered: see `audit_extractions`.
    """
    resolved = resolve_one(project, asked.target)
    schema = resolved.page_schema()
    name = resolved.frozen or asked.target
    options = AuditOptions(
        name=name,
        strict=asked.strict,
        field=asked.field,
        samples=asked.samples,
        against=_others(project, resolved, name, asked.against),
        evidence=asked.evidence,
        share=None if asked.sample is None else share(asked.sample),
        unique_keys=asked.unique_keys,
    )
    known = frozenset() if asked.baseline is None else read_known(asked.baseline)
    with ExitStack() as stack:
        executor = None
        if asked.scheduler is not None:
            from pageschema.audit.cluster import dask_executor

            executor = stack.enter_context(dask_executor(asked.scheduler))
        return audit_extractions(
            paths,
            schema,
            options=options,
            workers=asked.workers,
            executor=executor,
            write_broken=asked.write_broken,
            resume=asked.resume,
            known=known,
            on_progress=on_progress,
        )


def share(text: str) -> float:
    """Return a share that was written in per cent: ``5%``, ``0.1%``.

    Raises:
        InvalidConfiguration: It is none.
    """
    try:
        percent = float(text.removesuffix("%"))
    except ValueError:
        percent = -1
    if not text.endswith("%") or not 0 < percent <= 100:
        raise InvalidConfiguration(
            f"'{jsontext.clip(text)}' is no share", where="--sample", remedy="write per cent, 1% or 0.05%"
        )
    return percent / 100


def read_known(path: Path) -> frozenset[tuple[str, str]]:
    """Return the kinds of violations, as pointer and keyword, in what an earlier audit printed as JSON.

    Raises:
        InvalidConfiguration: The file holds no such thing.
    """
    remedy = f"write it: pageschema audit … --format json > {path}"
    try:
        value = jsontext.parse(read_text(path), where=str(path))
        return frozenset((str(row["pointer"]), str(row["keyword"])) for row in value["totals"])
    except (InvalidTarget, InvalidJSON) as error:
        raise InvalidConfiguration(error.what, where=str(path), remedy=remedy) from error
    except (KeyError, TypeError) as error:
        raise InvalidConfiguration("is no report of an audit", where=str(path), remedy=remedy) from error


def _others(project: Project, resolved: Resolved, name: str, against: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return the other schemas by their names, each once and none that is the schema itself."""
    found: dict[str, str] = {}
    for each in against:
        if each == ALL:
            registered = (resolved.frozen or "").partition("@")[0] or resolved.page_schema().name
            if registered not in project.registry.names():
                raise InvalidConfiguration(
                    f"the registry has no versions of '{jsontext.clip(registered)}'",
                    where="--against all",
                    remedy="name a schema of the registry with --schema, or versions with --against name@1.2.0",
                )
            found |= {f"{one.name}@{one.version}": one.schema.text for one in project.registry.versions(registered)}
        else:
            other = resolve_one(project, each)
            found[other.frozen or each] = other.page_schema().text
    found.pop(name, None)
    return tuple(found.items())
