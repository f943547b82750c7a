"""The contract run: a minimal request, a sweep over all clauses, then Hypothesis for what nobody thought of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pageschema.client import KEY_VARIABLE, is_loopback
from pageschema.contract import Answer, Clause, Contract, Draft, Request, Ruling, apply_patch
from pageschema.errors import InvalidConfiguration
from pageschema.fuzzing import flows, sweep
from pageschema.fuzzing.checks import CHECKS
from pageschema.fuzzing.interrupt import Interrupt, interruptible
from pageschema.fuzzing.ledger import Ledger
from pageschema.fuzzing.minimise import MAX_ATTEMPTS
from pageschema.fuzzing.probe import Prober, may_send
from pageschema.fuzzing.resources import checkpoint, checkpoint_draft, save_schema, validate
from pageschema.fuzzing.result import INTERRUPTED, ClauseCount, FuzzResult
from pageschema.fuzzing.story import Kind, Outcome, Story
from pageschema.fuzzing.target import Target, reach
from pageschema.schema import PageSchema
from pageschema.strategies import MALFORMED_IDS, minimal_draft, wire_cases

KEY_REFUSED = frozenset({401, 403})
UNKNOWN_IDS = ("req_that_never_was", "00000000-0000-4000-8000-000000000000")
HOPELESS = frozenset(
    {Outcome.REFUSED, Outcome.REFUSED_LATE, Outcome.CRASHED, Outcome.UNANSWERED, Outcome.BUSY}
)  # fmt: skip
"""Outcomes of a known-good request after which no other tells anything."""
LOCAL_PATIENCE, REMOTE_PATIENCE = 10.0, 300.0
IMPATIENCE = 0.1
"""Seconds given to a result, ten times as many to an answer, once one of them is known never to come.

What took longer before gets four times as long as it took: a slow endpoint is not a dead one.
"""
MAX_BREAKS = 12
"""A multiple of how many `breaks` a clause usually has, so that each is as likely."""
SLACK = 20
"""Examples asked of Hypothesis beyond the requests still to send: its first ones are the simplest, sent long before."""
COUNTED = frozenset({Kind.SENT_AGAIN, Kind.TOGETHER, Kind.UNKNOWN_RESOURCE, Kind.VERSION})
"""Stories of a flow that begin with a submission of their own."""
MAX_REMEMBERED = 8
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
                budget = spend if spend is not None or local else 0
                run = _Run(
                    prober=prober,
                    ledger=Ledger(contract=contract, tell=prober.tell if budget is None else None),
                    seed=seed,
                    max_requests=max_requests,
                    spend=budget,
                    progress=progress,
                    interrupt=interrupt,
                )
                return run.go(schemas)
        finally:
            client.deadline = deadline


@dataclass(slots=True, kw_only=True)
class _Run:
    prober: Prober
    ledger: Ledger
    seed: int
    max_requests: int
    spend: int | None
    progress: Progress | None
    interrupt: Interrupt
    first: Story | None = None
    sent: int = 0
    accepted: int = 0
    unspecified: int = 0
    valid: dict[str, int] = field(default_factory=dict)
    broken: dict[str, int] = field(default_factory=dict)
    seen: set[Request] = field(default_factory=set)
    silent: int = 0
    stopped: str | None = None

    @property
    def open(self) -> bool:
        """Whether more may be sent."""
        return self.sent < self.max_requests and self.stopped is None

    def go(self, schemas: Sequence[PageSchema]) -> FuzzResult:
        """Run to the end, or to Ctrl-C: what was found by then is not lost."""
        try:
            return self._go(schemas)
        except KeyboardInterrupt:
            self.stopped = INTERRUPTED
            return self.result()

    def _go(self, schemas: Sequence[PageSchema]) -> FuzzResult:
        values = [schema.value for schema in schemas]
        if self.spend == 0:
            self._require_key()
        if not self._begin():
            return self.result()
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
        return self.result()

    def _send_all(self, drafts: Iterable[Draft]) -> list[Story]:
        """Send each draft, and return some of the stories, spread over all."""
        told = [story for draft in drafts if (story := self.send(draft)) is not None]
        return told[:: max(1, len(told) // MAX_REMEMBERED)]

    def _follow_flows(self) -> None:
        """Tell the stories that take more than one request; with a budget of pages they are left out."""
        prober, first = self.prober, self.first
        if self.spend is not None or first is None:
            return
        self._flow(flows.other_method(prober, first.submit.request), posts=0)
        self._flow(flows.after_result(prober, first), posts=0)
        self._flow(flows.together(prober), posts=2)
        told = [self.send(draft) for draft in flows.page_drafts()]
        if None not in told:
            self._flow(flows.pages([story for story in told if story is not None]), posts=0)
        self._flow(flows.unknown_resources(prober), posts=2)
        self._flow(flows.saved_schemas(prober), posts=4)

    def _come_back(self, remembered: Sequence[Story]) -> None:
        """Ask again for results that are some requests old, and send the same requests again."""
        if self.spend is not None or self.first is None:
            return
        for story in (self.first, *remembered):
            self._flow(flows.read_again(self.prober, story), posts=0)
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
            self.accepted += story.kind in COUNTED and story.outcome is Outcome.ACCEPTED
            if story.kind in COUNTED and story.ruling is not None:
                self._count(story.ruling)
            self._note(story, None)
        self.sent += self.prober.posts - before
        if self.progress is not None and self.prober.posts > before:
            self.progress(self.sent, self.max_requests, len(self.ledger.failures))

    def _require_key(self) -> None:
        """Refuse to run with a key that the endpoint refuses: every request would be refused, and all seem well."""
        answer = self.prober.ask_unknown(UNKNOWN_IDS[0]).submit.response
        if answer is not None and answer.status in KEY_REFUSED:
            raise InvalidConfiguration(
                f"the endpoint refuses the API key with {answer.status}",
                where=self.prober.client.base_url,
                remedy=f"set {KEY_VARIABLE} to a key of this endpoint",
            )

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
        if not may_send(ruling, spend=self.spend, spent=self.prober.pages):
            return None
        if self.spend is not None and any(self.ledger.has("broken-accepted", name) for name in ruling.clauses):
            return None  # It would be billed once more.
        self.seen.add(request)
        self.sent += 1
        self._count(ruling)
        story = self.prober.tell(request, ruling)
        self.accepted += story.outcome is Outcome.ACCEPTED
        self._watch(story)
        if draft is None and ruling.answer is Answer.UNSPECIFIED:
            story = replace(story, kind=Kind.WIRE)
        self._note(story, draft, special)
        if self.progress is not None:
            self.progress(self.sent, self.max_requests, len(self.ledger.failures))
        return story

    def _watch(self, story: Story) -> None:
        """Stop the run where the endpoint has stopped answering; what passes after that would prove nothing."""
        self.silent = self.silent + 1 if story.outcome is Outcome.UNANSWERED else 0
        if self.silent >= MAX_SILENT:
            self.stopped = f"{self.silent} requests in a row were not answered"
        elif story.outcome is Outcome.BUSY:
            self.stopped = "the endpoint stays busy"

    def result(self) -> FuzzResult:
        failed: dict[str, int] = {}
        for failure in self.ledger.failures:
            if failure.clause:
                failed[failure.clause] = failed.get(failure.clause, 0) + failure.count
        rank = {check.name: number for number, check in enumerate(CHECKS)}
        return FuzzResult(
            base_url=self.prober.client.base_url,
            seed=self.seed,
            requests=self.sent,
            accepted=self.accepted,
            unspecified=self.unspecified,
            pages=self.prober.pages,
            clauses={
                clause.id: ClauseCount(
                    strength=clause.strength.value,
                    valid=self.valid.get(clause.id, 0),
                    broken=self.broken.get(clause.id, 0),
                    failed=failed.get(clause.id, 0),
                )
                for clause in self.prober.contract.clauses
            },
            failures=tuple(sorted(self.ledger.failures, key=lambda f: (rank[f.check], f.clause or "", f.id))),
            stopped=self.stopped,
        )

    def _count(self, ruling: Ruling) -> None:
        self.unspecified += ruling.answer is Answer.UNSPECIFIED
        counted = self.broken if ruling.answer is Answer.REJECT else self.valid
        for name in ruling.clauses if ruling.answer is Answer.REJECT else ruling.concerned:
            counted[name] = counted.get(name, 0) + 1
        for name in ruling.doubts:
            self.broken[name] = self.broken.get(name, 0) + 1

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

    def _make_resources(self) -> None:
        """Save a schema and a checkpoint at the target, through its own endpoints, where it has them."""
        prober = self.prober
        made: dict[str, str] = {}
        schema = minimal_draft().fields["page_schema"]["json"]
        if "schema_id" not in prober.resources:
            made |= save_schema(prober.client, schema)
            prober.schemas = {made["schema_id"]: schema} if made else {}
        if "checkpoint_id" not in prober.resources:
            story = self.send(checkpoint_draft())
            made |= checkpoint(story.result if story is not None else None)
        prober.resources = {**prober.resources, **made}
        prober.made = frozenset(made)

    def _explore(self, schemas: Sequence[Mapping[str, Any]]) -> None:
        """Let Hypothesis make requests until the budget is spent: valid ones, and half of them again with one break.

        A request and its broken twin cost one draw, and drawing is what takes the time.
        """
        import hypothesis
        from hypothesis import strategies as st

        from pageschema import strategies

        contract, resources = self.prober.contract, self.prober.resources
        generated = strategies.page_schema_values()
        values = st.one_of(generated, st.sampled_from(schemas)) if schemas else generated
        valid = strategies.valid_drafts(contract, resources=resources, schemas=values)
        clauses = [clause for clause in contract.clauses if clause.binding]
        kept_alone = [] if self.spend is not None else [None] * len(clauses)
        broken = st.sampled_from([*kept_alone, *clauses])
        problems: list[Exception] = []
        idle = 0
        while self.open and idle < 3 and not problems:
            before = self.sent

            @hypothesis.seed(self.seed + self.sent)
            @hypothesis.settings(
                max_examples=self.max_requests - self.sent + SLACK,
                database=None,
                deadline=None,
                phases=[hypothesis.Phase.generate],
                suppress_health_check=list(hypothesis.HealthCheck),
            )
            @hypothesis.given(draft=valid, clause=broken, patch=st.integers(0, MAX_BREAKS - 1))
            def explore(draft: Draft, clause: Clause | None, patch: int) -> None:
                try:
                    if not problems:
                        self.send(draft)
                        self._break(draft, clause, patch)
                except Exception as error:  # noqa: BLE001 - Hypothesis would send the request again, and call it flaky.
                    problems.append(error)

            explore()
            idle = idle + 1 if self.sent == before else 0
        if problems:
            raise problems[0]

    def _break(self, draft: Draft, clause: Clause | None, patch: int) -> None:
        """Send *draft* with one break of *clause*, if that breaks the clause and no other."""
        if clause is None:
            return
        resources = self.prober.resources
        broken = apply_patch(draft, clause.breaks[patch % len(clause.breaks)], resources=resources)
        ruling = self.prober.contract.judge(broken.encode(), resources=resources)
        if ruling.answer is Answer.REJECT and ruling.clauses == (clause.id,):
            self.send(broken)
