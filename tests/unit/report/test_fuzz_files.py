"""The files that a contract run leaves: what was sent for other tools, and the failures as tests."""

from __future__ import annotations

import base64
import json
import xml.etree.ElementTree as ET
from datetime import UTC, datetime

import pytest

from pageschema.contract import KEY_PLACEHOLDER, Exchange, Request, Response
from pageschema.fuzzing import ClauseCount, Failure, FuzzResult
from pageschema.report import fuzz_file

AT = datetime(2026, 11, 24, 12, 0, 1, tzinfo=UTC)
REQUEST = Request(
    method="POST",
    path="/api/v1/extract",
    headers=(("x-api-key", KEY_PLACEHOLDER), ("content-type", "multipart/form-data; boundary=b")),
    body=b'--b\r\n"""\\\xff',
)
FAILURE = Failure(check="server-error", clause=None, message='500: "boom" é', request=REQUEST)
RESULT = FuzzResult(
    base_url="http://127.0.0.1:8000",
    seed=3,
    requests=2,
    accepted=1,
    unspecified=0,
    pages=1,
    clauses={
        "api-key": ClauseCount(strength="documented", valid=1, broken=1),
        "form-body": ClauseCount(strength="documented", valid=1, broken=1, failed=1),
        "file-kind": ClauseCount(strength="assumed"),
    },
    failures=(FAILURE, Failure(check="broken-accepted", clause="form-body", message="accepted", request=REQUEST)),
)
SENT = [
    (
        AT,
        Exchange(
            request=REQUEST,
            response=Response(status=500, headers=(("content-type", "text/plain"),), body=b"\xff", elapsed=1.0),
        ),
    ),
    (AT, Exchange(request=Request(method="GET", path="/api/v1/extract/a"), fault="past the deadline")),
]


def test_an_archive_holds_each_exchange_to_the_byte_and_never_the_key():
    log = json.loads(fuzz_file(".har", RESULT, SENT))["log"]
    assert log["version"] == "1.2"
    first, second = log["entries"]
    assert first["startedDateTime"] == "2026-11-24T12:00:00+00:00"
    assert first["request"]["url"] == "http://127.0.0.1:8000/api/v1/extract"
    assert base64.b64decode(first["request"]["postData"]["_base64"]) == REQUEST.body
    assert {"name": "x-api-key", "value": KEY_PLACEHOLDER} in first["request"]["headers"]
    content = first["response"]["content"]
    assert (content["encoding"], base64.b64decode(content["text"])) == ("base64", b"\xff")
    assert (second["response"]["status"], second["comment"]) == (0, "past the deadline")
    assert [json.loads(line) for line in fuzz_file(".ndjson", RESULT, SENT).splitlines()] == [first, second]


def test_junit_has_a_failing_case_a_failure_and_a_passing_one_for_each_clause_that_held():
    suite = ET.fromstring(fuzz_file(".xml", RESULT, SENT)).find("testsuite")
    cases = {case.get("name"): case.find("failure") is not None for case in suite.iter("testcase")}
    assert cases == {"server-error": True, "broken-accepted.form-body": True, "api-key": False}
    assert (suite.get("tests"), suite.get("failures")) == ("3", "2")


@pytest.mark.parametrize("message", ['500: "boom" é', 'three """ quotes', "a \\ backslash", "plain"])
def test_the_test_file_sends_the_same_bytes(message):
    failure = Failure(check="server-error", clause=None, message=message, request=REQUEST)
    again = Failure(check="server-error", clause=None, message="another", request=REQUEST)
    result = FuzzResult(**{**{name: getattr(RESULT, name) for name in RESULT.__slots__}, "failures": (failure, again)})
    sent = []
    space = {"__file__": "test_found.py"}
    exec(compile(fuzz_file(".py", result, SENT), "test_found.py", "exec"), space)
    names = [name for name in space if name.startswith("test_")]
    assert names == ["test_server_error", "test_server_error_2"]
    for name in names:
        space[name](sent.append)
    from pageschema.fuzzing import read_replay

    assert [read_replay(text, where="x").request for text in sent] == [REQUEST, REQUEST]
    assert read_replay(sent[0], where="x").message == message
