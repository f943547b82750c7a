"""A story: one request from submission to result, with what the contract says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pageschema.contract import Exchange, Ruling


class Outcome(StrEnum):
    """How a request ended, whenever the endpoint made that known."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    REFUSED_LATE = "refused late"
    CRASHED = "crashed"
    BUSY = "busy"
    UNFINISHED = "unfinished"
    UNANSWERED = "unanswered"
    STRANGE = "strange"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What happened with one request.

    `ruling` is None for a request other than the POST that the contract's clauses speak of. `result` is the last JSON
    answer of the poll. `page_schema` is the schema that was in force, where it is known. `made` are the resources in
    the request that the run made at the target, by field name.
    """

    submit: Exchange
    outcome: Outcome
    ruling: Ruling | None = None
    polls: tuple[Exchange, ...] = ()
    answer: Any = None
    result: Any = None
    page_schema: Mapping[str, Any] | None = None
    id_of_another: bool = False
    foreign_url: str | None = None
    made: Mapping[str, str] = field(default_factory=dict)

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """Every exchange, in order."""
        return (self.submit, *self.polls)


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What a check has against a story: one clause about what came back, and the clause of the contract, if one is."""

    message: str
    clause: str | None = None
