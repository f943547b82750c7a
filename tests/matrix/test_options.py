"""What the emulator does for those who develop clients, by a clock of the test's own."""

import json

import pytest
from tests.matrix.inprocess import InProcess

from pageschema.client import json_body
from pageschema.contract import Draft, Request
from pageschema.emulator import EMULATOR_KEY, create_app
from pageschema.errors import InvalidConfiguration
from pageschema.strategies import minimal_draft

MINIMAL = minimal_draft()


class Clock:
    """Stands still unless somebody waits."""

    def __init__(self):
        self.now = 1_000.0
        self.waited = []

    def __call__(self):
        return self.now

    async def sleep(self, seconds):
        self.waited.append(seconds)


@pytest.fixture
def serve():
    clients = []

    def start(**options):
        clock = Clock()
        clients.append(InProcess(create_app(clock=clock, sleep=clock.sleep, **options), EMULATOR_KEY))
        return clients[-1], clock

    yield start
    for client in clients:
        client.close()


def extract(client, **fields):
    submitted = json_body(client.send(Draft(fields={**MINIMAL.fields, **fields}, files=MINIMAL.files).encode()))
    path = f"/api/v1/extract/{submitted['request_id']}"
    *_, last = client.poll(path, finished=lambda state: state["status"] != "processing", patience=1)
    return path, json_body(last)


def test_every_answer_takes_the_latency_that_was_asked_for(serve):
    client, clock = serve(latency=0.25)
    extract(client)
    assert set(clock.waited) == {0.25}
    assert len(clock.waited) == 3


def test_what_is_over_the_rate_limit_is_told_when_to_come_back_and_then_served(serve):
    client, clock = serve(rate_limit=2)
    sent = [client.send(MINIMAL.encode()).response for _ in range(3)]
    assert [response.status for response in sent] == [200, 200, 429]
    assert json.loads(sent[2].body)["detail"] == "Rate limit exceeded for endpoint /api/v1/extract"
    clock.now += float(sent[2].header("retry-after"))
    assert client.send(MINIMAL.encode()).response.status == 200


def test_each_nth_request_is_taken_and_fails_in_its_result(serve):
    client, _ = serve(fail_every=2)
    results = [extract(client)[1] for _ in range(4)]
    assert [result["success"] for result in results] == [True, False, True, False]
    assert "Page rate limit exceeded" in results[1]["error"]


def test_results_and_checkpoints_are_gone_after_their_time(serve):
    client, clock = serve(expire_after=3600)
    path, result = extract(client, save_checkpoint=True)
    clock.now += 3599
    assert client.get(path).response.status == 200
    clock.now += 2
    assert client.get(path).response.status == 404
    again = Draft(fields={**MINIMAL.fields, "checkpoint_id": result["checkpoint_id"]})
    assert client.send(again.encode()).response.status == 404


def test_a_large_result_stands_at_its_url_which_needs_no_key(serve):
    client, _ = serve(offload_above=100)
    _, result = extract(client)
    assert (result["status"], result["extraction_schema_json"]) == ("complete", None)
    assert result["expires_in"] > 0
    place = result["result_url"].removeprefix(client.base_url)
    kept = json_body(client.send(Request(method="GET", path=place)))
    assert "total" in json.loads(kept["extraction_schema_json"])


@pytest.mark.parametrize(
    ("mode", "siblings"),
    [
        ("balanced", {"total_citations", "total_meta"}),
        ("accurate", {"total_citations", "total_meta"}),
        ("fast", {"total_citations"}),
        ("turbo", set()),
    ],
)
def test_each_extraction_mode_mixes_in_what_it_is_documented_to(serve, mode, siblings):
    client, _ = serve()
    _, result = extract(client, extraction_mode=mode)
    assert result["extraction_mode"] == mode
    assert json.loads(result["extraction_schema_json"]).keys() == {"total"} | siblings


@pytest.mark.parametrize("option", [{"rate_limit": 0}, {"fail_every": 0}, {"latency": -1}, {"polls": -1}])
def test_an_option_that_makes_no_sense_is_refused(option):
    with pytest.raises(InvalidConfiguration):
        create_app(**option)
