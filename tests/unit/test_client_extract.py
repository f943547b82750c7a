import pytest

from pageschema.client import ExtractClient
from pageschema.contract import EXTRACT_PATH
from pageschema.errors import NoExtraction
from pageschema.schema import PageSchema


def answer(body, *, status="200 OK"):
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


SCHEMA = PageSchema.from_value({"type": "object", "properties": {"total": {"type": "number"}}})
TAKEN = answer(b'{"success": true, "request_id": "r/1", "request_check_url": "https://example.com/r1"}')
DONE = answer(b'{"status": "complete", "success": true, "extraction_schema_json": "{}"}')


def in_turn(submitted, polled):
    return lambda _, connection, request: connection.sendall(submitted if request.startswith(b"POST") else polled)


def test_a_document_is_extracted_in_one_call_that_polls_its_own_origin(serve):
    provider = serve(in_turn(TAKEN, DONE))
    with ExtractClient(provider.url, api_key="any-text") as client:
        result = client.extract(SCHEMA, b"%PDF-", extraction_mode="fast")
    assert result["status"] == "complete"
    assert SCHEMA.text.encode() in provider.requests[0]
    assert provider.requests[1].startswith(f"GET {EXTRACT_PATH}/r%2F1 ".encode())


@pytest.mark.parametrize(
    ("submitted", "polled", "what"),
    [
        (answer(b'{"detail": "no schema"}', status="400 No"), DONE, "not taken: 400 .*no schema"),
        (answer(b'{"success": false, "request_id": "r1", "error": "no"}'), DONE, "not taken: 200"),
        (answer(b"[]"), DONE, "not taken: 200"),
        (answer(b"<html>"), DONE, "not taken: 200 <html>"),
        (answer(b'{"request_id": ""}'), DONE, "not taken"),
        (TAKEN, answer(b'{"detail": "gone"}', status="404 No"), "no result can be read: 404"),
        (TAKEN, answer(b"[]"), r"no result can be read: 200 \[\]"),
        (TAKEN, answer(b""), "no result can be read: 200"),
        (TAKEN, answer(b'{"status": "processing"}'), "no result within 0 s"),
    ],
)
def test_an_extraction_that_does_not_come_is_an_error_that_says_what_was_answered(serve, submitted, polled, what):
    provider = serve(in_turn(submitted, polled))
    with ExtractClient(provider.url, api_key="any-text") as client, pytest.raises(NoExtraction, match=what):
        client.extract(SCHEMA, b"%PDF-", patience=0)


def test_a_client_extracts_and_returns_the_result():
    from pageschema import check_extraction
    from pageschema.emulator import Emulator
    from pageschema.strategies import UPLOADS

    schema = PageSchema.from_value(
        {"type": "object", "properties": {"total": {"type": "number"}}, "required": ["total"]}
    )
    with Emulator() as emulator, ExtractClient(emulator.base_url, api_key=emulator.api_key) as client:
        result = client.extract(schema, UPLOADS[0]["content"], extraction_mode="fast")
        assert result["extraction_mode"] == "fast"
        assert check_extraction(result, schema) == []
        with pytest.raises(NoExtraction, match="422"):
            client.extract(schema, UPLOADS[0]["content"], max_pages="many")
    with (
        Emulator(faults=["never-completes"]) as emulator,
        ExtractClient(emulator.base_url, api_key=emulator.api_key) as client,
        pytest.raises(NoExtraction, match="no result within"),
    ):
        client.extract(schema, UPLOADS[0]["content"], patience=0.05)
