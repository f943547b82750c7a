"""Providers that mean harm, or are very broken: a run ends, says so, raises nothing else, and gives nothing away."""

import contextlib
import gzip
import json
import socket
import threading

import pytest

from pageschema.client import ExtractClient
from pageschema.contract import Contract
from pageschema.errors import TargetUnreachable
from pageschema.fuzzing import fuzz, replay

CONTRACT = Contract.load()
KEY = "canary-5f2c9d1e7"


def answer(body=b"{}", *headers, status="200 OK"):
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status}", "Content-Type: application/json", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def taken(**changes):
    return answer({"success": True, "request_id": "r1", "request_check_url": "/api/v1/extract/r1"} | changes)


@contextlib.contextmanager
def provider(behave):
    """Serve on loopback: *behave* gets each connection, the request, and an event that ends the test."""
    stopping = threading.Event()
    threads = []
    connections = []

    def serve(connection):
        with connection, contextlib.suppress(OSError):
            while request := read(connection):
                if behave(connection, request, stopping) == "close":
                    return

    def accept(listening):
        while True:
            connection, _ = listening.accept()
            if stopping.is_set():
                connection.close()
                return
            connections.append(connection)
            threads.append(threading.Thread(target=serve, args=(connection,)))
            threads[-1].start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        accepting = threading.Thread(target=accept, args=(listening,))
        accepting.start()
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            stopping.set()
            socket.create_connection(("127.0.0.1", port)).close()
            accepting.join()
            for connection in connections:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            for thread in threads:
                thread.join()


def read(connection):
    """Return one whole request, or nothing when the other side has gone."""
    received = b""
    while True:
        head, found, body = received.partition(b"\r\n\r\n")
        lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        if found and (not lengths or len(body) >= int(lengths[0].split(b":")[1])):
            return received
        more = connection.recv(1 << 20)
        if not more:
            return b""
        received += more


def always(text):
    return lambda connection, _request, _stopping: connection.sendall(text)


def in_turn(submitted, polled):
    """Return a behaviour that answers a POST with the one, and a GET with the other."""
    return lambda connection, request, _: connection.sendall(submitted if request.startswith(b"POST") else polled)


def pour(connection, _request, _stopping):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[")
    while True:
        connection.sendall(b"1," * 50_000)


def trickle(connection, _request, stopping):
    for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 100_000:
        connection.sendall(bytes([byte]))
        if stopping.wait(1):
            return


def leave(_connection, _request, _stopping):
    return "close"


def say_nothing(_connection, _request, stopping):
    stopping.wait()


COMPLETE = answer({"status": "complete", "success": True, "extraction_schema_json": '{"total": 1}'})
HOSTILE = {
    "a bomb": (
        always(answer(gzip.compress(b"[" + b"1," * 10_000_000), "Content-Encoding: gzip")),
        {"undocumented-response"},
    ),
    "an endless body": (pour, {"no-answer"}),
    "one byte a second": (trickle, {"no-answer"}),
    "silence": (say_nothing, {"no-answer"}),
    "closes at once": (leave, {"no-answer"}),
    "half an answer": (always(answer(b"{}")[:-1].replace(b"Length: 2", b"Length: 9")), {"no-answer"}),
    "no HTTP": (always(b"\x00\x01\x02\r\n\r\n"), {"no-answer"}),
    "endless headers": (always(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000), {"no-answer"}),
    "a redirect to itself": (
        always(answer(b"", "Location: /api/v1/extract", status="307 Temporary Redirect")),
        {"undocumented-response"},
    ),
    "a redirect elsewhere": (
        always(answer(b"", "Location: https://example.com/", status="302 Found")),
        {"undocumented-response"},
    ),
    "HTML": (always(answer(b"<html></html>").replace(b"application/json", b"text/html")), {"undocumented-response"}),
    "HTML that says it is JSON": (always(answer(b"<html></html>")), {"undocumented-response"}),
    "an empty answer": (always(answer(b"")), {"undocumented-response"}),
    "600 levels": (always(answer(b"[" * 600 + b"]" * 600)), {"undocumented-response"}),
    "10 MB of brackets": (always(answer(b"[" * 10_000_000)), {"undocumented-response"}),
    "10 MB of quotes": (always(answer(b'"' * 10_000_000)), {"undocumented-response"}),
    "NaN": (always(answer(b'{"request_id": NaN}')), {"undocumented-response"}),
    "UTF-16": (always(answer(json.dumps({"request_id": "a"}).encode("utf-16"))), {"undocumented-response"}),
    "half of a pair": (always(answer(b'{"request_id": "\\ud800"}')), {"undocumented-response"}),
    "a list": (always(answer([])), {"undocumented-response"}),
    "an endless number": (always(answer(b"9" * 100_000)), {"undocumented-response"}),
    "status 999": (always(answer(b"{}", status="999 What")), {"server-error"}),
    "status 204": (always(b"HTTP/1.1 204 No Content\r\n\r\n"), {"undocumented-response"}),
    "500 for all": (always(answer(b"", status="500 Oops")), {"server-error"}),
    "refuses all": (always(answer({"detail": "no"}, status="403 Forbidden")), {"valid-refused"}),
    "the key in the body": (
        always(answer({"detail": f"bad key {KEY}"}, status="401 Unauthorized")),
        {"valid-refused", "key-echoed"},
    ),
    "the key in a header": (
        always(answer({"detail": "no"}, f"X-Key: {KEY}", status="401 Unauthorized")),
        {"valid-refused", "key-echoed"},
    ),
    "an id that is a path": (
        in_turn(taken(request_id="../../../etc/passwd?x=#y"), COMPLETE),
        {"broken-accepted", "request-id-reused", "unknown-id-answered"},
    ),
    "an id of a megabyte": (
        in_turn(taken(request_id="x" * 1_000_000), COMPLETE),
        {"no-answer", "request-id-reused"},
    ),
    "a check URL that is none": (
        in_turn(taken(request_check_url="http://[::1"), answer({"status": "failed", "success": False})),
        {"foreign-check-url", "valid-refused", "request-id-reused", "undocumented-response"},
    ),
    "a check URL of another port": (
        in_turn(taken(request_check_url="http://127.0.0.1:99999/x"), answer({"status": "failed", "success": False})),
        {"foreign-check-url", "valid-refused", "request-id-reused"},
    ),
    "an extraction of 400 levels": (
        in_turn(
            taken(),
            answer(
                b'{"status": "complete", "success": true, "extraction_schema_json": '
                + b'{"total": ' * 400 + b"1" + b"}" * 401
            ),
        ),
        {"broken-accepted", "nonconforming-extraction", "request-id-reused", "unknown-id-answered"},
    ),
    "an extraction that is no JSON": (
        in_turn(taken(), answer({"status": "complete", "success": True, "extraction_schema_json": "{NaN"})),
        {"broken-accepted", "nonconforming-extraction", "request-id-reused", "unknown-id-answered"},
    ),
    "pages without end": (
        in_turn(taken(), answer(b'{"status": "complete", "page_count": ' + b"9" * 3_000 + b"}")),
        {
            "broken-accepted", "impossible-figure", "nonconforming-extraction", "request-id-reused",
            "unknown-id-answered",
        },
    ),
    "a terminal's escape codes": (
        always(answer({"detail": "\x1b]0;owned\x07\u202e"}, status="400 Bad Request")),
        {"valid-refused"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_run_against_a_hostile_provider_ends_with_failures_and_gives_nothing_away(name):
    behave, checks = HOSTILE[name]
    deadline = 0.2 if checks == {"no-answer"} else 30.0
    with (
        provider(behave) as url,
        ExtractClient(url, api_key=KEY, deadline=deadline, max_bytes=12_000_000) as client,
    ):
        result = fuzz(CONTRACT, client, max_requests=25, patience=0.2)
        assert client.deadline == deadline
        replayed = replay(result.failures[0], CONTRACT, client, patience=0.2)
    assert {failure.check for failure in result.failures} == checks
    assert replayed.id == result.failures[0].id
    shown = json.dumps(result.as_json()) + repr(result) + "".join(f.as_replay() for f in result.failures)
    assert KEY not in shown
    assert "\x1b" not in shown
    assert not any(ord(character) < 32 or character == "\u202e" for f in result.failures for character in f.message)


def test_a_provider_that_is_gone_halfway_is_unreachable_and_not_a_failure():
    stories = []

    def behave(connection, request, _stopping):
        connection.sendall(taken() if request.startswith(b"POST") else COMPLETE)
        stories.append(request)
        return "close"

    with provider(behave) as url:
        client = ExtractClient(url, api_key=KEY)
        fuzz(CONTRACT, client, max_requests=5)
    with client, pytest.raises(TargetUnreachable) as caught:
        fuzz(CONTRACT, client, max_requests=5)
    assert caught.value.exit_code == 3
    assert KEY not in str(caught.value)


def test_a_provider_that_goes_while_requests_are_drawn_ends_the_run_with_what_was_found(monkeypatch):
    sent = []
    send = ExtractClient.send

    def leave_later(client, request):
        sent.append(request)
        if len(sent) > 400:
            raise TargetUnreachable("nothing is listening")
        return send(client, request)

    monkeypatch.setattr(ExtractClient, "send", leave_later)
    with provider(in_turn(taken(), COMPLETE)) as url:
        result = fuzz(CONTRACT, url, api_key=KEY, max_requests=400, patience=0.2)
    assert len(sent) == 401
    assert result.stopped == "the endpoint is gone: nothing is listening"
    assert result.failures
