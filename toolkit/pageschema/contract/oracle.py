"""The oracle: for any request, as bytes on the wire, does the contract accept it, reject it, or leave it open?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

from pageschema.contract import openapi
from pageschema.contract.clause import Clause, parse_clause
from pageschema.contract.decode import Decoded, decode
from pageschema.contract.exchange import EXTRACT_PATH, Request
from pageschema.contract.overlay import apply_overlay
from pageschema.errors import InvalidContract
from pageschema.schema import Judge

RESOURCES = ("schema_id", "schema_version", "checkpoint_id", "file_url", "webhook_url")
"""Fields that name something which must exist at the target for the request to be a valid one."""


class Answer(StrEnum):
    """What the contract says of a request."""

    ACCEPT = "accept"
    REJECT = "reject"
    UNSPECIFIED = "unspecified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """The oracle's answer on one request.

    `clauses`: on *reject*, the binding clauses that its likeliest reading breaks; every other breaks some too.
    `concerned`: the binding clauses that speak of this request. `doubts`: assumed clauses that are broken. `reason`:
    why it is left open.
    """

    answer: Answer
    clauses: tuple[str, ...] = ()
    concerned: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    reason: str = ""


class Contract:
    """An OpenAPI document and the overlay that says what its prose means.

    `upstream` is the document as published, `overlay` what is said of it, `document` the one with the other applied.
    """

    def __init__(self, upstream: dict[str, Any], overlay: dict[str, Any], *, where: str = "contract") -> None:
        self.upstream = upstream
        self.overlay = overlay
        self.document = apply_overlay(upstream, overlay, where=where)
        try:
            schemas = self.document["components"]["schemas"]
            members = schemas["DecodedExtractRequest"]["allOf"]
            content = upstream["paths"][EXTRACT_PATH]["post"]["requestBody"]["content"]["multipart/form-data"]
            name = content["schema"]["$ref"].rpartition("/")[2]
            self.body_schema: dict[str, Any] = schemas[name]
        except (KeyError, TypeError) as error:
            raise InvalidContract(
                f"{EXTRACT_PATH} and DecodedExtractRequest are not where they should be: {error}", where=where
            ) from error
        self.clauses: tuple[Clause, ...] = tuple(
            parse_clause(member, where=f"{where}#/components/schemas/DecodedExtractRequest/allOf/{index}")
            for index, member in enumerate(members)
        )
        self._judge = Judge({"allOf": [dict(clause.schema) for clause in self.clauses]}, where=where)
        self._responses: dict[tuple[str, str, int], Judge | bool | None] = {}
        # A run asks about the same request three times: to choose it, to rule on it, and to read its schema.
        self._decode = lru_cache(maxsize=32)(partial(decode, field_types=self.field_types))

    @classmethod
    def load(cls, folder: Path | str | None = None) -> Contract:
        """Read ``openapi.yaml`` and ``overlay.yaml`` from *folder*, by default the contract that ships with pageschema.

        Raises:
            InvalidContract: A file is missing or unusable, or the overlay does not fit the document.
        """
        place = Path(folder) if folder is not None else shipped_contract()
        return cls(
            openapi.read_yaml(place / "openapi.yaml"),
            openapi.read_yaml(place / "overlay.yaml"),
            where=str(place / "overlay.yaml"),
        )

    @cached_property
    def field_types(self) -> dict[str, str]:
        """For each form field ``integer``, ``boolean``, ``binary`` or ``string``."""
        return openapi.field_types(self.body_schema)

    def clause(self, clause_id: str) -> Clause:
        """Return the clause called *clause_id*."""
        return next(clause for clause in self.clauses if clause.id == clause_id)

    def decode(self, request: Request) -> Decoded:
        """Return every legal reading of *request*; they are shared and must not be modified."""
        return self._decode(request)

    def judge(self, request: Request, *, resources: Mapping[str, str] | None = None) -> Ruling:
        """Rule on a request to ``POST /api/v1/extract``. There is a ruling on any bytes; nothing is raised.

        Args:
            resources: What exists at the target, by field name (`RESOURCES`); a request that names anything else of the
                kind is unspecified, unless it breaks a clause anyhow.
        """
        decoded = self.decode(request)
        if decoded.opaque:
            return Ruling(answer=Answer.UNSPECIFIED, reason=decoded.opaque)
        broken = [self.broken(reading) for reading in decoded.readings]
        binding = [tuple(c.id for c in clauses if c.binding) for clauses in broken]
        doubts = tuple(dict.fromkeys(c.id for clauses in broken for c in clauses if not c.binding))
        reading = decoded.readings[0]
        concerned = tuple(c.id for c in self.clauses if c.binding and c.concerns(reading))
        if all(binding):
            return Ruling(answer=Answer.REJECT, clauses=binding[0], concerned=concerned, doubts=doubts)
        reason = ""
        if any(binding):
            reason = "it can be read in more than one way"
        elif decoded.odd:
            reason = decoded.odd
        elif doubts:
            reason = f"the contract is silent on it ({', '.join(doubts)})"
        elif unknown := _unknown_resources(reading, resources or {}):
            reason = f"whether {', '.join(unknown)} exists at the target is not known"
        answer = Answer.UNSPECIFIED if reason else Answer.ACCEPT
        return Ruling(answer=answer, concerned=concerned, doubts=doubts, reason=reason)

    def broken(self, reading: Mapping[str, Any]) -> tuple[Clause, ...]:
        """Return the clauses that a decoded request breaks, in the order of the overlay."""
        if self._judge.accepts(reading):
            return ()
        indexes = {int(fault.schema_pointer.split("/")[2]) for fault in self._judge.faults(reading)}
        return tuple(self.clauses[index] for index in sorted(indexes))

    def response_judge(self, *, method: str, path: str, status: int) -> Judge | bool | None:
        """Return the judge of a JSON answer; True where anything may come; None where that status is not listed."""
        key = (method, "/".join(path.split("/")[:4]) + ("/*" if path.count("/") > 3 else ""), status)
        if key not in self._responses:
            schema = openapi.response_schema(self.document, method=method, path=path, status=status)
            self._responses[key] = Judge(schema) if isinstance(schema, dict) else schema
        return self._responses[key]


def shipped_contract() -> Path:
    """Return the folder of the contract that ships with pageschema: inside the wheel, or beside the sources."""
    package = Path(__file__).resolve().parents[1]
    for base in (package, package.parents[1]):
        if (base / "contracts" / "datalab" / "openapi.yaml").is_file():
            return base / "contracts" / "datalab"
    raise InvalidContract("the contract that ships with pageschema is missing", remedy="install pageschema again")


def _unknown_resources(reading: Mapping[str, Any], resources: Mapping[str, str]) -> list[str]:
    fields = reading.get("fields", {})
    return [name for name in RESOURCES if name in fields and str(fields[name]) != resources.get(name)]
