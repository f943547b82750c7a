"""An answer has a status, a type or a shape that the contract does not know."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema import jsontext
from pageschema.contract import Contract, Exchange
from pageschema.errors import InvalidJSON, InvalidSchema
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.story import Complaint, Story
from pageschema.schema import Judge

REFUSAL = Judge({"type": "object", "required": ["detail"]})
"""What every refusal has in common, also one whose status is not listed."""


def judge(story: Story, contract: Contract) -> Iterator[Complaint]:
    """Complain of the first answer that is not as the contract lists it."""
    for exchange in story.exchanges:
        message = _fault(exchange, contract)
        if message:
            yield Complaint(message=message)
            return


def _fault(exchange: Exchange, contract: Contract) -> str | None:
    response, request = exchange.response, exchange.request
    if response is None or response.status >= 500:
        return None
    if response.status != 200 and not 400 <= response.status < 500:
        return f"{request.method} answered {response.status}, which the contract does not list"
    content_type = (response.header("content-type") or "").partition(";")[0].strip().lower()
    if content_type != "application/json":
        return f"{response.status} came as {jsontext.clip(content_type) or 'no content type'}, not as application/json"
    try:
        value = jsontext.parse(response.body)
        known = contract.response_judge(method=request.method, path=request.path, status=response.status)
        judge = known if isinstance(known, Judge) else REFUSAL
        first = None if known is True else next(judge.faults(value), None)
    except (InvalidJSON, InvalidSchema) as error:
        return f"the body of {response.status} {error.what}"
    if first is None:
        return None
    return f"{first.pointer or 'the body'} of {response.status}: {jsontext.clip(first.message, 120)}"


CHECK = Check(
    name="undocumented-response",
    summary="An answer has a status, a type or a shape that the contract does not know.",
    why="A client is written against the contract: what it does not list, nobody handles.",
    source="CONTRACT responses; DD/platform/errors and DD/platform/troubleshooting for those that only the prose lists",
    bad="<html>Bad Request</html>",
    good='400 {"detail": "one of page_schema and schema_id is required"}',
    judge=judge,
)
