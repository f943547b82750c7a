import contextlib
import json
import signal

import pytest

from pageschema.client import ExtractClient
from pageschema.contract import EXTRACT_PATH, Answer, Contract
from pageschema.emulator import EMULATOR_KEY, Emulator
from pageschema.errors import InvalidConfiguration, TargetUnreachable
from pageschema.fuzzing import fuzz
from pageschema.schema import PageSchema

CONTRACT = Contract.load()


class Recorder(ExtractClient):
    """A client that remembers what it sent."""

    def __init__(self, emulator, **options):
        super().__init__(emulator.base_url, api_key=emulator.api_key, **options)
        self.sent = []

    def send(self, request):
        self.sent.append(request)
        return super().send(request)

    @property
    def submitted(self):
        return [request for request in self.sent if (request.method, request.path) == ("POST", EXTRACT_PATH)]


@pytest.fixture(scope="module")
def emulator():
    with Emulator() as running:
        yield running


def test_the_same_seed_sends_the_same_bytes_and_another_seed_others():
    sent = []
    for seed in (3, 3, 4):
        with Emulator() as emulator, Recorder(emulator) as client:
            fuzz(CONTRACT, client, max_requests=310, seed=seed)
            sent.append(client.submitted)
    assert sent[0] == sent[1]
    assert sent[0] != sent[2]


def test_the_bound_is_kept_and_only_a_few_requests_are_sent_twice_to_compare_the_answers(emulator):
    for bound, twice in ((1, 0), (40, 0), (240, 6)):
        with Recorder(emulator) as client:
            result = fuzz(CONTRACT, client, max_requests=bound)
            assert len(client.submitted) == bound == result.requests
            assert bound - twice <= len(set(client.submitted)) <= bound


def test_progress_is_told_after_every_request(emulator):
    told = []
    fuzz(CONTRACT, emulator.base_url, api_key=EMULATOR_KEY, max_requests=30, progress=lambda *step: told.append(step))
    assert told == [(sent, 30, 0) for sent in range(1, 31)]


def test_the_page_schemas_of_a_project_are_sent_too(emulator):
    mine = PageSchema.from_value({"type": "object", "properties": {"only_mine": {"type": "string"}}})
    with Recorder(emulator) as client:
        fuzz(CONTRACT, client, max_requests=100, schemas=[mine])
    assert any(b"only_mine" in request.body for request in client.submitted)


def test_without_spending_only_what_must_be_refused_is_sent_and_nothing_is_billed(emulator):
    with Recorder(emulator) as client:
        result = fuzz(CONTRACT, client, max_requests=120, spend=0)
        assert {CONTRACT.judge(request).answer for request in client.submitted} == {Answer.REJECT}
    assert (result.pages, result.accepted, result.requests) == (0, 0, 120)
    assert {name for name, count in result.clauses.items() if count.broken < 3 and count.strength != "assumed"} == set()


def test_a_break_that_was_billed_once_is_not_paid_for_again():
    with Emulator(faults=["accepts-both-schemas"]) as emulator:
        result = fuzz(CONTRACT, emulator.base_url, api_key=EMULATOR_KEY, max_requests=120, spend=0)
    assert [(failure.id, failure.count) for failure in result.failures] == [("broken-accepted.schema-exclusive", 1)]
    assert result.pages == 1


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"max_requests": 0}, "at least 1"),
        ({"spend": -1}, "at least 0"),
        ({"resources": {"schema": "sch_1"}}, "is no resource"),
        ({"resources": {"schema_version": "latest"}}, "is no schema_version"),
        ({"resources": {"schema_version": "٣"}}, "is no schema_version"),
        ({"resources": {"file_url": ""}}, "is no file_url"),
        ({"api_key": ""}, "no API key"),
        ({"target": "https://www.datalab.to"}, "not on this machine"),
    ],
)
def test_an_option_that_makes_no_sense_is_refused_before_anything_is_sent(options, what):
    with pytest.raises(InvalidConfiguration, match=what):
        fuzz(CONTRACT, **{"target": "http://127.0.0.1:9", "api_key": "k", **options})


def test_a_target_where_nothing_listens_is_unreachable():
    with Emulator() as gone:
        url = gone.base_url
    with pytest.raises(TargetUnreachable):
        fuzz(CONTRACT, url, api_key="k", max_requests=5)


def reply(status, value, *headers):
    body = json.dumps(value).encode()
    lines = [f"HTTP/1.1 {status} .", "Content-Type: application/json", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


TAKEN = reply(200, {"success": True, "request_id": "r1", "request_check_url": "/api/v1/extract/r1"})
DONE = reply(200, {"status": "complete", "success": True, "extraction_schema_json": '{"total": 1}'})
GONE = reply(404, {"detail": "no such request"})
BUSY = reply(429, {"detail": "Rate limit exceeded for endpoint /api/v1/extract"}, "Retry-After: 0")


def test_a_busy_target_is_asked_again_and_nobody_is_blamed(serve):
    def behave(provider, connection, request):
        known = request.startswith(f"GET {EXTRACT_PATH}/r1 ".encode())
        if len(provider.requests) % 3:
            connection.sendall(BUSY)
        else:
            connection.sendall(TAKEN if request.startswith(b"POST") else DONE if known else GONE)

    result = fuzz(CONTRACT, serve(behave).url, api_key="a-long-key", max_requests=1, patience=20)
    assert (result.accepted, result.failures, result.stopped) == (1, (), None)


@pytest.mark.parametrize("when", ["at once", "while it is polled", "in the result"])
def test_a_target_that_stays_busy_ends_the_run_without_a_failure(serve, when):
    limited = reply(200, {"status": "failed", "success": False, "error": "Page rate limit exceeded."})

    def behave(_provider, connection, request):
        if request.startswith(b"POST"):
            connection.sendall(BUSY if when == "at once" else TAKEN)
        else:
            connection.sendall(limited if when == "in the result" else BUSY)

    result = fuzz(CONTRACT, serve(behave).url, api_key="a-long-key", max_requests=50, patience=0)
    assert (result.failures, result.stopped, result.requests) == ((), "the endpoint stays busy", 1)
    assert result.exit_code == 3


@pytest.mark.parametrize("swallowed", [False, True])
def test_ctrl_c_ends_the_run_with_what_was_found_even_where_python_drops_it(emulator, swallowed):
    class Pressed(Recorder):
        def send(self, request):
            if len(self.sent) == 20:
                # As in a callback of the garbage collector: what is raised there comes to nothing.
                with contextlib.suppress(KeyboardInterrupt) if swallowed else contextlib.nullcontext():
                    signal.raise_signal(signal.SIGINT)
            return super().send(request)

    with Pressed(emulator) as client:
        result = fuzz(CONTRACT, client, max_requests=200)
        assert len(client.sent) < 30
    assert (result.stopped, result.exit_code) == ("interrupted", 130)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_where_no_good_request_is_taken_that_is_said_once(serve):
    refuse = reply(400, {"detail": "no such field: page_schema"})
    provider = serve(lambda _provider, connection, _request: connection.sendall(refuse))
    result = fuzz(CONTRACT, provider.url, api_key="a-long-key", max_requests=500)
    assert [failure.check for failure in result.failures] == ["valid-refused"]
    assert "no such field" in result.failures[0].message
    assert result.stopped == "no known-good request is taken; nothing else can be judged"
    assert result.requests < 20
