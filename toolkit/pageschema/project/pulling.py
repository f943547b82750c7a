"""The API's saved schemas against the registry: what was changed there is told, what was saved there is frozen."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence

from pageschema.client import ExtractClient, SavedSchema, SavedSchemas, is_schema_id
from pageschema.errors import InvalidConfiguration, InvalidJSON, InvalidSchema, InvalidTarget, PageSchemaError
from pageschema.evolution import diff
from pageschema.project.freezing import next_version
from pageschema.project.project import Project
from pageschema.project.saved import (
    Endpoint,
    Ledger,
    Problem,
    SavedReport,
    SavedVersion,
    align,
    drift,
    edited,
    failed,
    recorded_twice,
)
from pageschema.registry import SavedAs, SavedRecords
from pageschema.schema import PageSchema

Progress = Callable[[str], None]
"""Told the schema under way."""


def pull(
    project: Project,
    targets: Sequence[str] = (),
    *,
    base_url: str,
    name: str | None = None,
    allow_remote: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> SavedReport:
    """Compare what is recorded with what is saved at *base_url*, and freeze the versions that were saved only there.

    Args:
        targets: Names of schemas, by default every one that is recorded there; with *name* one ``sch_…``.
        name: What to call a saved schema that nothing is recorded of yet.
        dry_run: Tell, and write nothing.

    Returns:
        A row for each version, up to the error that ended it early.

    Raises:
        InvalidTarget: A target names no schema, or none that was pushed there.
        InvalidConfiguration: The URL is not loopback and *allow_remote* is off, or *name* comes without one ``sch_…``.
    """
    endpoint = Endpoint.of(base_url, allow_remote=allow_remote)
    if name is not None and (len(targets) != 1 or not is_schema_id(targets[0])):
        raise InvalidConfiguration(
            "--name is for one saved schema", remedy=f"give its id: pageschema pull sch_… --name {name}"
        )
    wanted: dict[str, str | None] = {name: targets[0]} if name else dict.fromkeys(_wanted(project, targets, endpoint))
    rows: list[SavedVersion] = []
    with ExtractClient(base_url, allow_remote=allow_remote) as client:
        for each, schema_id in wanted.items():
            try:
                with _alone(project, each, dry_run=dry_run):
                    ledger = Ledger.of(project, each, endpoint)
                    (progress or (lambda _: None))(each)
                    one = _Pull(project, ledger, SavedSchemas(client), dry_run=dry_run)
                    stopped = one.run(schema_id)
            except PageSchemaError as error:
                return SavedReport(rows=(*rows, failed(each, error, origin=endpoint.origin)), stopped=error)
            rows += one.rows
            if stopped is not None:
                return SavedReport(rows=tuple(rows), stopped=stopped)
    return SavedReport(rows=tuple(rows))


class _Pull:
    """The pull of one name. `rows` tells what was found so far, in order of the versions there."""

    def __init__(self, project: Project, ledger: Ledger, api: SavedSchemas, *, dry_run: bool) -> None:
        self._project = project
        self._ledger = ledger
        self._api = api
        self._dry_run = dry_run
        self._latest: tuple[str, PageSchema] | None = None
        self.rows: list[SavedVersion] = []

    def run(self, schema_id: str | None) -> PageSchemaError | None:
        """Pull what is recorded, or the saved schema of that id; return the error that ended it."""
        try:
            self._run(schema_id)
        except PageSchemaError as error:
            self.rows.append(self._ledger.row(None, "failed", error.what, error.remedy))
            return error
        return None

    def _run(self, schema_id: str | None) -> None:
        ledger = self._ledger
        problem = recorded_twice(ledger)
        if problem is not None:
            self._tell(problem)
            return
        recorded = ledger.last[1].schema_id if ledger.last else None
        if schema_id is not None and recorded not in {None, schema_id}:
            raise InvalidTarget(
                f"{ledger.name} is saved as {recorded} already",
                remedy=f"pull that: pageschema pull {ledger.name} {ledger.endpoint.options}, or choose another --name",
            )
        there = self._api.read(schema_id or recorded or "")
        if there is None and recorded is None:
            raise InvalidTarget(
                f"this account has no {schema_id}",
                where=ledger.endpoint.origin,
                remedy="look at the id, and at whose key DATALAB_API_KEY is",
            )
        self._compare(there)
        if there is not None:
            self._bring(there)

    def _compare(self, there: SavedSchema | None) -> None:
        """Tell of each recorded version whether it is still what was frozen."""
        ledger = self._ledger
        gone = drift(ledger, there)
        for version, saved in sorted(ledger.saved.items(), key=lambda item: item[1].version):
            problem = gone if gone is not None and gone.version == version else None
            if problem is None and there is not None:
                problem = edited(ledger, version, there)
            if problem is not None:
                self._tell(problem)
            elif there is None:
                self.rows.append(ledger.row(version, "gone", gone.message if gone else "", gone.remedy if gone else ""))
            elif saved.version in there.contents:
                self.rows.append(ledger.row(version, "unchanged"))
            else:
                message = f"the history of {there.schema_id} does not tell what version {saved.version} holds"
                self.rows.append(ledger.row(version, "not compared", message))

    def _bring(self, there: SavedSchema) -> None:
        """Record the versions there that are frozen already, and freeze those that are not."""
        ledger = self._ledger
        found = align(ledger, there)
        last = max(found.values(), default=ledger.last[1].version if ledger.last else 0)
        for version, number in found.items():
            self._record(version, number, there)
            message = "is frozen already: it would only be recorded" if self._dry_run else "was frozen already"
            self.rows.append(ledger.row(version, "pending" if self._dry_run else "adopted", message))
        passed = [each.version for each in ledger.unsaved]
        frozen = self._project.registry.latest(ledger.name) if ledger.frozen else None
        self._latest = (frozen.version, frozen.schema) if frozen else None
        for numbers in _runs(last, there):
            if numbers[0] in there.contents:
                self._freeze(numbers[0], there)
            else:
                which = (
                    f"version {numbers[0]}" if numbers[0] == numbers[-1] else f"versions {numbers[0]} to {numbers[-1]}"
                )
                message = f"the history of {there.schema_id} does not tell what {which} of it holds: not frozen"
                self.rows.append(ledger.row(None, "not compared", message))
        if there.version > last:
            for version in passed:
                message = "is frozen here and not saved there, where another version came next"
                self.rows.append(ledger.row(version, "skipped", message))

    def _freeze(self, number: int, there: SavedSchema) -> None:
        """Freeze one version that is only there as the next one here, with the bump by the verdict."""
        ledger = self._ledger
        previous = self._latest
        try:
            schema = PageSchema.from_value(there.contents[number], name=ledger.name)
            step = diff(previous[1], schema) if previous else None
            version = next_version(previous[0] if previous else None, step.bump if step else "major")
            if not self._dry_run:
                self._project.registry.publish(schema, name=ledger.name, version=version)
        except (InvalidSchema, InvalidJSON) as error:
            message = f"version {number} of {there.schema_id} cannot be frozen: {error.what}"
            remedy = error.remedy or "save a version there that is a page schema"
            self._tell(Problem(version=None, state="refused", message=message, remedy=remedy))
            return
        self._latest = (version, schema)
        self._record(version, number, there)
        message = "the first version" if previous is None or step is None else (
            f"{'the same meaning as' if step.bump == 'none' else f'{step.bump} from'} {previous[0]}: "
            f"backward {step.backward}, forward {step.forward}"
        )  # fmt: skip
        self.rows.append(ledger.row(version, "pending" if self._dry_run else "pulled", message))

    def _record(self, version: str, number: int, there: SavedSchema) -> None:
        saved = SavedAs(schema_id=there.schema_id, version=number)
        if self._dry_run:
            self._ledger.saved[version] = saved
        else:
            self._ledger.record(version, saved)

    def _tell(self, problem: Problem) -> None:
        self.rows.append(self._ledger.row(problem.version, problem.state, problem.message, problem.remedy))


def _runs(last: int, there: SavedSchema) -> Iterator[range]:
    """Yield the numbers after *last* in order: each whose schema is known alone, and together those in between."""
    known = sorted(number for number in there.contents if number > last)
    for number in known:
        if number > last + 1:
            yield range(last + 1, number)
        yield range(number, number + 1)
        last = number


@contextlib.contextmanager
def _alone(project: Project, name: str, *, dry_run: bool) -> Iterator[None]:
    """Keep other pushes and pulls of this name out, and finish what an interrupted one has left."""
    if dry_run or name not in project.registry.names():
        yield
        return
    with SavedRecords(project.registry.path, name).alone():
        project.registry.recover(name)
        yield


def _wanted(project: Project, targets: Sequence[str], endpoint: Endpoint) -> list[str]:
    """Return the names to pull: those given, or every one that something is recorded of."""
    names = project.registry.names()
    for target in targets:
        if target not in names and is_schema_id(target):
            raise InvalidTarget(
                f"{target} needs a name here",
                remedy=f"choose one: pageschema pull {target} --name my_document {endpoint.options}",
            )
        if target not in names:
            raise project.unknown(target)
    found = [name for name in targets or names if _is_saved(project, name, endpoint)]
    missing = [name for name in targets if name not in found]
    if missing or not found:
        what = f"{missing[0]} is not saved there" if missing else "nothing is saved there"
        push = " ".join(["pageschema push", *missing[:1], endpoint.options])
        raise InvalidTarget(
            f"{what}, as far as the records here tell", where=endpoint.origin, remedy=f"save it: {push}"
        )
    return list(dict.fromkeys(found))


def _is_saved(project: Project, name: str, endpoint: Endpoint) -> bool:
    """Return whether anything is recorded of a name; its versions may still have to be recovered."""
    records = SavedRecords(project.registry.path, name)
    return any(endpoint.origin in records.read(version) for version in project.registry.numbers(name))
