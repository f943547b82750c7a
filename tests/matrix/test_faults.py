"""The fuzzer's proof: each fault of the emulator trips exactly the checks and clauses that it declares."""

import pytest

from pageschema.client import ExtractClient
from pageschema.contract import Contract
from pageschema.emulator import FAULTS, Emulator
from pageschema.fuzzing import CHECKS, fuzz, read_replay, replay

CONTRACT = Contract.load()
SECONDS = {"hangs": 1.0, "never-completes": 0.3}
"""How long is waited where a fault keeps one waiting; elsewhere so long that a busy machine makes no difference."""


def client_for(emulator, seconds=30.0):
    return ExtractClient(emulator.base_url, api_key=emulator.api_key, deadline=max(seconds, 1.0))


def run(emulator, seconds=30.0, **options):
    with client_for(emulator, seconds) as client:
        return fuzz(CONTRACT, client, patience=seconds, **options)


def again(failure, emulator, seconds=30.0):
    with client_for(emulator, seconds) as client:
        return replay(failure, CONTRACT, client, patience=seconds)


@pytest.fixture(scope="module")
def honest():
    with Emulator() as emulator:
        yield emulator


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_trips_exactly_what_it_declares_and_each_failure_replays_until_it_is_mended(fault, honest):
    seconds = SECONDS.get(fault.name, 30.0)
    with Emulator(faults=[fault.name]) as faulty:
        result = run(faulty, seconds, max_requests=130)
        found = {(failure.check, failure.clause) for failure in result.failures}
        assert found == {(trip.check, trip.clause) for trip in fault.trips}
        assert (result.requests, result.stopped) == (130, None)
        for failure in result.failures:
            saved = failure.as_replay()
            read = read_replay(saved, where="saved.json")
            assert read.request == failure.request
            assert read.as_replay() == saved
            assert again(read, faulty, seconds).id == failure.id
    for failure in result.failures:
        assert again(failure, honest) is None


def test_every_check_is_tripped_by_some_fault():
    tripped = {trip.check for fault in FAULTS for trip in fault.trips}
    assert tripped == {check.name for check in CHECKS}


@pytest.mark.parametrize("seed", range(3))
def test_the_honest_emulator_keeps_every_clause_and_every_check(honest, seed):
    result = run(honest, max_requests=500, seed=seed)
    assert [(failure.id, failure.message) for failure in result.failures] == []
    assert result.requests == 500
    for name, count in result.clauses.items():
        if count.strength != "assumed":
            assert count.valid >= 5, f"{name} was kept {count.valid} times"
            assert count.broken >= 5, f"{name} was broken {count.broken} times"


def test_two_faults_at_once_are_two_failures():
    with Emulator(faults=["accepts-both-schemas", "crashes-on-empty-field", "echoes-key"]) as emulator:
        result = run(emulator, max_requests=130)
    assert [failure.id for failure in result.failures] == [
        "server-error",
        "broken-accepted.schema-exclusive",
        "key-echoed",
    ]


def test_a_failing_request_is_made_small():
    with Emulator(faults=["accepts-both-schemas", "refuses-non-ascii-schema"]) as emulator:
        result = run(emulator, max_requests=130)
    sent = {failure.id: CONTRACT.decode(failure.request).readings[0] for failure in result.failures}
    assert sent["broken-accepted.schema-exclusive"]["fields"].keys() == {"page_schema", "schema_id"}
    assert sent["valid-refused"]["fields"].keys() == {"page_schema"}
    [name] = sent["valid-refused"]["fields"]["page_schema"]["json"]["properties"]
    assert not name.isascii()
