"""Frozen versions and the API's saved schemas side by side: what is recorded, what is there, and where they differ.

What `push` and `pull` have in common. Nothing here is written upstream.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from pageschema import jsontext
from pageschema.client import KEY_VARIABLE, SavedSchema, canonical_url
from pageschema.errors import PageSchemaError
from pageschema.evolution import diff
from pageschema.project.project import Project
from pageschema.registry import Frozen, SavedAs, SavedRecords

State: TypeAlias = Literal[
    "pushed", "adopted", "unchanged", "recorded", "pending", "skipped", "pulled", "not compared",
    "edited upstream", "versioned upstream", "archived upstream", "gone", "ambiguous", "name taken", "unconfirmed",
    "refused", "failed",
]  # fmt: skip
FINE: frozenset[State] = frozenset(
    {"pushed", "adopted", "unchanged", "recorded", "pending", "skipped", "pulled", "not compared"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedVersion:
    """One version: frozen here, saved there, or both.

    `version` is None for one that is saved and not frozen; `schema_id`, `schema_version` and `origin` are None for one
    that is frozen and not saved. `message` and `remedy` are "" where there is nothing to say.
    """

    name: str
    version: str | None
    state: State
    schema_id: str | None = None
    schema_version: int | None = None
    origin: str | None = None
    message: str = ""
    remedy: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing needs to be done about it."""
        return self.state in FINE

    def as_json(self) -> dict[str, Any]:
        """Return the members that ``push --format json`` and ``pull --format json`` print."""
        return {
            "name": self.name,
            "version": self.version,
            "state": self.state,
            "schema_id": self.schema_id,
            "schema_version": self.schema_version,
            "origin": self.origin,
            "message": self.message,
            "remedy": self.remedy,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedReport:
    """A row for each version that was looked at; `stopped` is the error that ended it early, if any."""

    rows: tuple[SavedVersion, ...]
    stopped: PageSchemaError | None = None

    @property
    def ok(self) -> bool:
        """Whether every version is as it should be."""
        return self.stopped is None and all(row.ok for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What stands in the way of a version: the state to report it under, what, and what to do about it."""

    version: str | None
    state: State
    message: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where a push or a pull goes. `origin` is how it is recorded, `options` what sends another command there."""

    origin: str
    options: str

    @classmethod
    def of(cls, base_url: str, *, allow_remote: bool) -> Endpoint:
        """Return the endpoint at a base URL.

        Raises:
            InvalidConfiguration: It is no base URL.
        """
        options = f"--base-url {shlex.quote(base_url)}{' --allow-remote' if allow_remote else ''}"
        return cls(origin=canonical_url(base_url), options=options)


@dataclass(slots=True, kw_only=True)
class Ledger:
    """The frozen versions of one name, lowest first, and which saved schema holds each at one endpoint."""

    name: str
    endpoint: Endpoint
    frozen: tuple[Frozen, ...]
    records: SavedRecords
    saved: dict[str, SavedAs] = field(default_factory=dict)

    @classmethod
    def of(cls, project: Project, name: str, endpoint: Endpoint) -> Ledger:
        """Read what is frozen, and what is recorded of it.

        Raises:
            RegistryError: A version is not as it was frozen, or a record cannot be read.
        """
        frozen = project.registry.versions(name)
        records = SavedRecords(project.registry.path, name)
        recorded = {each.version: records.read(each.version).get(endpoint.origin) for each in frozen}
        return cls(
            name=name,
            endpoint=endpoint,
            frozen=frozen,
            records=records,
            saved={version: saved for version, saved in recorded.items() if saved is not None},
        )

    @property
    def last(self) -> tuple[str, SavedAs] | None:
        """The recorded version with the highest number there."""
        return max(self.saved.items(), key=lambda item: item[1].version, default=None)

    @property
    def unsaved(self) -> list[Frozen]:
        """The frozen versions that come after every recorded one."""
        recorded = [place for place, each in enumerate(self.frozen) if each.version in self.saved]
        return list(self.frozen[recorded[-1] + 1 :] if recorded else self.frozen)

    @property
    def files(self) -> str:
        """The records of this name, as a shell takes them."""
        path = self.records.path("*")
        return f"{shlex.quote(str(path.parent))}/{path.name}"

    def record(self, version: str, saved: SavedAs) -> None:
        """Write down where a version is saved.

        Raises:
            RegistryError: The disk refused.
        """
        self.records.write(version, self.endpoint.origin, saved)
        self.saved[version] = saved

    def row(self, version: str | None, state: State, message: str = "", remedy: str = "") -> SavedVersion:
        """Return the row of one version, with what is recorded of it."""
        saved = self.saved.get(version or "")
        return SavedVersion(
            name=self.name,
            version=version,
            state=state,
            schema_id=saved.schema_id if saved else None,
            schema_version=saved.version if saved else None,
            origin=self.endpoint.origin,
            message=message,
            remedy=remedy,
        )

    def forget(self) -> str:
        """Return the words that tell how to take the record of this endpoint away."""
        origin, files = self.endpoint.origin, self.files
        origins = {each for frozen in self.frozen for each in self.records.read(frozen.version)}
        return f"rm {files}" if origins == {origin} else f"take {origin} out of {files}"


def same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether two JSON values are equal; the order of keys is no difference."""
    return jsontext.canonical(one) == jsontext.canonical(other)


def align(ledger: Ledger, there: SavedSchema) -> dict[str, int]:
    """Return which unrecorded frozen versions a saved schema holds already, and as which version of it.

    Both come after what is recorded and keep their order.
    """
    last = ledger.last[1].version if ledger.last else 0
    contents = {number: jsontext.canonical(there.contents[number]) for number in sorted(there.contents)}
    found: dict[str, int] = {}
    for each in ledger.unsaved:
        wanted = jsontext.canonical(each.schema.value)
        number = next((number for number, text in contents.items() if number > last and text == wanted), None)
        if number is not None:
            found[each.version] = last = number
    return found


def recorded_twice(ledger: Ledger) -> Problem | None:
    """Return what is wrong where two saved schemas are recorded for one name, as after a merge of two branches."""
    ids = {saved.schema_id: version for version, saved in ledger.saved.items()}
    if len(ids) < 2:
        return None
    told = ", ".join(f"{schema_id} ({version})" for schema_id, version in ids.items())
    return Problem(
        version=next(reversed(ids.values())),
        state="ambiguous",
        message=f"more than one saved schema is recorded: {told}",
        remedy=f"choose one, and take the others out of {ledger.files}",
    )


def drift(ledger: Ledger, there: SavedSchema | None) -> Problem | None:
    """Return what happened upstream to the last recorded version; None where it is as it was left."""
    if ledger.last is None:
        return None
    version, saved = ledger.last
    again = f"{ledger.forget()}, and push again"
    if there is None:
        return Problem(
            version=version,
            state="gone",
            message=f"this account has no {saved.schema_id}",
            remedy=f"set {KEY_VARIABLE} to a key of the account that has it; where there is none, {again}",
        )
    if there.archived:
        return Problem(
            version=version,
            state="archived upstream",
            message=f"{saved.schema_id} is archived, and takes no new extractions",
            remedy=f'unarchive it there (PUT {{"archived": false}}), or {again}',
        )
    if there.version < saved.version:
        return Problem(
            version=version,
            state="gone",
            message=f"{saved.schema_id} has no version {saved.version}: it is at {there.version}",
            remedy=f"look after it there; where it is another one by now, {again}",
        )
    return edited(ledger, version, there)


def edited(ledger: Ledger, version: str, there: SavedSchema) -> Problem | None:
    """Return what is wrong where a recorded version holds something else by now; None where that cannot be told."""
    number = ledger.saved[version].version
    content = there.contents.get(number)
    frozen = next(each for each in ledger.frozen if each.version == version)
    if content is None or same(frozen.schema.value, content):
        return None
    return Problem(
        version=version,
        state="edited upstream",
        message=f"version {number} of {there.schema_id} is not what was frozen: {difference(frozen, content)}",
        remedy=f"put {frozen.path} back there, in place; to keep the edit, freeze it as a version of its own first"
        if number == there.version
        else f"only the current version can be put back: let those who pin {number} pin another, and take it out of "
        f"{ledger.records.path(version)}",
    )


def difference(frozen: Frozen, content: Mapping[str, Any]) -> str:
    """Return in a few words how *content* differs from a frozen version."""
    try:
        changes: Sequence[Any] = diff(frozen.schema, dict(content)).changes
    except PageSchemaError as error:
        return error.what
    if not changes:
        return "the difference changes no meaning"
    more = f" (and {len(changes) - 1} more)" if len(changes) > 1 else ""
    return f"{jsontext.clip(changes[0].pointer, 120) or '(root)'}: {jsontext.clip(changes[0].message, 160)}{more}"


def failed(name: str, error: PageSchemaError, *, origin: str) -> SavedVersion:
    """Return the row of a name that could not be worked on at all."""
    return SavedVersion(name=name, version=None, state="failed", origin=origin, message=error.what, remedy=error.remedy)
