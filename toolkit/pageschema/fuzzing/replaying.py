"""Sending one saved failure again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from pageschema.client import ExtractClient, is_loopback
from pageschema.contract import RESOURCES, Contract, Request
from pageschema.errors import InvalidJSON, TargetUnreachable, UnusableAnswer
from pageschema.fuzzing import resources
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.checks import CHECKS
from pageschema.fuzzing.failure import Failure
from pageschema.fuzzing.flows import RETELLINGS
from pageschema.fuzzing.ledger import complaints
from pageschema.fuzzing.probe import Prober
from pageschema.fuzzing.run import LOCAL_PATIENCE
from pageschema.fuzzing.story import Outcome, Story
from pageschema.fuzzing.sweep import bases
from pageschema.strategies import minimal_draft


def replay(
    failure: Failure, contract: Contract, client: ExtractClient, *, patience: float = LOCAL_PATIENCE
) -> Failure | None:
    """Send the request of *failure* again, to the byte, and return the failure if it is still there.

    Only the ids of resources that the run made at the target change, since they are made anew. On loopback, a request
    that does not fail alone is sent again after others: a wrong request_id or a foreign result takes two to show.

    Raises:
        InvalidJSON: The failure names a check that this version does not have.
        InvalidConfiguration: The endpoint refuses the key, so that whatever it refuses says nothing.
        TargetUnreachable: Nothing listens there, or the request gets no answer, or none but that the endpoint is busy.
        UnusableAnswer: The request fails in another way, with an error of the server.
    """
    check = next((check for check in CHECKS if check.name == failure.check), None)
    if check is None:
        raise InvalidJSON(f"names no check of this version: {failure.check!r}", where=failure.replay or "")
    prober = Prober(client=client, contract=contract, patience=patience)
    try:
        return _again(failure, check, prober)
    finally:
        prober.tidy()


def _again(failure: Failure, check: Check, prober: Prober) -> Failure | None:
    client = prober.client
    last: Story | None = None
    for story in _stories(
        failure, prober, among_others=check.repeats > 1 or is_loopback(client.host), of_two=check.repeats > 1
    ):
        last = story
        for _, again in complaints(story, prober.contract):
            if again.is_like(failure):
                return replace(again, traits=failure.traits)
    _require_answer(last, client.base_url)
    prober.require_key(refused={401})
    return None


def _require_answer(last: Story | None, where: str) -> None:
    """Raise where the last story says nothing of the failure: that it is gone takes an answer."""
    if last is None:
        return
    if last.outcome in {Outcome.BUSY, Outcome.UNANSWERED}:
        raise TargetUnreachable(
            f"the request is not answered: {last.submit.fault or 'the endpoint stays busy'}",
            where=where,
            remedy="send it again when the endpoint answers",
        )
    if last.outcome is Outcome.CRASHED:
        response = last.exchanges[-1].response
        status = response.status if response is not None else "an error"
        raise UnusableAnswer(
            f"the request fails in another way: the server answers {status}",
            where=where,
            remedy="mend that first, then send it again",
        )


def _stories(failure: Failure, prober: Prober, *, among_others: bool, of_two: bool) -> Iterator[Story]:
    if failure.kind in RETELLINGS:
        yield from RETELLINGS[failure.kind](prober, failure.request)
        return
    if failure.request.method == "GET":
        yield prober.ask_unknown(unquote(failure.request.path.rpartition("/")[2]))
        return
    request = _with_new_ids(failure, prober)
    # What the request names was known to exist when it failed.
    readings = prober.contract.decode(request).readings
    fields = readings[0].get("fields", {}) if readings else {}
    prober.resources = {name: str(fields[name]) for name in RESOURCES if name in fields}
    yield prober.tell(request)
    if among_others:
        for other in bases({}, ()) * 2:
            story = prober.tell(other.encode())
            if of_two:  # Which of the requests shows it is chance; of any other failure, only this request can.
                yield story
        yield prober.tell(request)


def _with_new_ids(failure: Failure, prober: Prober) -> Request:
    """Return the failure's request, with the ids of what its run made replaced by those of the same made anew."""
    made: dict[str, str] = {}
    if "schema_id" in failure.made:
        schema = minimal_draft().fields["page_schema"]["json"]
        made |= prober.save(schema)
        prober.schemas = {made.get("schema_id", ""): schema}
    if "checkpoint_id" in failure.made:
        made |= resources.checkpoint(prober.tell(resources.checkpoint_draft().encode()).result)
    request = failure.request
    for name, value in made.items():
        if name in failure.made and name != "schema_version":
            request = replace(request, body=request.body.replace(failure.made[name].encode(), value.encode()))
    return request
