"""Datalab's published client against the emulator: it works end to end, and its known defects show. `nox -s sdk`.

What is expected of version 0.5.0 was seen of it; where a newer one mends a defect, its test here goes.
"""

import json

import pytest

from pageschema.contract import EXTRACT_PATH, KEY_PLACEHOLDER, Answer, Contract, Request
from pageschema.emulator import EMULATOR_KEY, create_app, served
from pageschema.strategies import UPLOADS

datalab = pytest.importorskip("datalab_sdk")
SCHEMA = {"type": "object", "properties": {"total": {"type": "number"}}, "required": ["total"]}


class Recorder:
    """An ASGI application in front of another, which keeps what was sent, the key by its placeholder."""

    def __init__(self, app):
        self.app = app
        self.requests = []

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        headers = tuple(
            (name.decode(), value.decode("latin-1").replace(EMULATOR_KEY, KEY_PLACEHOLDER))
            for name, value in scope["headers"]
        )
        self.requests.append(Request(method=scope["method"], path=scope["path"], headers=headers, body=body))
        left = [{"type": "http.request", "body": body, "more_body": False}]
        await self.app(scope, lambda: _next(left, receive), send)


async def _next(left, receive):
    return left.pop() if left else await receive()


@pytest.fixture
def recorder():
    return Recorder(create_app(polls=0))


@pytest.fixture
def client(recorder):
    with served(recorder) as url:
        yield datalab.DatalabClient(api_key=EMULATOR_KEY, base_url=url)


@pytest.fixture
def invoice(tmp_path):
    path = tmp_path / "invoice.pdf"
    path.write_bytes(UPLOADS[0]["content"])
    return path


def options(schema=SCHEMA, **more):
    return datalab.ExtractOptions(page_schema=schema, **more)


def test_the_published_client_extracts_end_to_end(client, invoice):
    result = client.extract(file_path=invoice, options=options())
    assert (result.success, result.status) == (True, "complete")
    assert isinstance(json.loads(result.extraction_schema_json)["total"], (int, float))


def test_what_the_published_client_sends_is_what_the_contract_accepts(client, recorder, invoice):
    client.extract(file_path=invoice, options=options(max_pages=1, page_range="0", save_checkpoint=True))
    [sent] = [request for request in recorder.requests if (request.method, request.path) == ("POST", EXTRACT_PATH)]
    ruling = Contract.load().judge(sent)
    assert (ruling.answer, ruling.reason) == (Answer.ACCEPT, "")


def test_saved_schemas_are_made_read_and_archived_through_the_published_client(client):
    saved = client.create_extraction_schema(name="invoice", schema_json=SCHEMA)
    assert client.get_extraction_schema(saved.schema_id).schema_json == SCHEMA
    client.delete_extraction_schema(saved.schema_id)
    assert saved.schema_id not in {each.schema_id for each in client.list_extraction_schemas()["schemas"]}


def test_saving_the_output_loses_an_extraction_that_was_paid_for(client, invoice, tmp_path):
    with pytest.raises(ValueError, match="Invalid suffix"):
        client.extract(file_path=invoice, options=options(), save_output=tmp_path / "out")


def test_what_is_wrong_with_a_page_schema_is_not_told(client, invoice):
    with pytest.raises(datalab.DatalabAPIError) as caught:
        client.extract(file_path=invoice, options=options({"total": {"type": "number"}}))
    assert "properties" not in str(caught.value)
    assert caught.value.response_data is None


def test_the_extraction_mode_cannot_be_chosen():
    with pytest.raises(TypeError, match="extraction_mode"):
        options(extraction_mode="fast")


def test_the_published_client_calls_itself_by_an_older_version(client, recorder, invoice):
    client.extract(file_path=invoice, options=options())
    assert "0.4.0" in recorder.requests[0].header("user-agent")
