"""An answer has a status, a type or a shape that the contract does not know."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pageschema import jsontext
from pageschema.contract import Contract, Exchange
from pageschema.errors import InvalidJSON, InvalidSchema
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.story import Complaint, Kind, Story
from pageschema.schema import Judge

UNLISTED = frozenset({Kind.OTHER_METHOD, Kind.SAVED, Kind.WIRE})
"""Stories about what no contract lists, so that no shape of an answer is known.

A form that cannot be read may be refused by what stands in front of the endpoint, in words of its own.
"""
_NUMBERS = re.compile(r"/[0-9]+")

REFUSAL = Judge({"type": "object", "required": ["detail"]})
"""What every refusal has in common, also one whose status is not listed."""


def judge(story: Story, contract: Contract) -> Iterator[Complaint]:
    """Complain of the first answer that is not as the contract lists it."""
    if story.kind in UNLISTED:
        return
    for exchange in story.exchanges:
        found = _fault(exchange, contract)
        if found:
            yield found
            return


def _fault(exchange: Exchange, contract: Contract) -> Complaint | None:
    response, request = exchange.response, exchange.request
    if response is None or response.status >= 500:
        return None
    of = "refusal" if response.status >= 400 else str(response.status)
    if response.status != 200 and not 400 <= response.status < 500:
        return Complaint(
            message=f"{request.method} answered {response.status}, which the contract does not list", sign=of
        )
    content_type = (response.header("content-type") or "").partition(";")[0].strip().lower()
    if content_type != "application/json":
        told = jsontext.clip(content_type) or "no content type"
        return Complaint(message=f"{response.status} came as {told}, not as application/json", sign=f"as {told}")
    try:
        value = jsontext.parse(response.body)
        known = contract.response_judge(method=request.method, path=request.path, status=response.status)
        judge = known if isinstance(known, Judge) else REFUSAL
        first = None if known is True else next(judge.faults(value), None)
    except (InvalidJSON, InvalidSchema) as error:
        return Complaint(message=f"the body of {response.status} {error.what}", sign=f"{of} is no JSON")
    if first is None:
        return None
    place = first.pointer or "the body"
    told = f"{place} of {response.status}: {jsontext.clip(first.message, 120)}"
    return Complaint(message=told, sign=f"{of} {_NUMBERS.sub('/*', place)} {first.keyword}")


CHECK = Check(
    name="undocumented-response",
    summary="An answer has a status, a type or a shape that the contract does not know.",
    why="A client is written against the contract: what it does not list, nobody handles.",
    source="CONTRACT responses; DD/platform/errors and DD/platform/troubleshooting for those that only the prose lists",
    bad="<html>Bad Request</html>",
    good='400 {"detail": "one of page_schema and schema_id is required"}',
    judge=judge,
)
