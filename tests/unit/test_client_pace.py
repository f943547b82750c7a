"""How fast requests go out, and until when."""

from __future__ import annotations

import time
from email.utils import formatdate

import pytest

from pageschema.client import ExtractClient, OutOfTime, parse_rate, retry_after
from pageschema.client.pace import Pace
from pageschema.contract import Response
from pageschema.errors import InvalidConfiguration

BUSY = b"HTTP/1.1 429 .\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n"
FINE = b"HTTP/1.1 200 .\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self):
        self.now = 100.0
        self.slept = []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.mark.parametrize(
    ("text", "rate"), [("10/s", 10), ("30/min", 0.5), ("0.5/s", 0.5), ("36/h", 0.01), ("999999999/s", 999_999_999)]
)
def test_a_rate_is_a_number_a_second_a_minute_or_an_hour(text, rate):
    assert parse_rate(text) == pytest.approx(rate)


@pytest.mark.parametrize(
    "text", ["", "10", "0/s", "-1/s", "1e9/s", "inf/s", "10/day", "10 / s", "٣/s", "10/s\n", "1/" + "s" * 10_000]
)
def test_any_other_rate_is_refused_with_one_that_works(text):
    with pytest.raises(InvalidConfiguration) as refused:
        parse_rate(text)
    assert "write it like 10/s" in str(refused.value)
    assert len(str(refused.value)) < 250


def test_a_rate_is_held_evenly_from_the_second_request_on(clock):
    pace = Pace(4, clock=clock, sleep=clock.sleep)
    for _ in range(5):
        pace.turn()
    assert clock.slept == pytest.approx([0.25] * 4)


def test_a_pause_is_not_made_up_for_by_a_burst(clock):
    pace = Pace(4, clock=clock, sleep=clock.sleep)
    pace.turn()
    clock.now += 60
    for _ in range(3):
        pace.turn()
    assert clock.slept == pytest.approx([0.25] * 2)


def test_without_a_rate_nothing_is_waited_for(clock):
    pace = Pace(clock=clock, sleep=clock.sleep)
    for _ in range(5):
        pace.turn()
    assert clock.slept == []


def test_nothing_is_slept_past_the_end(clock):
    pace = Pace(clock=clock, sleep=clock.sleep)
    pace.stop_in(10)
    pace.pause(4)
    with pytest.raises(OutOfTime):
        pace.pause(3600)
    assert clock.slept == [4, 6]
    with pytest.raises(OutOfTime):
        pace.turn()
    pace.stop_in(None)
    pace.turn()


def test_a_rate_holds_for_polls_too(serve, clock):
    provider = serve(lambda _provider, connection, _request: connection.sendall(FINE))
    with ExtractClient(provider.url, api_key="k") as client:
        client.pace = Pace(0.5, clock=clock, sleep=clock.sleep)
        list(client.poll("/api/v1/extract/r", finished=lambda _: len(provider.requests) == 3, patience=60))
    assert sum(clock.slept) == pytest.approx(4)


def test_a_poll_waits_as_long_as_a_busy_endpoint_asks(serve, clock):
    def behave(provider, connection, _request):
        connection.sendall(BUSY if len(provider.requests) == 1 else FINE)

    with ExtractClient(serve(behave).url, api_key="k") as client:
        client.pace = Pace(clock=clock, sleep=clock.sleep)
        came = list(client.poll("/api/v1/extract/r", finished=lambda _: True, patience=60))
    assert [exchange.response.status for exchange in came] == [429, 200]
    assert clock.slept == [7]


def test_an_answer_that_does_not_come_before_the_end_is_given_up(serve):
    provider = serve(lambda provider, connection, _request: provider.trickle(connection, [FINE[:20]] + [b"x"] * 600))
    with ExtractClient(provider.url, api_key="k") as client:
        client.pace.stop_in(0.05)
        with pytest.raises(OutOfTime):
            client.get("/api/v1/extract/r")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("12", 12, 12),
        ("in an hour", 3000, 3601),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0, 0),
    ],
)
def test_retry_after_is_a_number_of_seconds_or_a_date(text, low, high):
    value = formatdate(time.time() + 3600, usegmt=True) if text == "in an hour" else text
    response = Response(status=429, headers=(("Retry-After", value),), body=b"", elapsed=0.0)
    assert low <= retry_after(response) <= high


@pytest.mark.parametrize("text", ["", "soon", "-1", "٣", "9" * 400, "1e3", "Wed, 99 Oct 99999 99:99:99 GMT"])
def test_a_retry_after_that_says_nothing_is_passed_by(text):
    assert retry_after(Response(status=429, headers=(("Retry-After", text),), body=b"", elapsed=0.0)) is None


def test_an_endpoint_that_stays_busy_and_asks_for_no_pause_is_asked_seldomer_and_seldomer(serve, clock):
    busy = b"HTTP/1.1 429 .\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"
    provider = serve(lambda _provider, connection, _request: connection.sendall(busy))
    client = ExtractClient(provider.url, api_key="a-long-key")
    client.pace = Pace(clock=clock, sleep=clock.sleep)
    with client:
        for _ in zip(range(12), client.poll("/api/v1/extract/r1", finished=bool, patience=60.0), strict=False):
            pass
    assert clock.slept == sorted(clock.slept)
    assert len(provider.requests) == 12
    assert clock.slept[-1] > 1
