"""Fails with a 500 on a webhook_url that is no URL."""

from __future__ import annotations

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.rules import Rule
from pageschema.emulator.store import Store
from pageschema.emulator.submission import CRASH, Refusal, Submission


def _refuse(submission: Submission, _: Store) -> Refusal | None:
    if submission.webhook_url is not None and "://" not in submission.webhook_url:
        return CRASH
    return None


FAULT = Fault(
    name="crashes-on-bad-webhook",
    summary="Fails with a 500 on a webhook_url that is no URL.",
    trips=(Trip(check="server-error"),),
    apply=lambda behaviour: behaviour.plus(Rule(name="crashes-on-bad-webhook", refuse=_refuse)),
)
