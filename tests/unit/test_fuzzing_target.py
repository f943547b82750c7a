"""What `fuzz` takes for a target, and the requests of unusual form that it sends there."""

import sys
from contextlib import asynccontextmanager

import pytest

from pageschema.contract import Contract
from pageschema.emulator import EMULATOR_KEY, create_app
from pageschema.errors import InvalidConfiguration, MissingExtra
from pageschema.fuzzing import fuzz

CONTRACT = Contract.load()


def test_an_application_is_fuzzed_like_a_server_and_is_gone_afterwards():
    honest = fuzz(CONTRACT, create_app(), api_key=EMULATOR_KEY, max_requests=25)
    assert (honest.failures, honest.requests, honest.stopped) == ((), 25, None)
    faulty = fuzz(CONTRACT, create_app(faults=["accepts-any-key"]), api_key=EMULATOR_KEY, max_requests=25)
    assert "broken-accepted.api-key" in {failure.id for failure in faulty.failures}
    assert faulty.base_url != honest.base_url


def test_an_application_is_started_before_the_first_request_and_stopped_after_the_last():
    told = []
    app = create_app()

    @asynccontextmanager
    async def lifespan(_):
        told.append("started")
        yield
        told.append("stopped")

    app.router.lifespan_context = lifespan
    fuzz(CONTRACT, app, api_key=EMULATOR_KEY, max_requests=2, progress=lambda *_: told.append("sent"))
    assert told == ["started", "sent", "sent", "stopped"]


def test_an_application_that_does_not_start_is_one_clear_error():
    async def app(scope, receive, send):
        if scope["type"] == "lifespan":
            await receive()
            await send({"type": "lifespan.startup.failed", "message": "no database"})

    with pytest.raises(InvalidConfiguration, match="does not start"):
        fuzz(CONTRACT, app, api_key="any")


def test_serving_an_application_without_the_extra_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with pytest.raises(MissingExtra, match=r"pageschema\[emulator\]"):
        fuzz(CONTRACT, create_app_stub, api_key="any")


async def create_app_stub(scope, receive, send):
    raise AssertionError("nothing is served")
