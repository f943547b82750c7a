"""The contract run: a minimal request, a sweep over all clauses, then Hypothesis for what nobody thought of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pageschema.client import KEY_VARIABLE, OutOfTime, is_loopback
from pageschema.contract import Answer, Contract, Draft, Request
from pageschema.errors import InvalidConfiguration, TargetUnreachable
from pageschema.fuzzing import flows, sweep
from pageschema.fuzzing.checks import CHECKS
from pageschema.fuzzing.exploring import explore
from pageschema.fuzzing.interrupt import Interrupt, interruptible
from pageschema.fuzzing.known import Known, parted
from pageschema.fuzzing.ledger import Ledger
from pageschema.fuzzing.minimise import MAX_ATTEMPTS
from pageschema.fuzzing.probe import UNKNOWN_IDS, Prober, may_send
from pageschema.fuzzing.resources import checkpoint, checkpoint_draft, validate
from pageschema.fuzzing.result import ENOUGH, INTERRUPTED, OUT_OF_TIME, FuzzResult
from pageschema.fuzzing.story import Kind, Outcome, Story
from pageschema.fuzzing.tally import Tally
from pageschema.fuzzing.target import Target, reach
from pageschema.schema import PageSchema
from pageschema.strategies import MALFORMED_IDS, minimal_draft, wire_cases

HOPELESS = frozenset(
    {Outcome.REFUSED, Outcome.REFUSED_LATE, Outcome.CRASHED, Outcome.UNANSWERED, Outcome.BUSY}
)  # fmt: skip
"""Outcomes of a known-good request after which no other tells anything."""
LOCAL_PATIENCE, REMOTE_PATIENCE = 10.0, 300.0
IMPATIENCE = 0.1
"""Seconds given to a result, ten times as many to an answer, once one of them is known never to come.

What took longer before gets four times as long as it took: a slow endpoint is not a dead one.
"""
SLACK = 20
"""Examples asked of Hypothesis beyond the requests still to send: its first ones are the simplest, sent long before."""
MAX_IDLE = 3
"""Rounds of Hypothesis in a row in which nothing new came."""
MAX_REMEMBERED = 8
MAX_KEPT_BYTES = 256 * 1024
MAX_SILENT = 10
"""Unanswered requests in a row after which the rest is not waited for."""

Progress = Callable[[int, int, int], None]
"""Told the requests sent, how many there will be, and the failures so far."""


def fuzz(
    contract: Contract,
    target: Target,
    *,
    api_key: str | None = None,
    allow_remote: bool = False,
    max_requests: int = 500,
    seed: int = 0,
    spend: int | None = None,
    max_time: float | None = None,
    max_failures: int | None = None,
    known: Known | None = None,
    resources: Mapping[str, str] | None = None,
    schemas: Sequence[PageSchema] = (),
    patience: float | None = None,
    progress: Progress | None = None,
) -> FuzzResult:
    """Send requests to an endpoint and report every way in which it departs from *contract*.

    Args:
        target: A base URL, an ASGI application (served on loopback), or a client. Anything but loopback needs
            *allow_remote*.
        api_key: By default the value of ``DATALAB_API_KEY``.
        max_requests: POSTs to /extract, besides those that make a failure small.
        seed: The same seed sends the same requests.
        spend: Pages that may be billed; by default unbounded on loopback and 0 elsewhere, where then only requests go
            out that must be refused.
        max_time: Seconds after which the run ends, whatever is under way.
        max_failures: New failures after which it ends.
        known: Failures that are accepted; they are told apart from new ones.
        resources: What exists at the target by field name: ``schema_id``, ``checkpoint_id``, ``file_url``. What is
            missing the run makes itself where the target lets it.
        schemas: Page schemas to send besides generated ones.
        patience: Seconds to wait for one result.

    Raises:
        InvalidConfiguration: The target is not loopback and *allow_remote* is off, there is no key, it is refused
            where nothing may be spent, a resource has no such name, or a bound is negative.
        MissingExtra: The target is an application, and uvicorn is not installed.
        TargetUnreachable: Nothing listens there.
    """
    if max_requests < 1 or (spend is not None and spend < 0):
        raise InvalidConfiguration("max_requests is at least 1 and spend at least 0")
    if (max_time is not None and not max_time > 0) or (max_failures is not None and max_failures < 1):
        raise InvalidConfiguration("max_time is above 0 and max_failures at least 1")
    with reach(target, api_key=api_key, allow_remote=allow_remote) as client:
        if not client.has_key:
            remedy = f"set {KEY_VARIABLE}: export {KEY_VARIABLE}=…, any text for a mock"
            raise InvalidConfiguration("there is no API key to send", remedy=remedy)
        local = is_loopback(client.host)
        prober = Prober(
            client=client,
            contract=contract,
            patience=patience if patience is not None else LOCAL_PATIENCE if local else REMOTE_PATIENCE,
            resources=validate(resources or {}),
        )
        deadline = client.deadline
        try:
            with interruptible() as interrupt:
                client.pace.stop_in(max_time)
                budget = spend if spend is not None or local else 0
                run = _Run(
                    prober=prober,
                    ledger=Ledger(contract=contract, tell=prober.tell if budget is None else None),
                    seed=seed,
                    max_requests=max_requests,
                    spend=budget,
                    max_failures=max_failures,
                    known=known if known is not None else Known(),
                    progress=progress,
                    interrupt=interrupt,
                )
                return run.go(schemas)
        finally:
            client.deadline = deadline
            client.pace.stop_in(None)


@dataclass(slots=True, kw_only=True)
class _Run:
    prober: Prober
    ledger: Ledger
    seed: int
    max_requests: int
    spend: int | None
    max_failures: int | None
    known: Known
    progress: Progress | None
    interrupt: Interrupt
    first: Story | None = None
    sent: int = 0
    tally: Tally = field(default_factory=Tally)
    seen: set[Request] = field(default_factory=set)
    silent: int = 0
    stopped: str | None = None

    @property
    def open(self) -> bool:
        """Whether more may be sent."""
        return self.sent < self.max_requests and self.stopped is None

    def go(self, schemas: Sequence[PageSchema]) -> FuzzResult:
        """Run to the end, to a bound or to Ctrl-C: what was found by then is not lost."""
        try:
            self._go(schemas)
        except KeyboardInterrupt:
            self.stopped = INTERRUPTED
        except OutOfTime:
            self.stopped = OUT_OF_TIME
        except TargetUnreachable as error:
            if self.first is None:
                raise
            self.stopped = f"the endpoint is gone: {error.what}"
        self.prober.client.pace.stop_in(None)
        try:
            self.prober.tidy()
        except KeyboardInterrupt:  # Who presses twice does not want to wait for that either.
            self.stopped = INTERRUPTED
        return self.result()

    def _go(self, schemas: Sequence[PageSchema]) -> None:
        values = [schema.value for schema in schemas]
        if self.spend == 0:
            self.prober.require_key()
        if not self._begin():
            return
        if self.spend is None:
            self._make_resources()
        known = sweep.bases(self.prober.resources, values)
        for name in (*UNKNOWN_IDS, *MALFORMED_IDS):
            self._note(self.prober.ask_unknown(name), None)
        contract, resources = self.prober.contract, self.prober.resources
        self._send_all(sweep.broken(contract, resources, known[:1]))
        self._follow_flows()
        remembered = self._send_all(sweep.kept(resources, known))
        self._send_all(sweep.silent())
        self._come_back(remembered)
        self._send_all(sweep.broken(contract, resources, known))
        self._send_wire()
        self._explore(values)

    def _send_all(self, drafts: Iterable[Draft]) -> list[Story]:
        """Send each draft, and return some of the stories, spread over all; none that takes much memory to keep."""
        sent = (story for draft in drafts if (story := self.send(draft)) is not None)
        told = [story for story in sent if story.weight <= MAX_KEPT_BYTES]
        return told[:: max(1, len(told) // MAX_REMEMBERED)]

    def _follow_flows(self) -> None:
        """Tell the stories that take more than one request; with a budget of pages only those that submit nothing."""
        prober, first = self.prober, self.first
        if first is None:
            return
        self._flow(flows.after_result(prober, first), posts=0)
        if self.spend is not None:
            return
        self._flow(flows.other_method(prober, first.submit.request), posts=0)
        self._flow(flows.together(prober), posts=2)
        told = [self.send(draft) for draft in flows.page_drafts()]
        if None not in told:
            self._flow(flows.pages([story for story in told if story is not None]), posts=0)
        self._flow(flows.unknown_resources(prober), posts=2)
        self._flow(flows.saved_schemas(prober), posts=4)

    def _come_back(self, remembered: Sequence[Story]) -> None:
        """Ask again for results that are some requests old, and send the same requests again."""
        if self.first is None:
            return
        for story in (self.first, *remembered):
            self._flow(flows.read_again(self.prober, story), posts=0)
        if self.spend is not None:
            return
        refused = [story for story in remembered if story.outcome is not Outcome.ACCEPTED]
        for story in (self.first, *remembered[:3], *refused[:2]):
            if story.outcome in {Outcome.ACCEPTED, Outcome.REFUSED, Outcome.REFUSED_LATE}:
                self._flow(flows.send_again(self.prober, story), posts=1)

    def _flow(self, stories: Iterator[Story], *, posts: int) -> None:
        """Judge the stories of a flow that sends at most so many submissions, where there is room for it."""
        if not self.open or self.sent + posts > self.max_requests:
            return
        before = self.prober.posts
        for story in stories:
            self.interrupt.check()
            self.tally.submitted(story)
            self._note(story, None)
        self.sent += self.prober.posts - before
        if self.prober.posts > before:
            self._progress()

    def _begin(self) -> bool:
        """Send known-good requests until one is taken; return whether anything can be judged after that."""
        for draft in sweep.bases({}, ()):
            story = self.send(draft)
            if story is None or story.outcome not in HOPELESS:
                self.first = story
                return self.stopped is None
            answer = story.submit.response
            if answer is not None and answer.status == 401:
                self.stopped = f"the endpoint refuses the API key with 401: is {KEY_VARIABLE} right?"
                return False
        self.stopped = self.stopped or "no known-good request is taken; nothing else can be judged"
        return False

    def send(self, draft: Draft) -> Story | None:
        """Send one draft, unless it was sent before or the budget is spent, and judge what came of it."""
        self.interrupt.check()
        return self._send(draft.encode(), draft)

    def _send_wire(self) -> None:
        """Send what is unusual on the wire; where the contract is silent on it, only what must never be is judged."""
        for case in wire_cases():
            self.interrupt.check()
            self._send(case.request, None, special=case.name)

    def _send(self, request: Request, draft: Draft | None, special: str = "") -> Story | None:
        if not self.open or request in self.seen:
            return None
        ruling = self.prober.contract.judge(request, resources=self.prober.resources)
        if not may_send(ruling, spend=self.spend, spent=self.prober.pages, cost=self.prober.cost(request)):
            return None
        if self.spend is not None and any(self.ledger.has("broken-accepted", name) for name in ruling.clauses):
            return None  # It would be billed once more.
        self.seen.add(request)
        self.sent += 1
        self.tally.rule(ruling)
        story = self.prober.tell(request, ruling)
        self.tally.accepted += story.outcome is Outcome.ACCEPTED
        self._watch(story)
        if draft is None and ruling.answer is Answer.UNSPECIFIED:
            story = replace(story, kind=Kind.WIRE)
        self._note(story, draft, special)
        self._progress()
        return story

    def _progress(self) -> None:
        if self.progress is not None:
            self.progress(self.sent, self.max_requests, len(self.ledger.failures))

    def _watch(self, story: Story) -> None:
        """Stop the run where the endpoint has stopped answering; what passes after that would prove nothing."""
        self.silent = self.silent + 1 if story.outcome is Outcome.UNANSWERED else 0
        if self.silent >= MAX_SILENT:
            self.stopped = f"{self.silent} requests in a row were not answered"
        elif story.outcome is Outcome.BUSY:
            self.stopped = "the endpoint stays busy"

    def result(self) -> FuzzResult:
        rank = {check.name: number for number, check in enumerate(CHECKS)}
        failures = sorted(self.ledger.failures, key=lambda f: (rank[f.check], f.clause or "", f.id))
        new, old = parted(failures, self.known)
        return FuzzResult(
            base_url=self.prober.client.base_url,
            seed=self.seed,
            requests=self.sent,
            accepted=self.tally.accepted,
            unspecified=self.tally.unspecified,
            pages=self.prober.pages,
            spend=self.spend,
            clauses=self.tally.clauses(self.prober.contract.clauses, failures),
            untried=self.tally.untried(),
            failures=tuple(new),
            known=tuple(old),
            stopped=self.stopped,
        )

    def _note(self, story: Story, draft: Draft | None, special: str = "") -> None:
        """Keep what the checks complain of; what is known never to come is not waited for as long again."""
        unanswered = story.outcome is Outcome.UNANSWERED
        if unanswered:
            wait = max(10 * IMPATIENCE, 4 * self.prober.slowest)
            self.prober.client.deadline = min(self.prober.client.deadline, wait)
        elif story.outcome is Outcome.UNFINISHED:
            self.prober.patience = min(self.prober.patience, max(IMPATIENCE, 4 * self.prober.longest))
        attempts = MAX_SILENT if unanswered else MAX_ATTEMPTS
        self.ledger.note(story, draft, attempts=attempts, special=special)
        self.tally.tell(story)
        if self.max_failures is not None and len(parted(self.ledger.failures, self.known)[0]) >= self.max_failures:
            self.stopped = self.stopped or ENOUGH

    def _make_resources(self) -> None:
        """Save a schema and a checkpoint at the target, through its own endpoints, where it has them."""
        prober = self.prober
        made: dict[str, str] = {}
        schema = minimal_draft().fields["page_schema"]["json"]
        if "schema_id" not in prober.resources:
            made |= prober.save(schema)
            prober.schemas = {made["schema_id"]: schema} if made else {}
        if "checkpoint_id" not in prober.resources:
            story = self.send(checkpoint_draft())
            made |= checkpoint(story.result if story is not None else None)
        prober.resources = {**prober.resources, **made}
        prober.made = frozenset(made)

    def _explore(self, schemas: Sequence[Mapping[str, Any]]) -> None:
        """Let Hypothesis make requests until the bound is reached, or nothing new comes any more."""
        idle = 0
        while self.open and idle < MAX_IDLE:
            before = self.sent
            explore(
                self.prober.contract,
                self._take,
                seed=self.seed + self.sent,
                examples=self.max_requests - self.sent + SLACK,
                resources=self.prober.resources,
                schemas=schemas,
                always_break=self.spend is not None,
            )
            idle = idle + 1 if self.sent == before else 0

    def _take(self, draft: Draft) -> bool:
        self.send(draft)
        return self.open
