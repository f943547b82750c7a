"""The fuzzer's proof: the faults of the emulator trip exactly the checks and clauses that they declare.

Faults that touch different things are switched on together: each is still found, and none hides another. One at a time,
with more requests and seeds, is `nox -s matrix`.
"""

import dataclasses
import os

import pytest
from tests.matrix.inprocess import InProcess

from pageschema.client import ExtractClient
from pageschema.contract import KEY_PLACEHOLDER, Contract, Draft
from pageschema.emulator import EMULATOR_KEY, FAULTS, Emulator, create_app
from pageschema.emulator.behaviour import HONEST
from pageschema.fuzzing import CHECKS, fuzz, read_replay, replay
from pageschema.fuzzing.ledger import complaints
from pageschema.fuzzing.probe import Prober

CONTRACT = Contract.load()
RESOURCES = {"file_url": "https://files.example.com/invoice.pdf"}
REQUESTS = 210
"""As many as the deterministic part of a run sends."""
MINIMAL = {"type": "object", "properties": {"a": {"type": "string"}}}
SINGLY = bool(os.environ.get("PAGESCHEMA_MATRIX"))
ALONE = {
    "hangs", "never-completes", "success-without-request-id", "request-id-as-number", "swaps-results",
    "reuses-request-id", "caches-by-document", "refuses-with-200", "cuts-its-answer-off",
    "page-count-as-text",
}  # fmt: skip
"""Faults that leave nothing else to be seen."""

FICKLE = {"swaps-results", "caches-by-document", "reuses-request-id"}
"""Faults whose failures differ with what was asked for before, so that the same one need not come back."""


def touched(fault):
    """Return what of the emulator a fault replaces; any number of faults may add or drop rules."""
    faulty = fault.apply(HONEST)
    names = {field.name for field in dataclasses.fields(HONEST)} - {"rules"}
    return {name for name in names if getattr(faulty, name) is not getattr(HONEST, name)}


def marks(fault):
    return {trip.clause or trip.check for trip in fault.trips}


def together(faults):
    """Return the faults in groups whose members neither touch nor trip the same."""
    groups = []
    for fault in faults:
        fits = None
        if fault.name not in ALONE and not SINGLY:
            fits = next((group for group in groups if all(_apart(fault, other) for other in group)), None)
        if fits is None:
            groups.append([fault])
        else:
            fits.append(fault)
    return groups


def _apart(fault, other):
    return other.name not in ALONE and not touched(fault) & touched(other) and not marks(fault) & marks(other)


def in_process(faults, **options):
    return InProcess(create_app(faults=faults, **options), EMULATOR_KEY)


def run(client, **options):
    return fuzz(CONTRACT, client, patience=30, **{"resources": RESOURCES, **options})


@pytest.mark.parametrize("faults", together(FAULTS), ids=lambda group: "+".join(fault.name for fault in group)[:120])
def test_faults_trip_exactly_what_they_declare_and_each_failure_replays_until_it_is_mended(faults):
    names = [fault.name for fault in faults]
    with in_process(names) as client:
        result = run(client, max_requests=REQUESTS)
        found = {(failure.check, failure.clause) for failure in result.failures}
        assert found == {(trip.check, trip.clause) for fault in faults for trip in fault.trips}
        assert (result.requests, result.stopped) == (REQUESTS, None)
    for failure in {failure.check: failure for failure in result.failures}.values():
        saved = failure.as_replay()
        read = read_replay(saved, where="saved.json")
        assert read.request == failure.request
        assert read.as_replay() == saved
        with in_process(names) as client:
            if not FICKLE & set(names):
                assert replay(read, CONTRACT, client, patience=30).id == failure.id
        with in_process(()) as client:
            assert replay(read, CONTRACT, client, patience=30) is None


TWO_CAUSES = [
    (["crashes-on-file-name", "crashes-on-large-schema"], "server-error", {"a file name outside ASCII"}),
    (["crashes-on-negative-pages", "crashes-on-bad-webhook"], "server-error", {"max_pages"}),
    (["refuses-images", "refuses-references"], "valid-refused", {"file of type image/png"}),
    (["refuses-python-booleans", "refuses-accurate-mode"], "valid-refused", {"a boolean written True or False"}),
    (["boolean-as-text", "lists-as-objects"], "nonconforming-extraction", {"page_schema type boolean"}),
]


@pytest.mark.parametrize(("names", "check", "traits"), TWO_CAUSES, ids=lambda value: str(value)[:60])
def test_two_causes_that_one_check_complains_of_are_two_failures_each_with_its_own_smallest_request(
    names, check, traits
):
    with in_process(names) as client:
        failures = run(client, max_requests=REQUESTS).failures
    assert [failure.check for failure in failures] == [check, check]
    assert len({failure.id for failure in failures}) == 2
    assert any(traits <= set(failure.traits) for failure in failures)
    assert not set(failures[0].traits) & set(failures[1].traits)
    for failure in failures:
        assert failure.count < REQUESTS
        # The other fault does not show in it: what is special about the request is one thing.
        with in_process(names[:1]) as first, in_process(names[1:]) as second:
            shown = [replay(failure, CONTRACT, client, patience=30) is not None for client in (first, second)]
        assert sorted(shown) == [False, True]


def test_one_cause_is_one_failure_however_many_requests_show_it():
    for name in ("crashes-on-empty-field", "html-error-page", "refuses-python-booleans", "number-as-text"):
        with in_process([name]) as client:
            [failure] = run(client, max_requests=REQUESTS).failures
        assert failure.count > 3, name


def test_every_check_is_tripped_by_some_fault():
    assert len(FAULTS) >= 60
    tripped = {trip.check for fault in FAULTS for trip in fault.trips}
    assert tripped == {check.name for check in CHECKS}


@pytest.mark.parametrize("seed", range(20 if SINGLY else 1))
def test_the_honest_emulator_keeps_every_clause_and_every_check(seed):
    requests = 1_000 if SINGLY else 500
    with in_process(()) as client:
        result = run(client, max_requests=requests, seed=seed)
    assert [(failure.id, failure.message) for failure in result.failures] == []
    assert result.requests == requests
    for name, count in result.clauses.items():
        if count.strength != "assumed":
            assert count.valid >= 5, f"{name} was kept {count.valid} times"
            assert count.broken >= 5, f"{name} was broken {count.broken} times"


def test_the_honest_emulator_keeps_them_over_a_connection_too():
    with Emulator() as emulator, ExtractClient(emulator.base_url, api_key=emulator.api_key) as client:
        result = run(client, max_requests=REQUESTS, seed=7)
    assert [(failure.id, failure.message) for failure in result.failures] == []


def test_a_request_that_is_never_answered_is_found_over_a_connection_too():
    with (
        Emulator(faults=["hangs", "cuts-its-answer-off"]) as emulator,
        ExtractClient(emulator.base_url, api_key=emulator.api_key, deadline=1.0) as client,
    ):
        result = fuzz(CONTRACT, client, max_requests=100, patience=1.0)
    assert {(failure.check, failure.clause) for failure in result.failures} == {("no-answer", None)}


def test_a_failure_whose_body_is_no_form_replays_with_what_its_run_made_there_made_anew():
    with in_process(["accepts-json-body"]) as client:
        prober = Prober(client=client, contract=CONTRACT, patience=30)
        made = prober.save(MINIMAL)
        prober.resources, prober.made = RESOURCES | made, frozenset(made)
        headers = {"x-api-key": KEY_PLACEHOLDER, "content-type": "application/json"}
        draft = Draft(headers=headers, fields={**RESOURCES, "schema_id": made["schema_id"]})
        [(_, failure)] = complaints(prober.tell(draft.encode()), CONTRACT)
        prober.tidy()
    with in_process(["accepts-json-body"]) as client:
        assert replay(failure, CONTRACT, client, patience=30).id == failure.id == "broken-accepted.form-body"
