import base64
import json
import shutil
import subprocess
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pageschema.client import ExtractClient
from pageschema.contract import EXTRACT_PATH, KEY_PLACEHOLDER, Contract, Draft, Request, apply_patch
from pageschema.emulator import Emulator, Fault, Trip
from pageschema.emulator import server as emulator_server
from pageschema.errors import InvalidJSON
from pageschema.fuzzing import Failure, fuzz, read_replay, replay
from pageschema.fuzzing.minimise import minimise
from pageschema.strategies import UPLOADS, minimal_draft

CONTRACT = Contract.load()
MINIMAL = minimal_draft()
KEY = "canary-5f2c9d1e7"


def failing(request, **more):
    return Failure(check="broken-accepted", clause="api-key", message="accepted", request=request, **more)


# ---- saved and read again ------------------------------------------------------------------------------------------

TEXT = st.text(st.characters(codec="utf-8"))
REQUESTS = st.builds(
    Request,
    method=st.sampled_from(["GET", "POST"]),
    path=st.sampled_from([EXTRACT_PATH, EXTRACT_PATH + "/req_1", EXTRACT_PATH + "/%2E%2E"]),
    headers=st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple),
    body=st.binary(),
)


@given(request=REQUESTS, message=TEXT, made=st.dictionaries(TEXT, TEXT, max_size=2))
def test_a_saved_failure_is_read_back_to_the_byte(request, message, made):
    saved = Failure(check="server-error", clause=None, message=message, request=request, made=made)
    read = read_replay(saved.as_replay(), where="a.json")
    assert read == replace(saved, replay="a.json")


def changed(**changes):
    saved = json.loads(failing(MINIMAL.encode()).as_replay())
    request = {name: changes.pop(name) for name in list(changes) if name in saved["request"]}
    return json.dumps({**saved, **changes, "request": {**saved["request"], **request}})


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "null",
        "{}",
        '"pageschema-replay-1"',
        changed(format="pageschema-replay-2"),
        changed(method="DELETE"),
        changed(method="PATCH"),
        changed(story="LOST"),
        changed(method=["POST"]),
        changed(path="@example.com/api/v1/extract"),
        changed(path="/api/v1/extraction_schemas"),
        changed(path="/api/v1/extract/../extraction_schemas"),
        changed(path="/api/v1/extract?x=1"),
        changed(path="/api/v1/extract\n"),
        changed(path=7),
        changed(headers={"a": "b"}),
        changed(headers=[["a"]]),
        changed(headers=None),
        changed(body_base64="%%%"),
        changed(body_base64=None),
        changed(made=[1]),
    ],
)
def test_a_file_that_is_no_replay_or_would_send_something_else_is_refused(text):
    with pytest.raises(InvalidJSON, match=r"^a\.json: is no replay file"):
        read_replay(text, where="a.json")


def test_a_check_that_no_longer_exists_is_an_error_and_not_a_mended_failure():
    with Emulator() as emulator, ExtractClient(emulator.base_url, api_key=emulator.api_key) as client:
        gone = replace(failing(MINIMAL.encode()), check="deadline-missed")
        with pytest.raises(InvalidJSON, match="deadline-missed"):
            replay(gone, CONTRACT, client)


# ---- as curl -------------------------------------------------------------------------------------------------------

RECEIVE = """
curl() { printf '%s\\0' "$@"; printf '%s' '|'; base64 | tr -d '\\n'; }
"""


def as_a_shell_reads(line):
    """Return the arguments that curl gets, and its standard input, from the line as it would be pasted."""
    ran = subprocess.run(
        [shutil.which("sh"), "-c", RECEIVE + line],
        env={"DATALAB_API_KEY": KEY, "PATH": "/usr/bin:/bin"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
    )
    arguments, _, body = ran.stdout.rpartition(b"|")
    return arguments.decode().split("\0")[:-1], base64.b64decode(body)


@pytest.mark.parametrize(
    "draft",
    [
        MINIMAL,
        Draft(fields={"page_schema": {"json": {"properties": {"n\u00e9 `whoami` $HOME 'q' \"d\"": {}}}}}),
        apply_patch(MINIMAL, {"headers": {"content-type": "application/json"}}),
        apply_patch(MINIMAL, {"headers": {"content-type": None}}),
        apply_patch(MINIMAL, {"headers": {"x-api-key": ""}}),
    ],
)
def test_the_curl_line_sends_the_same_bytes_with_the_key_from_the_environment(draft):
    request = draft.encode()
    line = failing(request).curl("http://127.0.0.1:8000/")
    assert KEY not in line
    arguments, body = as_a_shell_reads(line)
    assert body == request.body
    assert arguments[:4] == ["-sS", "-X", "POST", "http://127.0.0.1:8000" + EXTRACT_PATH]
    sent = [arguments[n + 1] for n, word in enumerate(arguments) if word == "-H"]
    for name, value in request.headers:
        assert (f"{name}: {value.replace(KEY_PLACEHOLDER, KEY)}" if value else f"{name};") in sent
    # Where there is none, curl would add one of its own.
    assert ("Content-Type:" in sent) is (request.header("content-type") is None)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_nothing_in_a_header_runs_in_the_shell_that_the_line_is_pasted_into(value):
    headers = (("x-mine", f"{value}{KEY_PLACEHOLDER}{value}"),)
    line = failing(Request(method="GET", path=EXTRACT_PATH + "/r", headers=headers)).curl("http://127.0.0.1")
    assert as_a_shell_reads(line)[0][-1] == f"x-mine: {value}{KEY}{value}"


# ---- made small ----------------------------------------------------------------------------------------------------

LARGE = Draft(
    fields={
        "schema_version": 1,
        "schema_id": "sch_1",
        "checkpoint_id": "chk_1",
        "mode": "fast",
        "page_range": "0",
        "webhook_url": "https://hooks.example.com/done",
        "max_pages": 3,
    },
    files={"file": UPLOADS[1]},
)


def test_what_is_not_needed_for_a_failure_is_left_out():
    small = minimise(LARGE, lambda draft: "page_range" in draft.fields)
    assert small == Draft(fields={"page_range": "0"}, files={})


def test_a_failure_that_needs_a_schema_carries_it_instead_of_naming_one_at_the_target():
    small = minimise(LARGE, lambda draft: bool({"page_schema", "schema_id"} & set(draft.fields)) and bool(draft.files))
    assert small.fields.keys() == {"page_schema"}
    assert small.files == MINIMAL.files


def test_a_page_schema_is_pruned_to_what_fails():
    schema = {
        "type": "object",
        "properties": {"a": {"type": "object", "properties": {"b": {"type": "string"}, "c": {"x": [1, 2]}}}, "d": {}},
    }
    draft = Draft(fields={"page_schema": {"json": schema}}, files=MINIMAL.files)
    small = minimise(draft, lambda draft: '"c"' in json.dumps(draft.fields.get("page_schema")))
    assert small == Draft(fields={"page_schema": {"json": {"properties": {"a": {"properties": {"c": {}}}}}}}, files={})


def test_what_fails_no_longer_when_smaller_stays_as_it_is():
    assert minimise(LARGE, lambda _: False) is LARGE


@pytest.mark.parametrize("bound", [0, 1, 7])
def test_no_more_is_tried_than_allowed(bound):
    tried = []
    minimise(LARGE, lambda draft: bool(tried.append(draft)), attempts=bound)
    assert len(tried) <= max(bound, 1)


# ---- sent again ----------------------------------------------------------------------------------------------------


def ignore_version(form):
    return [(name, value) for name, value in form if name != "schema_version"]


IGNORES_VERSION = Fault(
    name="ignores-version",
    summary="Takes a schema_version that is no number as if it had not been sent.",
    trips=(Trip(check="broken-accepted", clause="schema-version-integer"),),
    apply=lambda behaviour: replace(behaviour, read_form=ignore_version),
)


def test_a_failure_with_a_schema_that_the_run_saved_replays_at_a_target_that_has_never_seen_it(monkeypatch):
    monkeypatch.setattr(emulator_server, "find_fault", lambda _name: IGNORES_VERSION)
    with Emulator(faults=["x"]) as emulator:
        found = fuzz(CONTRACT, emulator.base_url, api_key=emulator.api_key, max_requests=80).failures
    failure = {failure.id: failure for failure in found}["broken-accepted.schema-version-integer"]
    assert failure.made.keys() == {"schema_id"}
    saved = read_replay(failure.as_replay(), where="saved.json")
    with Emulator(faults=["x"]) as emulator, ExtractClient(emulator.base_url, api_key=emulator.api_key) as client:
        for _ in range(3):  # Three schemas, so that the next id is another one.
            fuzz(CONTRACT, client, max_requests=1)
        assert replay(saved, CONTRACT, client).id == failure.id
    with Emulator() as emulator, ExtractClient(emulator.base_url, api_key=emulator.api_key) as client:
        assert replay(saved, CONTRACT, client) is None


def test_an_unknown_id_that_was_answered_is_asked_for_again():
    with Emulator(faults=["answers-unknown-id"]) as emulator:
        [failure] = fuzz(CONTRACT, emulator.base_url, api_key=emulator.api_key, max_requests=10).failures
        with ExtractClient(emulator.base_url, api_key=emulator.api_key) as client:
            assert replay(replace(failure, count=1), CONTRACT, client) == replace(failure, count=1)
