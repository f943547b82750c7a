"""The main job: all that can be known of a project's schemas, its contract and the emulator, in one report."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pageschema.conformance import check_extraction
from pageschema.contract import Answer, Contract, apply_patch
from pageschema.errors import NoExtraction, PageSchemaError
from pageschema.finding import Severity
from pageschema.fuzzing import FuzzResult
from pageschema.project.drift import status
from pageschema.project.endpoint import EMULATED_RESOURCES, contract_run
from pageschema.project.project import Project, shown
from pageschema.project.steps import history
from pageschema.project.targets import Resolved, read_text
from pageschema.project.telling import Telling
from pageschema.schema import PageSchema

RESULTS_FOLDER = "results"
EXPECTED_TO_FAIL = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong: where, what, and what to do about it."""

    where: str
    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of the job. It is well when it has no problem; notes are worth reading and fail nothing."""

    name: str
    summary: str
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """What `pageschema verify` found. `fuzz` is the contract run in full."""

    root: str
    sections: tuple[Section, ...]
    seed: int
    fuzz: FuzzResult | None = None

    @property
    def ok(self) -> bool:
        """Whether no section has a problem."""
        return not any(section.problems for section in self.sections)

    def as_json(self) -> dict[str, Any]:
        """Return the members that ``verify --format json`` prints."""
        return {
            "ok": self.ok,
            "root": self.root,
            "seed": self.seed,
            "sections": [
                {
                    "name": section.name,
                    "ok": not section.problems,
                    "summary": section.summary,
                    "problems": [
                        {"where": problem.where, "message": problem.message, "remedy": problem.remedy}
                        for problem in section.problems
                    ],
                    "notes": list(section.notes),
                    "seconds": round(section.seconds, 3),
                }
                for section in self.sections
            ],
            "fuzz": self.fuzz.as_json() if self.fuzz else None,
        }


Announce = Callable[[str, str], None]
"""Told the section under way and how far it is."""


def verify(
    project: Project,
    *,
    faults: Iterable[str] = (),
    max_requests: int | None = None,
    seed: int | None = None,
    announce: Announce | None = None,
) -> VerifyReport:
    """Check a whole project: drift and integrity, lint, history, stored results, the contract, and the emulator by it.

    Args:
        faults: Bugs to switch on in the emulator, to see that the run finds them.

    Raises:
        InvalidConfiguration: A setting cannot be used.
        MissingExtra: The emulator is not installed.
    """
    tell = announce or (lambda _name, _progress: None)
    number = seed if seed is not None else project.config.seed
    sections = []
    for name, part in (
        ("schemas", _schemas),
        ("lint", lint_section),
        ("history", _history),
        ("results", _results),
        ("contract", _contract),
    ):
        tell(name, "")
        started = time.perf_counter()
        sections.append(replace(part(project), seconds=time.perf_counter() - started))
    started = time.perf_counter()
    section, fuzzed = _endpoint(
        project,
        faults=tuple(faults),
        max_requests=max_requests or project.config.max_requests,
        seed=number,
        tell=tell,
    )
    sections.append(replace(section, seconds=time.perf_counter() - started))
    return VerifyReport(root=str(shown(project.config.root)), sections=tuple(sections), seed=number, fuzz=fuzzed)


def _schemas(project: Project) -> Section:
    rows = status(project)
    problems = [
        Problem(
            where=f"{row.file}:{row.line}" if row.line else row.file or row.name,
            message=f"{row.name}: {row.message}",
            remedy=row.remedy,
        )
        for row in rows
        if not row.ok
    ]
    versions = sum(len(project.registry.versions(name)) for name in sound(project))
    return Section(
        name="schemas",
        summary=f"{_count(len(project.names), 'schema')}, {_count(versions, 'frozen version')}, "
        f"{_count(len(project.targets), 'model')}",
        problems=tuple(problems),
    )


def lint_section(project: Project) -> Section:
    """Return what lint tells of the schemas as they are now: errors are problems, warnings notes."""
    problems: list[Problem] = []
    notes: list[str] = []
    schemas = list(current_schemas(project))
    items = [Resolved(where=str(each.origin) or each.name, text=each.text, schema=each) for each in schemas]
    for finding in Telling.of(project).new(items):
        where = str(finding.origin) or f"#{finding.pointer}"
        message = f"{finding.code} {finding.message}"
        if finding.severity is Severity.ERROR:
            problems.append(Problem(where=where, message=message, remedy=finding.remedy))
        elif finding.severity is Severity.WARNING:
            notes.append(f"{where}: {message}")
    return Section(
        name="lint",
        summary=f"{_count(len(schemas), 'schema')}, {_count(len(problems), 'error')}, {_count(len(notes), 'warning')}",
        problems=tuple(problems),
        notes=tuple(notes),
    )


def _history(project: Project) -> Section:
    problems: list[Problem] = []
    notes: list[str] = []
    steps = [step for name in sound(project) for step in history(project, name) if step.comparison is not None]
    breaking = 0
    for step in steps:
        comparison = step.comparison
        if comparison is None:
            continue
        answers = f"backward {comparison.backward}, forward {comparison.forward}"
        if "no" in {comparison.backward, comparison.forward}:
            breaking += 1
        if "unknown" in {comparison.backward, comparison.forward}:
            notes.append(f"{step.name} {step.previous} → {step.version}: {answers}")
        elif step.understated:
            problems.append(
                Problem(
                    where=step.path,
                    message=f"{step.version} is a {comparison.bump} change from {step.previous} ({answers})",
                    remedy=f"freeze {step.name} again under a {comparison.bump} version, and tell its readers",
                )
            )
    return Section(
        name="history",
        summary=f"{_count(len(steps), 'step')}, {breaking} of them breaking and numbered so",
        problems=tuple(problems),
        notes=tuple(notes),
    )


def _results(project: Project) -> Section:
    """Results kept under ``<registry>/<name>/results``: each must fit its schema; one called broken… must not."""
    problems: list[Problem] = []
    checked = 0
    for name in sound(project):
        schema = project.registry.latest(name).schema
        for path in kept_results(project, name):
            checked += 1
            problems += result_problems(path, schema)
    return Section(name="results", summary=f"{_count(checked, 'kept result')} checked", problems=tuple(problems))


def kept_results(project: Project, name: str) -> list[Path]:
    """Return the files of the results that are kept beside the frozen versions of *name*, in order."""
    return sorted(shown(project.config.registry / name / RESULTS_FOLDER).glob("*.json"))


def result_problems(path: Path, schema: PageSchema) -> list[Problem]:
    """Return what is wrong with a kept result: it does not fit, or it is called broken… and does.

    Raises:
        InvalidTarget: The file cannot be read.
        InvalidJSON: It is not JSON.
    """
    from pageschema import jsontext

    try:
        violations = check_extraction(jsontext.parse(read_text(path), where=str(path), unique_keys=True), schema)
    except NoExtraction as error:
        return [Problem(where=str(path), message=error.what, remedy=error.remedy)]
    if path.name.startswith(EXPECTED_TO_FAIL):
        if violations:
            return []
        remedy = f"rename it, or break it: a result called {EXPECTED_TO_FAIL}… is one that must be found out"
        return [
            Problem(where=str(path), message=f"fits {schema.name}, though its name says it does not", remedy=remedy)
        ]
    return [
        Problem(where=f"{path}#{violation.pointer}", message=violation.message, remedy=violation.remedy)
        for violation in violations
    ]


def _contract(project: Project) -> Section:
    """Each clause's own `breaks` must break it, and it alone: a clause that cannot be broken tells nothing."""
    contract = project.contract
    problems = tuple(
        Problem(
            where=f"clause {clause_id}",
            message="no patch under its breaks breaks this clause and no other",
            remedy="mend its schema or its breaks in overlay.yaml",
        )
        for clause_id in unbroken_clauses(contract)
    )
    strengths = [clause.strength.value for clause in contract.clauses]
    counts = ", ".join(f"{strengths.count(strength)} {strength}" for strength in dict.fromkeys(strengths))
    return Section(name="contract", summary=f"{_count(len(contract.clauses), 'clause')} ({counts})", problems=problems)


def unbroken_clauses(contract: Contract) -> Iterator[str]:
    """Yield the id of each clause that no patch of its own breaks, or only together with others."""
    from pageschema.fuzzing.sweep import bases

    known = bases({**EMULATED_RESOURCES, "schema_id": "sch_example", "checkpoint_id": "chk_example"}, ())
    for clause in contract.clauses:
        rulings = (
            contract.judge(apply_patch(base, patch).encode(), resources={}) for patch in clause.breaks for base in known
        )
        alone = (
            ruling.answer is Answer.REJECT and ruling.clauses == (clause.id,)
            if clause.binding
            else ruling.answer is Answer.UNSPECIFIED and clause.id in ruling.doubts
            for ruling in rulings
        )
        if not any(alone):
            yield clause.id


def _endpoint(
    project: Project, *, faults: Sequence[str], max_requests: int, seed: int, tell: Announce
) -> tuple[Section, FuzzResult]:
    tell("endpoint", "")
    result = contract_run(
        project,
        max_requests=max_requests,
        seed=seed,
        faults=faults,
        schemas=list(current_schemas(project)),
        progress=lambda sent, total, _failures: tell("endpoint", f"{sent}/{total}"),
    )
    switched_on = "".join(f" --fault {fault}" for fault in faults)
    binding = [count for count in result.clauses.values() if count.strength != "assumed"]
    return Section(
        name="endpoint",
        summary=f"{_count(result.requests, 'request')} to the emulator, {len(binding)} clauses each kept at least "
        f"{min(count.valid for count in binding)} and broken at least {min(count.broken for count in binding)} times",
        problems=tuple(
            Problem(
                where=failure.id,
                message=failure.message,
                remedy=f"send it again: pageschema replay {failure.replay}{switched_on}",
            )
            for failure in result.failures
        ),
        notes=(result.stopped,) if result.stopped else (),
    ), result


def current_schemas(project: Project) -> Iterator[PageSchema]:
    """Yield for each schema what its model gives, or its latest version where it has no model.

    A model that gives none is left out: the first section says why.
    """
    for name in project.names:
        if name in project.targets:
            with contextlib.suppress(PageSchemaError):
                yield project.generate(name)
        elif name in sound(project):
            yield project.registry.latest(name).schema


def sound(project: Project) -> list[str]:
    """Return the names in the registry whose every version is as it was frozen."""
    return [name for name in project.registry.names() if not project.registry.faults(name)]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
