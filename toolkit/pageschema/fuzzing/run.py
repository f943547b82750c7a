"""The contract run: a minimal request, a sweep over all clauses, then Hypothesis for what nobody thought of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pageschema.client import KEY_VARIABLE, ExtractClient, is_loopback, json_body
from pageschema.contract import KEY_PLACEHOLDER, Answer, Contract, Draft, Request, Ruling
from pageschema.errors import InvalidConfiguration
from pageschema.fuzzing import sweep
from pageschema.fuzzing.checks import CHECKS
from pageschema.fuzzing.failure import Failure
from pageschema.fuzzing.minimise import minimise
from pageschema.fuzzing.probe import Prober, may_send
from pageschema.fuzzing.story import Outcome, Story
from pageschema.schema import PageSchema

SAVED_SCHEMAS_PATH = "/api/v1/extraction_schemas"
UNKNOWN_IDS = ("req_that_never_was", "00000000-0000-4000-8000-000000000000")
LOCAL_PATIENCE, REMOTE_PATIENCE = 10.0, 300.0
IMPATIENCE = 0.1
"""Seconds given to a result, or an answer, once one of them is known never to come."""

Progress = Callable[[int, int, int], None]
"""Told the requests sent, how many there will be, and the failures so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseCount:
    """How often a clause was kept by a request, broken by one, and found wanting in the endpoint."""

    strength: str
    valid: int = 0
    broken: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FuzzResult:
    """What a run did and found.

    `requests` counts the POSTs to /extract, those that made a failure small apart; `unspecified` those on which the
    contract is silent; `reached` those that came to a result. `stopped` says why the run ended early, if it did.
    """

    base_url: str
    seed: int
    requests: int
    accepted: int
    unspecified: int
    pages: int
    clauses: Mapping[str, ClauseCount]
    failures: tuple[Failure, ...]
    stopped: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the members that ``fuzz --format json`` prints."""
        return {
            "requests": self.requests,
            "accepted": self.accepted,
            "unspecified": self.unspecified,
            "pages": self.pages,
            "seed": self.seed,
            "stopped": self.stopped,
            "clauses": {
                name: {"strength": c.strength, "valid": c.valid, "broken": c.broken, "failed": c.failed}
                for name, c in self.clauses.items()
            },
            "failures": [failure.as_json(self.base_url) for failure in self.failures],
        }


def fuzz(
    contract: Contract,
    target: str | ExtractClient,
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
        target: A base URL, or a client for one. Anything but loopback needs *allow_remote*.
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
        InvalidConfiguration: The target is not loopback and *allow_remote* is off, there is no key, or a bound is
            negative.
        TargetUnreachable: Nothing listens there.
    """
    if max_requests < 1 or (spend is not None and spend < 0):
        raise InvalidConfiguration("max_requests is at least 1 and spend at least 0")
    client = (
        target
        if isinstance(target, ExtractClient)
        else ExtractClient(target, api_key=api_key, allow_remote=allow_remote)
    )
    if not client.has_key:
        raise InvalidConfiguration(
            "there is no API key to send", remedy=f"set {KEY_VARIABLE}: export {KEY_VARIABLE}=…, any text for a mock"
        )
    local = is_loopback(client.host)
    prober = Prober(
        client=client,
        contract=contract,
        patience=patience if patience is not None else LOCAL_PATIENCE if local else REMOTE_PATIENCE,
        resources=dict(resources or {}),
    )
    run = _Run(
        prober=prober,
        seed=seed,
        max_requests=max_requests,
        spend=spend if spend is not None or local else 0,
        progress=progress,
    )
    try:
        return run.go(schemas)
    finally:
        if client is not target:
            client.close()


@dataclass(slots=True, kw_only=True)
class _Run:
    prober: Prober
    seed: int
    max_requests: int
    spend: int | None
    progress: Progress | None
    sent: int = 0
    accepted: int = 0
    unspecified: int = 0
    failures: dict[str, Failure] = field(default_factory=dict)
    valid: dict[str, int] = field(default_factory=dict)
    broken: dict[str, int] = field(default_factory=dict)
    seen: set[Request] = field(default_factory=set)

    def go(self, schemas: Sequence[PageSchema]) -> FuzzResult:
        values = [schema.value for schema in schemas]
        known = sweep.bases({}, ())
        first = self.send(known[0])
        if first is not None and first.outcome in {Outcome.REFUSED, Outcome.REFUSED_LATE}:
            return self.result(stopped="the minimal valid request is refused; nothing else can be judged")
        if self.spend is None:
            self._make_resources()
        known = sweep.bases(self.prober.resources, values)
        for story in (self.prober.ask_unknown(name) for name in UNKNOWN_IDS):
            self._note(story, None)
        for draft in sweep.broken(self.prober.contract, self.prober.resources, known):
            self.send(draft)
        for draft in sweep.kept(self.prober.resources, known):
            self.send(draft)
        self._explore(values)
        return self.result()

    def send(self, draft: Draft) -> Story | None:
        """Send one draft, unless it was sent before or the budget is spent, and judge what came of it."""
        request = draft.encode()
        if self.sent >= self.max_requests or request in self.seen:
            return None
        ruling = self.prober.contract.judge(request, resources=self.prober.resources)
        if not may_send(ruling, spend=self.spend, spent=self.prober.pages):
            return None
        self.seen.add(request)
        self.sent += 1
        self._count(ruling)
        story = self.prober.tell(request, ruling)
        self.accepted += story.outcome is Outcome.ACCEPTED
        self._note(story, draft)
        if self.progress is not None:
            self.progress(self.sent, self.max_requests, len(self.failures))
        return story

    def result(self, stopped: str | None = None) -> FuzzResult:
        failed: dict[str, int] = {}
        for failure in self.failures.values():
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
            failures=tuple(sorted(self.failures.values(), key=lambda f: (rank[f.check], f.clause or ""))),
            stopped=stopped,
        )

    def _count(self, ruling: Ruling) -> None:
        self.unspecified += ruling.answer is Answer.UNSPECIFIED
        counted = self.broken if ruling.answer is Answer.REJECT else self.valid
        for name in ruling.clauses if ruling.answer is Answer.REJECT else ruling.concerned:
            counted[name] = counted.get(name, 0) + 1
        for name in ruling.doubts:
            self.broken[name] = self.broken.get(name, 0) + 1

    def _note(self, story: Story, draft: Draft | None) -> None:
        """Keep what the checks complain of: a new failure with its smallest request, an old one counted."""
        for check, failure in complaints(story, self.prober.contract):
            if failure.id in self.failures:
                known = self.failures[failure.id]
                self.failures[failure.id] = replace(known, count=known.count + 1)
                continue
            self.failures[failure.id] = failure
            if story.outcome is Outcome.UNANSWERED:
                self.prober.client.deadline = min(self.prober.client.deadline, 10 * IMPATIENCE)
            elif story.outcome is Outcome.UNFINISHED:
                self.prober.patience = min(self.prober.patience, IMPATIENCE)
            if draft is not None and check.repeats == 1 and self.spend is None:
                self.failures[failure.id] = self._smallest(draft, failure)

    def _smallest(self, draft: Draft, failure: Failure) -> Failure:
        found: dict[Request, Failure] = {}

        def fails(candidate: Draft) -> bool:
            request = candidate.encode()
            for _, again in complaints(self.prober.tell(request), self.prober.contract):
                if again.id == failure.id:
                    found[request] = again
            return request in found

        return found.get(minimise(draft, fails).encode(), failure)

    def _make_resources(self) -> None:
        """Save a schema and a checkpoint at the target, through its own endpoints, where it has them."""
        minimal = sweep.bases({}, ())[0]
        made: dict[str, str] = {}
        schema = minimal.fields["page_schema"]["json"]
        if "schema_id" not in self.prober.resources:
            saved = _save_schema(self.prober.client, schema)
            if saved is not None:
                made["schema_id"], made["schema_version"] = saved
                self.prober.schemas = {saved[0]: schema}
        if "checkpoint_id" not in self.prober.resources:
            story = self.send(replace(minimal, fields={**minimal.fields, "save_checkpoint": True}))
            result = story.result if story is not None else None
            if isinstance(result, dict) and isinstance(result.get("checkpoint_id"), str):
                made["checkpoint_id"] = result["checkpoint_id"]
        self.prober.resources = {**self.prober.resources, **made}

    def _explore(self, schemas: Sequence[Mapping[str, Any]]) -> None:
        """Let Hypothesis make requests until the budget is spent: two in three valid, the rest broken in one place."""
        import hypothesis
        from hypothesis import strategies as st

        from pageschema import strategies

        contract, resources = self.prober.contract, self.prober.resources
        generated = strategies.page_schema_values()
        values = st.one_of(generated, st.sampled_from(schemas)) if schemas else generated
        valid = strategies.valid_drafts(contract, resources=resources, schemas=values)
        broken = st.one_of(
            [
                strategies.broken_drafts(contract, clause=clause, valid=valid, resources=resources)
                for clause in contract.clauses
                if clause.binding
            ]
        )
        mixed = st.sampled_from([valid, valid, broken] if self.spend is None else [broken]).flatmap(
            lambda drafts: drafts
        )
        rounds = 0
        while self.sent < self.max_requests and rounds < 3:
            before = self.sent

            @hypothesis.seed(self.seed + self.sent)
            @hypothesis.settings(
                max_examples=2 * (self.max_requests - self.sent) + 20,
                database=None,
                deadline=None,
                phases=[hypothesis.Phase.generate],
                suppress_health_check=list(hypothesis.HealthCheck),
            )
            @hypothesis.given(mixed)
            def explore(draft: Draft) -> None:
                self.send(draft)

            explore()
            rounds = rounds + 1 if self.sent == before else 0


def complaints(story: Story, contract: Contract) -> list[tuple[Any, Failure]]:
    """Return what every check has against a story, as failures with the request that was sent."""
    return [
        (
            check,
            Failure(check=check.name, clause=found.clause, message=found.message, request=story.submit.request),
        )
        for check in CHECKS
        for found in check.judge(story, contract)
    ]


def _save_schema(client: ExtractClient, schema: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the id and version of a schema just saved at the target, or None where it saves none.

    Source: DD/docs/recipes/structured-extraction/saved-schemas.
    """
    from pageschema import jsontext

    body = jsontext.dumps({"name": "pageschema-contract-run", "schema_json": schema}, indent=None).encode()
    headers = (("X-API-Key", KEY_PLACEHOLDER), ("Content-Type", "application/json"))
    exchange = client.send(Request(method="POST", path=SAVED_SCHEMAS_PATH, headers=headers, body=body))
    saved = json_body(exchange)
    if exchange.response is None or exchange.response.status not in {200, 201} or not isinstance(saved, dict):
        return None
    if not isinstance(saved.get("schema_id"), str):
        return None
    return saved["schema_id"], str(saved.get("version", 1))
