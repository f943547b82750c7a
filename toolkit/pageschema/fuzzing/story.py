"""A story: one request from submission to result, or what was asked afterwards, with what the contract says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pageschema.contract import Exchange, Request, Ruling


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


class Kind(StrEnum):
    """What a story is about, which decides what a check may ask of it."""

    EXTRACTION = "a request and its result"
    UNKNOWN_ID = "the state of a request that never was"
    OTHER_METHOD = "another method than the contract lists"
    WITHOUT_KEY = "a result asked for without the right key"
    READ_AGAIN = "a result read again"
    CHECK_URL = "the result at its request_check_url"
    SENT_AGAIN = "a request sent again"
    TOGETHER = "one of two requests under way together"
    PAGES = "a request for some of the pages"
    UNKNOWN_RESOURCE = "a request that names what does not exist"
    SAVED = "a saved schema"
    VERSION = "a request by a version of a saved schema"
    WIRE = "a request of unusual form on the wire, on which the contract is silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What happened with one request.

    `ruling` is None for a request other than the POST that the contract's clauses speak of. `result` is the last JSON
    answer of the poll. `page_schema` is the schema that was in force, where it is known. `fields` are the form fields
    as they are read. `made` are the resources in the request that the run made at the target, by field name.

    What is asked afterwards is a story of its own: `origin` is the POST that it began with, `earlier` the story that it
    is measured by, and `expected` what should have come back.
    """

    submit: Exchange
    outcome: Outcome
    kind: Kind = Kind.EXTRACTION
    ruling: Ruling | None = None
    polls: tuple[Exchange, ...] = ()
    answer: Any = None
    result: Any = None
    page_schema: Mapping[str, Any] | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    id_of_another: bool = False
    foreign_url: str | None = None
    made: Mapping[str, str] = field(default_factory=dict)
    origin: Request | None = None
    earlier: Story | None = None
    expected: Any = None

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """Every exchange, in order."""
        return (self.submit, *self.polls)

    @property
    def weight(self) -> int:
        """How many bytes came back."""
        return sum(len(each.response.body) for each in self.exchanges if each.response is not None)

    @property
    def request(self) -> Request:
        """The request that a failure shows, and a replay sends."""
        return self.origin or self.submit.request


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What a check has against a story: one clause about what came back, and the clause of the contract, if one is.

    `sign` says in a few words what of the answer tells this cause from others of the same check.
    """

    message: str
    clause: str | None = None
    sign: str = ""
