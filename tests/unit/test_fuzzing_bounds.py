"""What ends a contract run, what it costs, and what it then says."""

from __future__ import annotations

import json
import time

import pytest

from pageschema.client import ExtractClient
from pageschema.client.pace import Pace
from pageschema.contract import EXTRACT_PATH, Contract
from pageschema.emulator import EMULATOR_KEY, Emulator
from pageschema.errors import InvalidConfiguration
from pageschema.fuzzing import fuzz
from pageschema.fuzzing.known import Known, key, parted
from pageschema.strategies import UPLOADS

CONTRACT = Contract.load()
TWO_FAULTS = ("accepts-both-schemas", "accepts-no-source")


class Ticking(ExtractClient):
    """A client whose clock goes on by a second a request. It has 3 s left after the first with *last* in it."""

    def __init__(self, emulator, last=None):
        super().__init__(emulator.base_url, api_key=emulator.api_key)
        self.now = 0.0
        self.sent = []
        self.pace = Pace(clock=lambda: self.now, sleep=lambda _seconds: None)
        self._last = last
        # The transport has the true clock, to which the end by this one means nothing.
        start = self._transport.start
        self._transport.start = lambda _end: start(time.monotonic() + 30)

    def send(self, request):
        exchange = super().send(request)
        self.now += 1
        self.sent.append(request)
        if self._last is not None and self._last in request.body:
            self.pace.stop_in(3)
            self._last = None
        return exchange


@pytest.fixture(scope="module")
def emulator():
    with Emulator() as running:
        yield running


@pytest.fixture(scope="module")
def faulty():
    with Emulator(faults=TWO_FAULTS) as running:
        yield running


@pytest.fixture(scope="module")
def every(faulty):
    """Return what a run finds that has no bound."""
    return fuzz(CONTRACT, faulty.base_url, api_key=EMULATOR_KEY, max_requests=40)


def test_a_run_ends_when_its_time_is_over_and_that_fails_nothing(emulator):
    with Ticking(emulator) as client:
        result = fuzz(CONTRACT, client, max_requests=500, max_time=60)
        assert len(client.sent) in {60, 61}  # The last one archives what the run has saved.
        assert client.pace.end is None
    assert (result.stopped, result.failures, result.exit_code) == ("its time was over", (), 0)


def test_what_was_found_when_the_time_is_over_is_kept_if_less_small(faulty):
    with Ticking(faulty, last=b'name="schema_id"') as client:
        result = fuzz(CONTRACT, client, max_requests=500, max_time=1000)
    assert result.stopped == "its time was over"
    assert result.failures[0].id == "broken-accepted.schema-exclusive"
    assert result.exit_code == 1


def test_a_hanging_endpoint_does_not_keep_a_run_past_its_time(serve):
    provider = serve(lambda provider, connection, _request: provider.trickle(connection, [b"H"] * 600))
    result = fuzz(CONTRACT, provider.url, api_key="a-long-key", max_time=0.1)
    assert (result.stopped, result.failures) == ("its time was over", ())


def test_a_run_ends_with_as_many_failures_as_it_should_find(faulty, every):
    assert len(every.failures) == 2
    first = fuzz(CONTRACT, faulty.base_url, api_key=EMULATOR_KEY, max_requests=40, max_failures=1)
    assert len(first.failures) == 1
    assert first.requests < every.requests
    assert (first.stopped, first.exit_code) == ("it has found as many failures as it should", 1)


def test_a_known_failure_is_told_apart_and_counts_for_no_bound(faulty, every):
    known = Known(key(failure) for failure in every.failures)
    result = fuzz(CONTRACT, faulty.base_url, api_key=EMULATOR_KEY, max_requests=40, max_failures=1, known=known)
    assert [each.id for each in result.known] == [each.id for each in every.failures]
    assert (result.failures, result.stopped, result.exit_code) == ((), None, 0)


def test_of_several_failures_alike_as_many_are_known_as_were_accepted(every):
    twice = [*every.failures, *every.failures]
    assert parted(twice, Known(key(failure) for failure in every.failures)) == (list(every.failures),) * 2


@pytest.mark.parametrize(
    "options", [{"max_time": 0}, {"max_time": -1}, {"max_time": float("nan")}, {"max_failures": 0}]
)
def test_a_bound_that_lets_nothing_happen_is_refused(options):
    with pytest.raises(InvalidConfiguration, match="max_time is above 0 and max_failures at least 1"):
        fuzz(CONTRACT, "http://127.0.0.1:9", api_key="k", **options)


@pytest.mark.parametrize(
    ("spend", "untried", "tried"),
    [
        (0, ["a request and its result", "a result read again", "a saved schema"], ["the state of a request that"]),
        (7, ["one of two requests under way together", "a saved schema"], ["a result read again", "without the right"]),
    ],
)
def test_a_budget_of_pages_is_spent_to_the_last_and_what_it_leaves_out_is_told(emulator, spend, untried, tried):
    result = fuzz(CONTRACT, emulator.base_url, api_key=EMULATOR_KEY, max_requests=60, spend=spend)
    assert (result.pages, result.requests) == (spend, 60)
    assert set(untried) <= set(result.untried)
    assert not any(word in " ".join(result.untried) for word in tried)


def test_an_unfinished_result_may_still_be_billed(serve):
    taken = {"success": True, "request_id": "r", "request_check_url": f"{EXTRACT_PATH}/r"}

    def behave(_provider, connection, request):
        value = taken if request.startswith(b"POST") else {"status": "processing"}
        body = json.dumps(value).encode()
        head = f"HTTP/1.1 200 .\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        connection.sendall(head.encode() + body)

    provider = serve(behave)
    result = fuzz(CONTRACT, provider.url, api_key="a-long-key", max_requests=30, spend=2, patience=0)
    assert not any(UPLOADS[1]["content"] in request for request in provider.requests if request.startswith(b"POST"))
    assert result.pages >= 2


def test_what_a_run_saves_at_the_target_is_archived_at_the_end():
    with Emulator() as emulator, ExtractClient(emulator.base_url, api_key=emulator.api_key) as client:
        result = fuzz(CONTRACT, client, max_requests=60)
        listed = client.get("/api/v1/extraction_schemas")
        every = client.get("/api/v1/extraction_schemas?include_archived=true")
    assert "a saved schema" not in result.untried
    assert [json.loads(each.response.body)["total"] for each in (listed, every)] == [0, 2]


def test_a_target_that_dies_under_way_loses_nothing_that_was_found(faulty):
    with ExtractClient(faulty.base_url, api_key=faulty.api_key) as client:
        left = iter(range(100))

        def observe(_exchange):
            if next(left, None) is None:
                client.base_url = "http://127.0.0.1:9"

        client._observe = observe
        result = fuzz(CONTRACT, client, max_requests=200)
    assert result.stopped == "the endpoint is gone: nothing is listening"
    assert {failure.check for failure in result.failures} == {"broken-accepted"}


def test_a_result_that_never_comes_is_not_polled_until_memory_is_full(serve, monkeypatch):
    monkeypatch.setattr("pageschema.fuzzing.probe.MAX_POLLED_BYTES", 5_000)
    taken = {"success": True, "request_id": "r", "request_check_url": f"{EXTRACT_PATH}/r"}

    def behave(_provider, connection, request):
        value = taken if request.startswith(b"POST") else {"status": "processing", "more": "." * 1_000}
        body = json.dumps(value).encode()
        head = f"HTTP/1.1 200 .\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        connection.sendall(head.encode() + body)

    result = fuzz(CONTRACT, serve(behave).url, api_key="a-long-key", max_requests=1, patience=600)
    assert "still 'processing' after 5 polls" in [failure.message for failure in result.failures]
