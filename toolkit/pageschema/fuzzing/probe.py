"""Sending a request and following it to its end: what makes a story."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from pageschema.client import BUSY, KEY_VARIABLE, ExtractClient, SavedSchemas, is_loopback, json_body, retry_after
from pageschema.contract import EXTRACT_PATH, Answer, Contract, Exchange, Request, Ruling
from pageschema.errors import InvalidConfiguration, PageSchemaError
from pageschema.fuzzing.resources import save_schema
from pageschema.fuzzing.story import Kind, Outcome, Story

FINAL = frozenset({"complete", "failed", "error"})
"""States in which polling ends. `failed` is documented, `error` is what Datalab's own benchmark stops on."""

NAMED = frozenset({"file_url", "checkpoint_id"})
"""Fields that name a document which is kept elsewhere."""
IDS = frozenset({"schema_id", "checkpoint_id"})
"""What a run makes at the target that no other text looks like."""
PDF_PAGE = b"/Type /Page "
"""What each page of a document that a run sends has in its text."""
KEY_REFUSED = frozenset({401, 403})
UNKNOWN_IDS = ("req_that_never_was", "00000000-0000-4000-8000-000000000000")
MAX_POLLED_BYTES = 64 * 1024 * 1024
BUSY_DELAY = 0.05
"""Seconds to wait first when the target is busy and does not say for how long."""


@dataclass(slots=True, kw_only=True)
class Prober:
    """Sends requests through one client, and remembers which request got which id.

    `resources` and `schemas` say what exists at the target: fields by name, saved schemas by id; `made` are the names
    of those that the run made there. `patience` is how long one result, or a busy target, is waited for, `longest` how
    long the slowest result took and `slowest` the slowest answer, all in seconds. `pages` may have been billed so far,
    and `posts` are the submissions sent. `saved` are the schemas saved at the target and not archived yet.
    """

    client: ExtractClient
    contract: Contract
    patience: float
    resources: Mapping[str, str] = field(default_factory=dict)
    schemas: Mapping[str, Any] = field(default_factory=dict)
    made: frozenset[str] = frozenset()
    longest: float = 0.0
    slowest: float = 0.0
    pages: int = 0
    posts: int = 0
    saved: set[str] = field(default_factory=set)
    _given: dict[str, Request] = field(default_factory=dict)
    _counted: dict[str, int] = field(default_factory=dict)

    def tell(self, request: Request, ruling: Ruling | None = None) -> Story:
        """Send a POST to /extract, follow it to its end, and return the story.

        Raises:
            TargetUnreachable: Nothing listens there.
        """
        return self.follow(self.submit(request, ruling))

    def submit(self, request: Request, ruling: Ruling | None = None) -> Story:
        """Send a POST to /extract and return the story so far, which is unfinished where the request was taken.

        Raises:
            TargetUnreachable: Nothing listens there.
        """
        self.posts += 1
        ruling = ruling or self.contract.judge(request, resources=self.resources)
        submit = self._send(request)
        self.slowest = max(self.slowest, submit.response.elapsed if submit.response else 0.0)
        answer = json_body(submit)
        outcome = _submitted(submit, answer)
        taken = outcome is None
        return Story(
            submit=submit,
            outcome=outcome or Outcome.UNFINISHED,
            ruling=ruling,
            answer=answer,
            fields=self._fields(request),
            made=self._made(request),
            page_schema=self._schema_in_force(request) if taken else None,
            id_of_another=taken and self._given.setdefault(answer["request_id"], request) != request,
            foreign_url=self._foreign(answer.get("request_check_url")) if taken else None,
        )

    def follow(self, story: Story) -> Story:
        """Return a story with its result, if the request was taken."""
        if story.outcome is not Outcome.UNFINISHED:
            if story.outcome is Outcome.UNANSWERED:
                self.pages += self.cost(story.submit.request)
            return story
        started = time.monotonic()
        polls = tuple(_within(self.client.poll(self.path(story), finished=_finished, patience=self.patience)))
        result = json_body(polls[-1]) if polls else None
        outcome = _ended(polls[-1] if polls else None, result)
        if outcome is Outcome.ACCEPTED:
            self.pages += _pages(result)
            for name in NAMED & set(story.fields):
                self._counted[str(story.fields[name])] = _pages(result)
            self.longest = max(self.longest, time.monotonic() - started)
        elif outcome in {Outcome.UNFINISHED, Outcome.UNANSWERED, Outcome.CRASHED}:
            self.pages += self.cost(story.submit.request)
        return replace(story, polls=polls, outcome=outcome, result=result)

    def cost(self, request: Request) -> int:
        """Return how many pages a request may be billed for.

        A document that is named, not sent, counts as one page until a result of it says more.
        """
        sent = max(1, request.body.count(PDF_PAGE))
        fields = self._fields(request) if self._counted else {}
        return max([sent, *(self._counted.get(str(fields.get(name)), 0) for name in NAMED)])

    def save(self, schema: Mapping[str, Any]) -> dict[str, str]:
        """Save *schema* at the target, as `save_schema` does; `tidy` archives it."""
        made = save_schema(self.client, schema)
        if made:
            self.saved.add(made["schema_id"])
        return made

    def tidy(self) -> None:
        """Archive what was saved at the target, as far as it lets that be done: nobody else knows of it."""
        for schema_id in sorted(self.saved):
            with contextlib.suppress(PageSchemaError):
                SavedSchemas(self.client).archive(schema_id)
        self.saved.clear()

    def path(self, story: Story) -> str:
        """Return the path at which the state of a request that was taken is asked for."""
        return f"{EXTRACT_PATH}/{quote(story.answer['request_id'], safe='')}"

    def ask_unknown(self, request_id: str) -> Story:
        """Ask for the state of a request that never was."""
        exchange = self.client.get(f"{EXTRACT_PATH}/{quote(request_id, safe='')}")
        answer = json_body(exchange)
        refused = exchange.response is not None and 400 <= exchange.response.status < 500
        return Story(
            submit=exchange,
            kind=Kind.UNKNOWN_ID,
            outcome=Outcome.REFUSED if refused else Outcome.STRANGE,
            answer=answer,
        )

    def require_key(self, refused: Container[int] = KEY_REFUSED) -> None:
        """Refuse to go on with a key that the endpoint refuses: every request would be refused, and all seem well.

        Raises:
            InvalidConfiguration: It answers with one of the statuses *refused*.
        """
        answer = self.ask_unknown(UNKNOWN_IDS[0]).submit.response
        if answer is not None and answer.status in refused:
            raise InvalidConfiguration(
                f"the endpoint refuses the API key with {answer.status}",
                where=self.client.base_url,
                remedy=f"set {KEY_VARIABLE} to a key of this endpoint",
            )

    def _send(self, request: Request) -> Exchange:
        """Send *request*, again while the target is busy: what it turned away, it has not taken."""
        started = time.monotonic()
        delay = BUSY_DELAY
        while True:
            exchange = self.client.send(request)
            if exchange.response is None or exchange.response.status not in BUSY:
                return exchange
            wait = max(delay, retry_after(exchange.response) or 0.0)
            if time.monotonic() - started + wait > self.patience:
                return exchange
            self.client.pace.pause(wait)
            delay *= 2

    def _fields(self, request: Request) -> Mapping[str, Any]:
        readings = self.contract.decode(request).readings
        fields: Mapping[str, Any] = readings[0].get("fields", {}) if readings else {}
        return fields

    def _made(self, request: Request) -> dict[str, str]:
        """Return what the run made and the request names; in a body that is no form, an id is known by its text."""
        fields = self._fields(request)
        known = {name: self.resources[name] for name in self.made if name in self.resources}
        return {
            name: value
            for name, value in known.items()
            if str(fields.get(name)) == value or (name in IDS and value.encode() in request.body)
        }

    def _schema_in_force(self, request: Request) -> Mapping[str, Any] | None:
        sent = self._fields(request)
        if "schema_id" in sent:
            saved = self.schemas.get(sent["schema_id"])
            return saved if isinstance(saved, Mapping) else None
        value = sent.get("page_schema", {}).get("json")
        return value if isinstance(value, dict) else None

    def _foreign(self, url: Any) -> str | None:
        """Return *url* if it is absolute and on no origin that the contract or the base URL names."""
        if not isinstance(url, str) or self.client.is_own(url):
            return None
        try:
            target, base = urlsplit(urljoin(self.client.base_url + "/", url)), urlsplit(self.client.base_url)
            if is_loopback(target.hostname or "") and is_loopback(base.hostname or "") and target.port == base.port:
                return None
        except ValueError:
            return url
        known = [server.get("url", "") for server in self.contract.document.get("servers", [])]
        return None if f"{target.scheme}://{target.netloc}" in known else url


def _within(polls: Iterator[Exchange]) -> Iterator[Exchange]:
    """Yield *polls* until their answers are more than a story can hold."""
    held = 0
    for exchange in polls:
        yield exchange
        held += len(exchange.response.body) if exchange.response is not None else 0
        if held > MAX_POLLED_BYTES:
            return


def may_send(ruling: Ruling, *, spend: int | None, spent: int, cost: int) -> bool:
    """Return whether a request that costs so many pages may go out under a budget of *spend*; None is no bound.

    A request that must be refused is not billed, so it may always go.
    """
    return spend is None or ruling.answer is Answer.REJECT or spent + cost <= spend


def _submitted(submit: Exchange, answer: Any) -> Outcome | None:
    """Return how the submission ended, or None where it was taken and has a result to wait for."""
    response = submit.response
    if response is None:
        return Outcome.UNANSWERED
    if response.status in BUSY:
        return Outcome.BUSY
    if response.status >= 500:
        return Outcome.CRASHED
    if 400 <= response.status < 500:
        return Outcome.REFUSED
    if response.status != 200 or not isinstance(answer, dict):
        return Outcome.STRANGE
    if answer.get("success") is False:
        return Outcome.REFUSED
    return None if isinstance(answer.get("request_id"), str) and answer["request_id"] else Outcome.STRANGE


def _ended(last: Exchange | None, result: Any) -> Outcome:
    if last is None or last.response is None:
        return Outcome.UNANSWERED
    if last.response.status in BUSY:
        return Outcome.BUSY
    if last.response.status >= 500:
        return Outcome.CRASHED
    if not isinstance(result, dict) or last.response.status != 200 or not _finished(result):
        return Outcome.UNFINISHED
    if result.get("success") is False or result.get("status") != "complete":
        busy = "rate limit" in str(result.get("error", "")).lower()
        return Outcome.BUSY if busy else Outcome.REFUSED_LATE
    return Outcome.ACCEPTED


def _finished(result: Any) -> bool:
    return isinstance(result, dict) and result.get("status") in FINAL


def _pages(result: Any) -> int:
    count = result.get("page_count") if isinstance(result, dict) else None
    return count if isinstance(count, int) and not isinstance(count, bool) and count > 0 else 1
