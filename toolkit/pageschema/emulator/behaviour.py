"""How the emulator behaves, as a value: plain functions, each of which a fault may replace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pageschema.emulator.extraction import Extraction, Unextractable, extract
from pageschema.emulator.rules import RULES, Rule
from pageschema.emulator.store import Job, SavedSchema, Store
from pageschema.emulator.submission import Answer, Refusal, Submission
from pageschema.emulator.upload import pages_asked

Form = Sequence[tuple[str, Any]]
"""The parts of a form as they came: name, and text or upload."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a request shows before it is read: its method, its path, and the key, None where there is none."""

    method: str
    path: str
    key: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """What the emulator does at each step of a request.

    Attributes:
        read_method: The method that a request of that method, to that path, is taken for.
        knows_key: Whether the key of a visit opens the emulator, whose own key is the second.
        read_body: The form that a body of that content type is, for bodies that are no form.
        read_form: What of the form is validated, or a refusal before that.
        rules: Asked in order; the first that refuses decides.
        is_silent: Whether a submission is never answered.
        identify: The request id of the n-th submission accepted, from 1.
        pages: How many of a document's pages a request asks for, given its page_range and max_pages.
        accept: The body that accepts a request, from its id and the emulator's own origin.
        find: The job that is polled for, or what is answered in its place.
        is_done: Whether a job is complete, given how many polls find it still processing.
        extract: What comes of the text of a page schema.
        finish: The result of a job, from what it honestly is.
        unknown: What is answered to a poll for an id that nobody was given.
        pick: The schema of a saved schema at a version, the latest for None.
        keep: Changes the content of a saved schema, as a new version or in place.
        refuse: How a refusal is put to the client, given the key that it sent.
        answer: What is sent of any answer.
    """

    read_method: Callable[[str, str], str]
    knows_key: Callable[[Visit, str], bool]
    read_body: Callable[[str, bytes], Form | None]
    read_form: Callable[[Form], Form | Refusal]
    rules: tuple[Rule, ...]
    is_silent: Callable[[Submission], bool]
    identify: Callable[[int], str]
    pages: Callable[[int, str | None, int | None], int]
    accept: Callable[[str, str], dict[str, Any]]
    find: Callable[[Store, str], Job | Answer | Refusal | None]
    is_done: Callable[[Job, int], bool]
    extract: Callable[[str], Extraction | Unextractable]
    finish: Callable[[Job, dict[str, Any]], dict[str, Any]]
    unknown: Callable[[str], Answer | Refusal]
    pick: Callable[[SavedSchema, int | None], dict[str, Any] | None]
    keep: Callable[[SavedSchema, dict[str, Any], bool], None]
    refuse: Callable[[Refusal, str | None], Answer]
    answer: Callable[[Answer, Visit], Answer]

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


def pick_version(saved: SavedSchema, version: int | None) -> dict[str, Any] | None:
    """Return the schema of that version; an archived schema has none that extractions may use."""
    return None if saved.archived else saved.at(version)


def keep_content(saved: SavedSchema, content: dict[str, Any], as_new: bool) -> None:  # noqa: FBT001 - upstream's flag.
    """Change the current version in place, or add one."""
    if as_new:
        saved.versions.append(content)
    else:
        saved.versions[-1] = content


HONEST = Behaviour(
    read_method=lambda method, _path: method,
    knows_key=lambda visit, own: visit.key == own,
    read_body=lambda _content_type, _body: None,
    read_form=lambda form: form,
    rules=RULES,
    is_silent=lambda _: False,
    identify=request_id,
    pages=lambda pages, page_range, max_pages: pages_asked(pages, page_range=page_range, max_pages=max_pages),
    accept=acceptance,
    find=lambda store, request_id: store.jobs.get(request_id),
    is_done=lambda job, polls: job.polls > polls,
    extract=extract,
    finish=lambda _job, body: body,
    unknown=lambda _: Refusal(status=404, detail="Request not found.", rule="request-known"),
    pick=pick_version,
    keep=keep_content,
    refuse=put,
    answer=lambda answer, _visit: answer,
)
"""The behaviour that keeps every documented promise."""
