import base64
import contextlib
import gzip
import json
import socket
import threading

import pytest

from pageschema.client import KEY_VARIABLE, ExtractClient, json_body
from pageschema.contract import EXTRACT_PATH, KEY_PLACEHOLDER, Request
from pageschema.errors import InvalidConfiguration, TargetUnreachable
from pageschema.fuzzing import Failure

KEY = 'canary-5f2c/9d"1&e7'
POST = Request(method="POST", path=EXTRACT_PATH, headers=(("X-API-Key", KEY_PLACEHOLDER),), body=b"a body")


def answer(body=b"{}", *, status="200 OK", headers=(), length=True):
    lines = [f"HTTP/1.1 {status}", "Content-Type: application/json", *headers]
    if length:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def always(*answers):
    """Return a behaviour that gives each answer in turn, the last one for ever."""
    left = list(answers)

    def behave(_provider, connection, _request):
        connection.sendall(left.pop(0) if len(left) > 1 else left[0])

    return behave


@pytest.fixture
def serving(serve):
    """Return what starts a server of that behaviour, with a client for it."""
    with contextlib.ExitStack() as running:

        def start(behave, *, key=KEY, **options):
            provider = serve(behave)
            return provider, running.enter_context(ExtractClient(provider.url, api_key=key, **options))

        yield start


# ---- where requests go ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_a_redirect_is_an_answer_and_is_not_followed(serve, serving, status):
    canary = serve(always(answer()))
    moved = answer(status=status, headers=[f"Location: {canary.url}{EXTRACT_PATH}"])
    provider, client = serving(always(moved))
    assert client.send(POST).response.status == int(status[:3])
    assert client.get("/x").response.status == int(status[:3])
    assert len(provider.requests) == 2
    assert canary.connections == 0


@pytest.mark.parametrize("path", ["@example.com/x", ".example.com/", "x", "", ":80/"])
def test_a_path_cannot_change_the_host(serving, path):
    provider, client = serving(always(answer()))
    with pytest.raises(InvalidConfiguration, match="is no path"):
        client.get(path)
    assert provider.connections == 0


def test_a_cookie_is_not_sent_back(serving):
    provider, client = serving(always(answer(headers=["Set-Cookie: wos-session=let-me-in; Path=/"])))
    client.send(POST)
    client.send(POST)
    assert not any(b"cookie" in request.lower() for request in provider.requests)


# ---- what comes back -----------------------------------------------------------------------------------------------


def test_an_exchange_holds_what_was_sent_and_what_came(serving):
    provider, client = serving(always(answer(b'{"a": 1}', status="422 Unprocessable", headers=["X-Two: 2"])))
    exchange = client.send(POST)
    assert exchange.request is POST
    assert (exchange.response.status, exchange.response.body) == (422, b'{"a": 1}')
    assert exchange.response.header("x-two") == "2"
    assert json_body(exchange) == {"a": 1}
    assert provider.requests[0].endswith(b"\r\n\r\na body")
    assert b"\r\nX-API-Key: " + KEY.encode() + b"\r\n" in provider.requests[0]


def test_no_compression_is_asked_for_and_none_is_undone(serving):
    bomb = gzip.compress(b"0" * 50_000_000)
    provider, client = serving(always(answer(bomb, headers=["Content-Encoding: gzip"])))
    exchange = client.send(POST)
    assert exchange.response.body == bomb
    assert b"accept-encoding: identity" in provider.requests[0].lower()


@pytest.mark.parametrize("declared", [True, False])
def test_an_answer_larger_than_the_cap_is_cut_off(serving, declared):
    sent = []

    def pour(_provider, connection, _request):
        connection.sendall(answer(b"", headers=["Content-Length: 999999999"] if declared else [], length=False))
        while True:
            sent.append(connection.send(b"x" * 65_536))

    _, client = serving(pour, max_bytes=100_000)
    assert client.send(POST).fault == "the answer is larger than 100,000 bytes"
    assert sum(sent) < 50_000_000


@pytest.mark.parametrize(
    "bytes_sent",
    [
        b"",
        b"\x00\xff\x00",
        b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200_000,
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 1_000_000,
        b"HTTP/1.1 99999 ?\r\n\r\n",
    ],
)
def test_what_is_no_http_is_a_fault_and_is_not_asked_for_twice(serving, bytes_sent):
    def behave(_provider, connection, _request):
        connection.sendall(bytes_sent)
        return "close"

    provider, client = serving(behave)
    exchange = client.send(POST)
    assert exchange.response is None
    assert exchange.fault.startswith("the connection broke")
    assert len(provider.requests) == 1


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"{", b'{"a": NaN}', b"[" * 600 + b"]" * 600, b"\xff\xfe{\x00}\x00", b'"\\ud800"']
)
def test_a_body_that_is_not_json_has_no_value(serving, body):
    _, client = serving(always(answer(body)))
    assert json_body(client.send(POST)) is None


# ---- time ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "start",
    [b"", b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n", answer(length=False)],
    ids=["silent", "headers", "body", "endless body"],
)
def test_the_deadline_holds_against_one_byte_a_second(serving, start):
    def trickle(provider, connection, _request):
        provider.trickle(connection, [start or b"H", *([b"a"] * 100)])

    provider, client = serving(trickle, deadline=0.3)
    assert client.send(POST).fault == "no whole answer within 0.3 s"
    assert len(provider.requests) == 1


def test_the_deadline_holds_against_a_server_that_does_not_read():
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        request = Request(method="POST", path="/", body=b"x" * 50_000_000)
        with ExtractClient(url, api_key=KEY, deadline=0.3) as client:
            assert client.send(request).fault == "no whole answer within 0.3 s"


def test_a_try_again_does_not_get_a_deadline_of_its_own(serving, monkeypatch):
    ends = []

    def behave(provider, connection, _request):
        if len(provider.requests) == 1:
            connection.sendall(answer())
            return None
        return "close"

    provider, client = serving(behave)
    start = client._transport.start
    monkeypatch.setattr(client._transport, "start", lambda end: (ends.append(end), start(end)))
    client.send(POST)
    assert client.send(POST).fault
    assert len(provider.requests) == 3
    assert len(ends) == 2


# ---- connections ---------------------------------------------------------------------------------------------------


def test_a_kept_connection_that_breaks_is_tried_once_more_and_nobody_is_blamed(
    serving,
):
    def behave(provider, connection, _request):
        if len(provider.requests) == 2:
            return "close"
        connection.sendall(answer(b'{"n": %d}' % len(provider.requests)))
        return None

    provider, client = serving(behave)
    assert json_body(client.send(POST)) == {"n": 1}
    assert json_body(client.send(POST)) == {"n": 3}
    assert provider.connections == 2


def test_a_new_connection_that_breaks_is_the_answer(serving):
    provider, client = serving(lambda *_: "close")
    assert client.send(POST).fault == "the connection broke (RemoteProtocolError)"
    assert len(provider.requests) == 1


def test_nothing_listening_says_what_to_start_and_exits_with_3():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with ExtractClient(f"http://127.0.0.1:{port}", api_key=KEY) as client, pytest.raises(TargetUnreachable) as caught:
        client.send(POST)
    assert str(caught.value) == (
        f"http://127.0.0.1:{port}: nothing is listening\n  start one with: pageschema emulator --port 8000"
    )
    assert caught.value.exit_code == 3


def test_tls_where_there_is_none_is_said_as_such():
    def speak_plainly(listening):
        connection, _ = listening.accept()
        with connection:
            connection.recv(1024)
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=speak_plainly, args=(listening,))
        thread.start()
        url = f"https://127.0.0.1:{listening.getsockname()[1]}"
        with ExtractClient(url, api_key=KEY) as client, pytest.raises(TargetUnreachable, match="TLS fails"):
            client.send(POST)
        thread.join()


# ---- polling -------------------------------------------------------------------------------------------------------


def states(*values):
    return always(*(answer(json.dumps(value).encode()) for value in values))


def finished(value):
    return isinstance(value, dict) and value.get("status") == "complete"


def test_polling_asks_one_path_until_it_is_finished(serving):
    provider, client = serving(states({"status": "processing"}, {"status": "processing"}, {"status": "complete"}))
    seen = [json_body(exchange)["status"] for exchange in client.poll("/a", finished=finished, patience=30)]
    assert seen == ["processing", "processing", "complete"]
    assert {request.split()[1] for request in provider.requests} == {b"/a"}


def test_polling_goes_on_while_the_server_asks_for_patience(serving):
    busy = answer(b'{"detail": "slow down"}', status="429 Too Many Requests")
    overloaded = answer(b"", status="529 Overloaded")
    _, client = serving(always(busy, overloaded, answer(b'{"status": "complete"}')))
    seen = [exchange.response.status for exchange in client.poll("/a", finished=finished, patience=30)]
    assert seen == [429, 529, 200]


@pytest.mark.parametrize(
    "last",
    [
        answer(status="404 Not Found"),
        answer(status="500 Oops"),
        answer(status="302 Found", headers=["Location: /b"]),
        answer(b"<html>"),
        b"",
    ],
)
def test_polling_ends_with_an_answer_that_is_no_state(serving, last):
    def behave(provider, connection, _request):
        connection.sendall(answer(b'{"status": "processing"}') if len(provider.requests) == 1 else last)
        return None if last else "close"

    _, client = serving(behave)
    assert len(list(client.poll("/a", finished=finished, patience=30))) == 2


def test_polling_ends_when_patience_does(serving):
    _, client = serving(states({"status": "processing"}))
    assert list(client.poll("/a", finished=finished, patience=0))
    assert len(list(client.poll("/a", finished=finished, patience=0))) == 1


# ---- the key -------------------------------------------------------------------------------------------------------

SPELLINGS = [
    KEY,
    json.dumps(KEY)[1:-1],
    "canary-5f2c%2F9d%221%26e7",
    "canary-5f2c/9d&quot;1&amp;e7",
    KEY.encode().hex(),
    KEY.encode().hex().upper(),
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_key_that_comes_back_is_masked_and_reported(serving, spelling):
    in_body = answer(f'{{"detail": "bad key {spelling}"}}'.encode(), status="401 No")
    in_header = answer(headers=[f"X-Debug: key={spelling};"])
    _, client = serving(always(in_body, in_header))
    for exchange in (client.send(POST), client.send(POST)):
        assert exchange.response.echoed_key
        assert spelling not in repr(exchange)
        assert KEY_PLACEHOLDER in repr(exchange.response)


@pytest.mark.parametrize("user", ["", "k:", "me:", "you:"])
def test_a_key_that_comes_back_in_base64_leaves_nothing_of_itself(serving, user):
    told = base64.b64encode(f"{user}{KEY}:x".encode()).decode()
    _, client = serving(always(answer(f'{{"detail": "Basic {told}"}}'.encode(), status="401 No")))
    response = client.send(POST).response
    assert response.echoed_key
    left = json.loads(response.body)["detail"].removeprefix("Basic ").partition(KEY_PLACEHOLDER)
    assert len(left[0]) <= len(user) * 4 / 3 + 1
    assert len(left[2]) <= 8


def test_a_key_in_the_name_of_a_header_is_found_too(serving):
    _, client = serving(always(answer(headers=["X-plain-key-123: 1"])), key="plain-key-123")
    response = client.send(POST).response
    assert response.echoed_key
    assert "plain-key-123" not in repr(response)


def test_an_answer_without_the_key_is_left_as_it_is(serving):
    body = b'{"detail": "Invalid API key provided. Set the X-API-Key header to your API key."}'
    _, client = serving(always(answer(body, status="401 No")))
    response = client.send(POST).response
    assert (response.body, response.echoed_key) == (body, False)


def test_a_short_key_is_found_as_a_word_and_not_within_one(serving):
    within, alone = answer(b'{"a": "testing contest"}'), answer(b'{"a": "key test refused"}')
    _, client = serving(always(within, alone), key="test")
    assert not client.send(POST).response.echoed_key
    assert client.send(POST).response.body == b'{"a": "key $DATALAB_API_KEY refused"}'


def test_the_key_is_in_nothing_that_can_be_shown_or_saved(serving):
    echo = answer(json.dumps({"detail": KEY}).encode(), headers=[f"X-Key: {KEY}"])
    provider, client = serving(always(echo))
    exchange = client.send(POST)
    failure = Failure(check="key-echoed", clause=None, message="m", request=exchange.request)
    shown = [repr(client.__dict__), repr(client), str(exchange), repr(exchange), failure.as_replay()]
    shown += [failure.curl(client.base_url), json.dumps(failure.as_json(client.base_url))]
    assert KEY.encode() in provider.requests[0]
    for text in shown:
        assert KEY not in text
        assert json.dumps(KEY)[1:-1] not in text


def test_the_key_is_not_in_an_error_either():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with ExtractClient(f"http://127.0.0.1:{port}", api_key=KEY) as client:
        with pytest.raises(TargetUnreachable) as caught:
            client.send(POST)
        error = caught.value
        while error is not None:
            assert KEY not in str(error)
            error = error.__cause__


@pytest.mark.parametrize("key", ["c4n4ry\n", " c4n4ry", "c4n4ry\r\nX-Evil: 1", "c4n4rÿ", "c4n4ry\x00b"])
def test_a_key_that_no_header_can_carry_is_refused_without_showing_it(key):
    with pytest.raises(InvalidConfiguration) as refused:
        ExtractClient("http://127.0.0.1:8000", api_key=key)
    assert "c4n4r" not in str(refused.value)
    assert KEY_VARIABLE in refused.value.remedy


def test_the_key_comes_from_the_environment_unless_it_is_given(serve, monkeypatch):
    monkeypatch.setenv(KEY_VARIABLE, "from-the-environment")
    provider = serve(always(answer()))
    for given in (None, "given", ""):
        with ExtractClient(provider.url, api_key=given) as client:
            client.send(POST)
            assert client.has_key is (given != "")
    keys = [line for request in provider.requests for line in request.split(b"\r\n") if line.startswith(b"X-API-Key")]
    assert keys == [b"X-API-Key: from-the-environment", b"X-API-Key: given", b"X-API-Key: "]


def test_a_get_can_go_without_the_key(serving):
    provider, client = serving(always(answer()))
    client.get("/a", authenticated=False)
    assert b"api-key" not in provider.requests[0].lower()
