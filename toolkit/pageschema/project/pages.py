"""What the pages for people tell of a project's schemas: where each stands, its steps with proof, what lint finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pageschema.conformance import check_extraction
from pageschema.contract import Clause
from pageschema.errors import InvalidTarget, PageSchemaError
from pageschema.evolution import Direction
from pageschema.finding import Finding
from pageschema.project.drift import Status, status
from pageschema.project.fields import Field, fields_of, since
from pageschema.project.project import Project
from pageschema.project.steps import Step, history
from pageschema.project.targets import Resolved
from pageschema.project.telling import Telling
from pageschema.project.verification import current_schemas, sound
from pageschema.schema import PageSchema

MAX_REASONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """An extraction that *writer*, one version, accepts and *reader*, the other, refuses; `reasons` say why."""

    direction: Direction
    writer: str
    reader: str
    witness: Any
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One frozen version with the step that led to it, and a proof for each side that it breaks."""

    step: Step
    schema: PageSchema
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaStanding:
    """One schema: how it stands today, its versions, the latest first, and what lint finds in it as it is now."""

    name: str
    rows: tuple[Status, ...]
    passages: tuple[Passage, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectStanding:
    """All that a report page tells besides the outcome of `verify`."""

    name: str
    schemas: tuple[SchemaStanding, ...]
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionPage:
    """What the page of one version tells. `example` is None where no extraction was found that fits."""

    passage: Passage
    fields: tuple[Field, ...]
    since: Mapping[str, str]
    example: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaPages:
    """One schema for people who never open the code: its versions, the latest first."""

    name: str
    versions: tuple[VersionPage, ...]

    @property
    def latest(self) -> VersionPage:
        """The page of the version that is sent today."""
        return self.versions[0]


def standing(project: Project) -> ProjectStanding:
    """Return how every schema of *project* stands.

    Raises:
        InvalidTarget: There is no schema.
        InvalidConfiguration: A setting cannot be used.
    """
    rows = status(project)
    telling = Telling.of(project)
    found: dict[str, tuple[Finding, ...]] = {}
    for schema in current_schemas(project):
        item = Resolved(where=str(schema.origin) or schema.name, text=schema.text, schema=schema)
        found[schema.name] = tuple(telling.new([item]))
    known = sound(project)
    return ProjectStanding(
        name=project.name,
        schemas=tuple(
            SchemaStanding(
                name=name,
                rows=tuple(row for row in rows if row.name == name),
                passages=passages(project, name) if name in known else (),
                findings=found.get(name, ()),
            )
            for name in project.names
        ),
        clauses=project.contract.clauses,
    )


def passages(project: Project, name: str) -> tuple[Passage, ...]:
    """Return the frozen versions of *name* with the proof of whom each breaks, the latest first.

    Raises:
        InvalidTarget: No schema is called that.
        RegistryError: A version is not as it was frozen.
    """
    schemas = {frozen.version: frozen.schema for frozen in project.registry.versions(name)}
    steps = history(project, name)
    return tuple(
        Passage(step=step, schema=schemas[step.version], proofs=tuple(_proofs(step, schemas)))
        for step in reversed(steps)
    )


def schema_pages(project: Project) -> tuple[SchemaPages, ...]:
    """Return what there is to tell of each schema that has a frozen version.

    Raises:
        InvalidTarget: Nothing is frozen yet.
        RegistryError: A version is not as it was frozen: pages tell of nothing else.
    """
    names = project.registry.names()
    if not names:
        raise InvalidTarget(
            "there is no frozen version to write pages of",
            where=str(project.registry.path),
            remedy="freeze your models first: pageschema freeze",
        )
    return tuple(_pages(project, name) for name in names)


def _pages(project: Project, name: str) -> SchemaPages:
    from pageschema.emulator.extraction import Extraction, extract

    told = passages(project, name)
    fields = [fields_of(passage.schema.value) for passage in told]
    first = since([(passage.step.version, rows) for passage, rows in zip(told, fields, strict=True)][::-1])
    versions = []
    for passage, rows in zip(told, fields, strict=True):
        found = extract(passage.schema.text)
        example = found.value if isinstance(found, Extraction) else None
        version = passage.step.version
        versions.append(VersionPage(passage=passage, fields=rows, since=first[version], example=example))
    return SchemaPages(name=name, versions=tuple(versions))


def _proofs(step: Step, schemas: Mapping[str, PageSchema]) -> list[Proof]:
    if step.comparison is None or step.previous is None:
        return []
    sides: dict[Direction, tuple[str, str]] = {
        "backward": (step.previous, step.version),
        "forward": (step.version, step.previous),
    }
    return [
        Proof(
            direction=direction,
            writer=sides[direction][0],
            reader=sides[direction][1],
            witness=witness,
            reasons=_reasons(witness, schemas[sides[direction][1]]),
        )
        for direction, witness in step.comparison.witnesses.items()
    ]


def _reasons(witness: Any, reader: PageSchema) -> tuple[str, ...]:
    """Return why *reader* refuses *witness*, in words; none where they are not to be had: the witness stands anyway.

    By `format`, which is an annotation to whoever compares versions, nothing is refused there.
    """
    try:
        violations = [each for each in check_extraction(witness, reader, strict=True) if each.keyword != "format"]
    except PageSchemaError:
        return ()
    return tuple(f"{each.pointer or '(root)'}: {each.message}" for each in violations[:MAX_REASONS])
