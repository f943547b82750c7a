"""Sending one saved failure again."""

from __future__ import annotations

from pageschema.client import ExtractClient
from pageschema.contract import Contract
from pageschema.errors import InvalidJSON
from pageschema.fuzzing.checks import CHECKS
from pageschema.fuzzing.failure import Failure
from pageschema.fuzzing.probe import Prober
from pageschema.fuzzing.run import LOCAL_PATIENCE, complaints
from pageschema.fuzzing.sweep import bases


def replay(
    failure: Failure, contract: Contract, client: ExtractClient, *, patience: float = LOCAL_PATIENCE
) -> Failure | None:
    """Send the request of *failure* again, to the byte, and return the failure if it is still there.

    A failure that takes two requests to show (a request_id given twice) is replayed with others around it.

    Raises:
        InvalidJSON: The failure names a check that this version does not have.
        TargetUnreachable: Nothing listens there.
    """
    check = next((check for check in CHECKS if check.name == failure.check), None)
    if check is None:
        raise InvalidJSON(f"names no check of this version: {failure.check!r}", where=failure.replay or "")
    prober = Prober(client=client, contract=contract, patience=patience)
    if failure.request.method == "GET":
        stories = [prober.ask_unknown(failure.request.path.rpartition("/")[2])]
    else:
        around = [draft.encode() for draft in bases({}, ())] * check.repeats if check.repeats > 1 else []
        stories = [prober.tell(request) for request in (*around, failure.request)]
    for story in stories:
        for _, again in complaints(story, contract):
            if again.id == failure.id:
                return again
    return None
