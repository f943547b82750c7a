"""How the emulator behaves, as a value: plain functions, each of which a fault may replace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pageschema.emulator.extraction import Extraction, Unextractable, extract
from pageschema.emulator.rules import RULES, Rule
from pageschema.emulator.store import Job
from pageschema.emulator.submission import Answer, Refusal, Submission

Form = Sequence[tuple[str, Any]]
"""The parts of a form as they came: name, and text or upload."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """What the emulator does at each step of a request.

    Attributes:
        knows_key: Whether the key received (None where there was none) opens the emulator, whose key is the second.
        read_form: What of the form is validated, or a refusal before that.
        rules: Asked in order; the first that refuses decides.
        is_silent: Whether a submission is never answered.
        identify: The request id of the n-th submission accepted, from 1.
        accept: The body that accepts a request, from its id and the emulator's own origin.
        is_done: Whether a job is complete, given how many polls find it still processing.
        extract: What comes of the text of a page schema.
        unknown: What is answered to a poll for an id that nobody was given.
        refuse: How a refusal is put to the client, given the key that it sent.
    """

    knows_key: Callable[[str | None, str], bool]
    read_form: Callable[[Form], Form | Refusal]
    rules: tuple[Rule, ...]
    is_silent: Callable[[Submission], bool]
    identify: Callable[[int], str]
    accept: Callable[[str, str], dict[str, Any]]
    is_done: Callable[[Job, int], bool]
    extract: Callable[[str], Extraction | Unextractable]
    unknown: Callable[[str], Answer | Refusal]
    refuse: Callable[[Refusal, str | None], Answer]

    def without(self, rule: str) -> Behaviour:
        """Return this behaviour less the rule of that name."""
        assert any(each.name == rule for each in self.rules), rule  # noqa: S101 - a misspelt rule would fault nothing.
        return replace(self, rules=tuple(each for each in self.rules if each.name != rule))

    def plus(self, rule: Rule) -> Behaviour:
        """Return this behaviour with one more rule, asked last."""
        return replace(self, rules=(*self.rules, rule))


def request_id(number: int) -> str:
    """Return the id of the request of that number."""
    from pageschema.jsontext import digest

    return f"req_{number:06d}_{digest(f'request {number}')[:10]}"


def acceptance(request_id: str, origin: str) -> dict[str, Any]:
    """Return upstream's InitialResponse; ``success`` is always sent, since the SDK reads its absence as failure."""
    return {
        "success": True,
        "error": None,
        "request_id": request_id,
        "request_check_url": f"{origin}/api/v1/extract/{request_id}",
        "versions": None,
    }


def put(refusal: Refusal, key: str | None) -> Answer:  # noqa: ARG001 - faults use the key.
    """Return a refusal as FastAPI words it, and a crash as its server does."""
    if refusal.status == 500:
        return Answer(status=500, content=refusal.detail, media_type="text/plain")
    return Answer(status=refusal.status, content={"detail": refusal.detail}, headers=refusal.headers)


HONEST = Behaviour(
    knows_key=lambda received, own: received == own,
    read_form=lambda form: form,
    rules=RULES,
    is_silent=lambda _: False,
    identify=request_id,
    accept=acceptance,
    is_done=lambda job, polls: job.polls > polls,
    extract=extract,
    unknown=lambda _: Refusal(status=404, detail="Request not found.", rule="request-known"),
    refuse=put,
)
"""The behaviour that keeps every documented promise."""
