"""Frozen versions to the API's saved schemas, in order, each written once and read back."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence

from pageschema.client import ExtractClient, SavedSchema, SavedSchemas
from pageschema.errors import InvalidConfiguration, InvalidTarget, PageSchemaError
from pageschema.project.project import Project
from pageschema.project.saved import (
    Endpoint,
    Ledger,
    Problem,
    SavedReport,
    SavedVersion,
    align,
    difference,
    drift,
    edited,
    failed,
    recorded_twice,
    same,
)
from pageschema.registry import Frozen, SavedAs, SavedRecords

Progress = Callable[[str], None]
"""Told the version under way."""


def push(
    project: Project,
    targets: Sequence[str] = (),
    *,
    base_url: str | None = None,
    allow_remote: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> SavedReport:
    """Save each frozen version that is not saved at *base_url* yet, as a version of its own, and record where.

    Nothing is written upstream unless what is there is what was left there. A version that is found there already, as
    after an answer that was lost, is recorded and not sent again.

    Args:
        targets: ``name`` or ``name@version``; by default everything that is frozen.
        base_url: Where to; there is no default. With *dry_run* it may be left out: then the records alone are told.
        dry_run: Say what would be sent, and write nothing here or there.

    Returns:
        A row for each version, up to the error that ended it early.

    Raises:
        InvalidTarget: A target names nothing that is frozen.
        InvalidConfiguration: There is no *base_url*, or it is not loopback and *allow_remote* is off.
        RegistryError: A version that is asked for is not frozen.
    """
    wanted = _wanted(project, targets)
    if base_url is None:
        if dry_run:
            return SavedReport(rows=tuple(row for name in wanted for row in _recorded(project, name, wanted[name])))
        raise InvalidConfiguration(
            "push has no default endpoint", remedy="say where to: --base-url https://www.datalab.to --allow-remote"
        )
    endpoint = Endpoint.of(base_url, allow_remote=allow_remote)
    rows: list[SavedVersion] = []
    with ExtractClient(base_url, allow_remote=allow_remote) as client:
        for name, versions in wanted.items():
            try:
                records = SavedRecords(project.registry.path, name)
                with contextlib.nullcontext() if dry_run else records.alone():
                    if not dry_run:
                        project.registry.recover(name)
                    one = _Push(Ledger.of(project, name, endpoint), SavedSchemas(client), versions, dry_run=dry_run)
                    stopped = one.run(progress or (lambda _: None))
            except PageSchemaError as error:
                return SavedReport(rows=(*rows, failed(name, error, origin=endpoint.origin)), stopped=error)
            rows += one.rows
            if stopped is not None:
                return SavedReport(rows=tuple(rows), stopped=stopped)
    return SavedReport(rows=tuple(rows))


class _Push:
    """The push of one name. What was decided of a version is in `_told`; of the others `rows` tells how they stand."""

    def __init__(self, ledger: Ledger, api: SavedSchemas, versions: frozenset[str], *, dry_run: bool) -> None:
        self._ledger = ledger
        self._api = api
        self._dry_run = dry_run
        self._versions = versions
        self._at: str | None = None
        self._told: dict[str | None, SavedVersion] = {}

    @property
    def rows(self) -> list[SavedVersion]:
        """A row for each version that is wanted, and for each of which there is something to tell."""
        rows = [self._told.get(each.version) or self._standing(each.version) for each in self._ledger.frozen]
        return [row for row in (*rows, self._told.get(None)) if row is not None]

    def run(self, progress: Progress) -> PageSchemaError | None:
        """Push; return the error that ended it."""
        try:
            problem = self._run(progress)
        except PageSchemaError as error:
            self._told[self._at] = self._ledger.row(self._at, "failed", error.what, error.remedy)
            return error
        if problem is not None:
            self._tell(problem)
        return None

    def _tell(self, problem: Problem) -> None:
        row = self._ledger.row(problem.version, problem.state, problem.message, problem.remedy)
        self._told[problem.version] = row

    def _standing(self, version: str) -> SavedVersion | None:
        """Return how a version stands: recorded, to be sent, or older than what is saved; None if it is not wanted."""
        ledger = self._ledger
        if self._versions and version not in self._versions:
            return None
        if version in ledger.saved:
            return ledger.row(version, "recorded")
        if any(each.version == version for each in ledger.unsaved):
            return ledger.row(version, "pending")
        message = "a later version is saved already, and this one would become the latest"
        if not self._versions:
            return ledger.row(version, "skipped", message)
        return ledger.row(version, "refused", message, "freeze it as a new version, if it is wanted again")

    def _pending(self) -> list[Frozen]:
        rows = {row.version for row in self.rows if row.state == "pending"}
        return [each for each in self._ledger.frozen if each.version in rows]

    def _run(self, progress: Progress) -> Problem | None:
        ledger = self._ledger
        progress(ledger.name)
        problem = recorded_twice(ledger)
        if problem is not None:
            return problem
        there: SavedSchema | None = None
        if ledger.last is not None:
            there = self._api.read(ledger.last[1].schema_id)
            problem = drift(ledger, there)
            if there is not None:
                self._compare(there)
        elif self._pending():
            there, problem = self._found()
        problem = problem or (self._adopt(there) if there else None)
        if problem is not None or self._dry_run:
            return problem
        for each in self._pending():
            self._at = each.version
            progress(f"{ledger.name} {each.version}")
            there, problem = self._send(each, there)
            if problem is not None:
                return problem
        return None

    def _compare(self, there: SavedSchema) -> None:
        """Tell of the recorded versions, as far as they can be read, whether they are still what was frozen.

        Only the last one stands in the way of a push: an earlier one could not be put back any more.
        """
        for version, saved in self._ledger.saved.items():
            problem = edited(self._ledger, version, there)
            if problem is not None:
                self._tell(problem)
            elif saved.version in there.contents and self._standing(version) is not None:
                self._told[version] = self._ledger.row(version, "unchanged")

    def _found(self) -> tuple[SavedSchema | None, Problem | None]:
        """Look for a saved schema of this name, so that none is saved twice."""
        ledger = self._ledger
        namesakes = self._api.find(ledger.name)
        fitting = [each for each in namesakes if align(ledger, each)]
        if len(fitting) == 1 or not namesakes:
            return (fitting[0] if fitting else None), None
        version = self._pending()[0].version
        ids = ", ".join(each.schema_id for each in fitting or namesakes)
        take = f"pageschema pull {(fitting or namesakes)[0].schema_id} --name {ledger.name} {ledger.endpoint.options}"
        if fitting:
            message = f"{len(fitting)} saved schemas of this name hold it already: {ids}"
            return None, Problem(
                version=version, state="ambiguous", message=message, remedy=f"say which one it is, such as: {take}"
            )
        message = f"what is saved under this name is none of the frozen versions: {ids}"
        return None, Problem(
            version=version, state="name taken", message=message, remedy=f"rename it there, or take it in: {take}"
        )

    def _adopt(self, there: SavedSchema) -> Problem | None:
        """Record what is there already; return a problem where somebody else has saved a version since."""
        ledger = self._ledger
        for version, number in align(ledger, there).items():
            saved = SavedAs(schema_id=there.schema_id, version=number)
            if self._dry_run:
                ledger.saved[version] = saved
                self._told[version] = ledger.row(version, "pending", "is there already: it would only be recorded")
            else:
                ledger.record(version, saved)
                self._told[version] = ledger.row(version, "adopted", "was there already")
        if ledger.last is None or there.version == ledger.last[1].version:
            return None
        return Problem(
            version=ledger.last[0],
            state="versioned upstream",
            message=f"version {there.version} of {there.schema_id} was saved by somebody else",
            remedy=f"take it in first: pageschema pull {ledger.name} {ledger.endpoint.options}",
        )

    def _send(self, frozen: Frozen, there: SavedSchema | None) -> tuple[SavedSchema | None, Problem | None]:
        """Save one version, record it, and read it back."""
        ledger, content = self._ledger, frozen.schema.value
        expected = there.version + 1 if there else 1
        told = self._api.add_version(there.schema_id, content) if there else self._api.create(ledger.name, content)
        ledger.record(frozen.version, SavedAs(schema_id=told.schema_id, version=told.version))
        now = self._api.read(told.schema_id)
        problem = self._confirm(frozen, told, now, expected)
        if problem is None and there is None:
            problem = self._alone(frozen.version, told.schema_id)
        self._told[frozen.version] = ledger.row(frozen.version, "pushed")
        return now, problem

    def _confirm(self, frozen: Frozen, told: SavedSchema, now: SavedSchema | None, expected: int) -> Problem | None:
        """Return what is wrong with what was read back; None where it is what was sent, under the number expected."""

        def problem(message: str, remedy: str) -> Problem:
            return Problem(version=frozen.version, state="unconfirmed", message=message, remedy=remedy)

        if now is None:
            return problem(
                f"it was saved as {told.schema_id}, which cannot be found now", "run the command again in a while"
            )
        held = [number for number, content in now.contents.items() if same(content, frozen.schema.value)]
        number = told.version if told.version in held or not held else max(held)
        if number != told.version:
            self._ledger.record(frozen.version, SavedAs(schema_id=told.schema_id, version=number))
        look = f"see what is there: pageschema pull {self._ledger.name} --dry-run {self._ledger.endpoint.options}"
        if not held:
            told_difference = difference(frozen, now.content)
            return problem(
                f"what is saved as version {now.version} of {now.schema_id} is not what was sent: {told_difference}",
                look,
            )
        if number != expected:
            return problem(f"it was saved as version {number} of {now.schema_id}, where {expected} was to come", look)
        if now.version != number:
            return problem(f"version {now.version} of {now.schema_id} was saved by somebody else right after it", look)
        if now.archived:
            return problem(f"{now.schema_id} was archived at the same moment", look)
        return None

    def _alone(self, version: str, schema_id: str) -> Problem | None:
        """Return what is wrong where somebody else saved one of the same name at the same moment."""
        others = [each.schema_id for each in self._api.find(self._ledger.name) if each.schema_id != schema_id]
        if not others:
            return None
        return Problem(
            version=version,
            state="unconfirmed",
            message=f"it was saved as {schema_id}, and somebody else saved this name at the same moment: "
            f"{', '.join(others)}",
            remedy="archive one of them there, and keep the record of the other",
        )


def _wanted(project: Project, targets: Sequence[str]) -> dict[str, frozenset[str]]:
    """Return the versions to push by name, none for all of them."""
    if not targets:
        names = project.registry.names()
        if not names:
            raise InvalidTarget(
                "nothing is frozen yet", where=str(project.registry.path), remedy="freeze first: pageschema freeze"
            )
        return dict.fromkeys(names, frozenset())
    found: dict[str, frozenset[str]] = {}
    for target in targets:
        name, at, version = target.partition("@")
        if name not in project.registry.names():
            raise project.unknown(name)
        if at:
            version = project.registry.get(name, version).version
        found[name] = found.get(name, frozenset()) | {version}
    # A name without a version stands for all of them.
    return {name: frozenset() if "" in versions else versions for name, versions in found.items()}


def _recorded(project: Project, name: str, versions: frozenset[str]) -> list[SavedVersion]:
    """Return what is recorded of one name at every endpoint: what can be told without asking any."""
    records = SavedRecords(project.registry.path, name)
    rows: list[SavedVersion] = []
    for each in project.registry.versions(name):
        if versions and each.version not in versions:
            continue
        recorded = records.read(each.version)
        rows += [
            SavedVersion(
                name=name,
                version=each.version,
                state="recorded",
                schema_id=saved.schema_id,
                schema_version=saved.version,
                origin=origin,
            )
            for origin, saved in recorded.items()
        ] or [SavedVersion(name=name, version=each.version, state="pending")]
    return rows
