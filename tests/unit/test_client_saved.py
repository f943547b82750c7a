"""Saved schemas over HTTP: each thing that an endpoint can answer, and what a user is told."""

import contextlib
import json

import pytest

from pageschema.client import ExtractClient, SavedSchemas, is_schema_id
from pageschema.client import saved as module
from pageschema.errors import InvalidTarget, TargetUnreachable, UnusableAnswer

KEY = "canary-5f2c9d1e7"
CONTENT = {"type": "object", "properties": {"total": {"type": "number"}}}
SAVED = {
    "id": 1,
    "schema_id": "sch_1",
    "name": "invoice",
    "description": None,
    "schema_json": CONTENT,
    "version": 1,
    "version_history": [],
    "archived": False,
}


def answer(value, status=200, *headers):
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    head = [f"HTTP/1.1 {status} Told", "Content-Type: application/json", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


@pytest.fixture
def serving(serve):
    """Return what starts a server that gives these answers in turn, the last one for ever, and an API for it."""
    with contextlib.ExitStack() as running:

        def start(*answers):
            left = list(answers)

            def behave(_provider, connection, request):
                one = left.pop(0) if len(left) > 1 else left[0]
                if one is None:
                    return "close"
                connection.sendall(one(request) if callable(one) else one)
                return None

            provider = serve(behave)
            client = running.enter_context(ExtractClient(provider.url, api_key=KEY, deadline=5))
            return provider, SavedSchemas(client)

        yield start


def listing(*names, total=None, start=0):
    schemas = [{**SAVED, "schema_id": f"sch_{start + place}", "name": name} for place, name in enumerate(names)]
    return answer({"schemas": schemas, "total": len(schemas) if total is None else total})


def body_of(request):
    return json.loads(request.partition(b"\r\n\r\n")[2])


# ---- what is sent --------------------------------------------------------------------------------------------------


def test_a_new_version_is_always_asked_for_by_that_word(serving):
    provider, api = serving(answer({**SAVED, "version": 2}))
    assert api.add_version("sch_1", CONTENT).version == 2
    assert provider.requests[0].startswith(b"PUT /api/v1/extraction_schemas/sch_1 ")
    assert body_of(provider.requests[0]) == {"schema_json": CONTENT, "create_new_version": True}


def test_a_write_whose_connection_breaks_is_not_sent_again(serving):
    provider, api = serving(listing(), listing(), None)
    assert api.find("invoice") == []
    assert api.find("invoice") == []
    with pytest.raises(TargetUnreachable, match="gave no answer to POST"):
        api.create("invoice", CONTENT)
    assert [request.split()[0] for request in provider.requests] == [b"GET", b"GET", b"POST"]


@pytest.mark.parametrize(
    "schema_id", ["..", "../files", "sch_/../x", "sch_1/x", "sch_1?x=", "sch_", "", "sch_é", "invoice"]
)
def test_an_id_that_could_lead_elsewhere_is_not_asked_for(serving, schema_id):
    provider, api = serving(answer(SAVED))
    assert not is_schema_id(schema_id)
    with pytest.raises(InvalidTarget):
        api.read(schema_id)
    with pytest.raises(InvalidTarget):
        api.add_version(schema_id, CONTENT)
    assert provider.requests == []


# ---- what comes back -----------------------------------------------------------------------------------------------


def test_a_saved_schema_is_read_with_the_history_that_can_be_read(serving):
    history = [
        {"version": 1, "schema_json": {"properties": {}}},
        {"version": 2, "schema_json": "{}"},
        {"version": "3", "schema_json": {}},
        {"version": 4, "schema_json": {"properties": {"x": {}}}},
        {"version": 4, "schema_json": {"properties": {"y": {}}}},
        {"version": 9, "schema_json": {}},
        {"version": True, "schema_json": {}},
        "<unknown>",
        None,
    ]
    _, api = serving(answer({**SAVED, "version": 6, "version_history": history}))
    saved = api.read("sch_1")
    assert saved.contents == {1: {"properties": {}}, 6: CONTENT}
    assert saved.content == CONTENT


@pytest.mark.parametrize("history", [None, "<unknown>", {}, 5, {"1": CONTENT}])
def test_a_history_of_any_other_shape_holds_nothing(serving, history):
    _, api = serving(answer({**SAVED, "version_history": history}))
    assert api.read("sch_1").contents == {1: CONTENT}


def test_an_id_that_the_account_does_not_have_is_no_error(serving):
    _, api = serving(answer({"detail": "Extraction schema not found."}, 404))
    assert api.read("sch_1") is None


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "is empty"),
        (b"<!DOCTYPE html>", "is not JSON"),
        (b"\xff\xfe", "is not UTF-8"),
        (b"NaN", "NaN is not JSON"),
        (b"[" * 100_000, "nested deeper than 208 levels"),
        (b'{"schema_id": "sch_1", "schema_id": "sch_2"}', "stands twice"),
        (b'{"version": ' + b"9" * 5_000 + b"}", "5000 digits"),
        (b"[]", "[] is no saved schema"),
        (b"null", "null is no saved schema"),
        ({**SAVED, "schema_id": None}, "schema_id is null"),
        ({**SAVED, "schema_id": 1}, "schema_id is 1"),
        ({**SAVED, "schema_id": "sch_2"}, "it is about sch_2"),
        ({**SAVED, "schema_id": "../../etc"}, 'schema_id is "../../etc"'),
        ({**SAVED, "schema_json": json.dumps(CONTENT)}, "not an object"),
        ({**SAVED, "schema_json": [CONTENT]}, "not an object"),
        ({**SAVED, "version": 0}, "version is 0"),
        ({**SAVED, "version": True}, "version is true"),
        ({**SAVED, "version": "1"}, 'version is "1"'),
        ({**SAVED, "version": 1e300}, "version is 1e+300"),
        ({**SAVED, "version": 10**12}, "version is 1000000000000"),
        ({**SAVED, "archived": None}, "archived null"),
        ({**SAVED, "name": ["x"]}, 'name is ["x"]'),
        ({**SAVED, "name": KEY}, "it repeats the API key"),
        ({**SAVED, "schema_json": {"properties": {}, "description": f"use {KEY}"}}, "it repeats the API key"),
    ],
)
def test_an_answer_that_makes_no_sense_is_one_clear_error(serving, body, told):
    _, api = serving(answer(body))
    with pytest.raises(UnusableAnswer) as refused:
        api.read("sch_1")
    assert told in refused.value.what
    assert refused.value.where.endswith("/api/v1/extraction_schemas/sch_1")
    assert refused.value.remedy
    assert KEY not in str(refused.value)
    assert len(str(refused.value)) < 500


def test_an_answer_of_ten_megabytes_is_told_in_a_line(serving):
    _, api = serving(answer({**SAVED, "schema_json": "x" * 10_000_000}))
    with pytest.raises(UnusableAnswer) as refused:
        api.read("sch_1")
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize(
    ("status", "error", "remedy"),
    [
        (302, UnusableAnswer, "no redirect is followed"),
        (400, UnusableAnswer, "pageschema lint"),
        (401, UnusableAnswer, "set DATALAB_API_KEY"),
        (403, UnusableAnswer, "subscription"),
        (404, UnusableAnswer, "--base-url"),
        (405, UnusableAnswer, "--base-url"),
        (409, UnusableAnswer, "run the command again"),
        (413, UnusableAnswer, "larger than the endpoint takes"),
        (418, UnusableAnswer, "--base-url"),
        (422, UnusableAnswer, "pageschema lint"),
        (500, TargetUnreachable, "it looks before it writes"),
        (503, TargetUnreachable, "it looks before it writes"),
        (529, TargetUnreachable, "it looks before it writes"),
    ],
)
def test_each_refusal_says_what_to_do_and_is_sent_once(serving, status, error, remedy):
    provider, api = serving(answer({"detail": f"Not today, {KEY[:6]}."}, status, "Location: http://127.0.0.1:9/"))
    with pytest.raises(error) as refused:
        api.create("invoice", CONTENT)
    assert refused.value.what.startswith(f"answered {status} to POST: Not today")
    assert remedy in refused.value.remedy
    assert len(provider.requests) == 1


def test_the_details_of_a_malformed_request_are_told(serving):
    detail = [{"type": "string_too_long", "loc": ["body", "name"], "msg": "at most 200 characters"}]
    _, api = serving(answer({"detail": detail}, 422))
    with pytest.raises(UnusableAnswer, match="at most 200 characters"):
        api.create("invoice", CONTENT)


# ---- a busy endpoint -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 529])
def test_a_busy_endpoint_is_asked_again_when_it_says(serving, status):
    busy = answer({"detail": "Rate limit exceeded"}, status, "Retry-After: 0")
    provider, api = serving(busy, busy, answer(SAVED))
    assert api.read("sch_1").version == 1
    assert len(provider.requests) == 3


def test_a_write_that_a_rate_limit_turned_away_is_sent_again(serving):
    provider, api = serving(answer({"detail": "Rate limit exceeded"}, 429, "Retry-After: 0"), answer(SAVED, 201))
    assert api.create("invoice", CONTENT).schema_id == "sch_1"
    assert len(provider.requests) == 2


@pytest.mark.parametrize("wait", ["61", "999999999"])
def test_an_endpoint_that_asks_for_more_patience_than_a_minute_is_given_up(serving, wait):
    provider, api = serving(answer({"detail": "Rate limit exceeded"}, 429, f"Retry-After: {wait}"))
    with pytest.raises(TargetUnreachable) as refused:
        api.read("sch_1")
    assert "run the command again" in refused.value.remedy
    assert len(provider.requests) == 1


# ---- the list ------------------------------------------------------------------------------------------------------


def test_a_name_is_found_on_every_page_of_the_list_but_not_where_it_is_archived(serving):
    def behave(request):
        line = request.split(b"\r\n")[0]
        if b"?limit=50&offset=0 " in line:
            return listing("invoice", *["other"] * 49, total=52)
        if b"offset=50 " in line:
            return listing("invoice", "invoice", total=52, start=50)
        schema_id = line.split()[1].rpartition(b"/")[2].decode()
        return answer({**SAVED, "schema_id": schema_id, "archived": schema_id == "sch_51"})

    _, api = serving(behave)
    assert [each.schema_id for each in api.find("invoice")] == ["sch_0", "sch_50"]


def test_a_total_that_is_too_low_hides_nothing(serving):
    def behave(request):
        if b"offset=0 " in request:
            return listing(*["other"] * 50, total=1)
        if b"offset=50 " in request:
            return listing("invoice", total=1, start=50)
        return answer({**SAVED, "schema_id": "sch_50"})

    _, api = serving(behave)
    assert [each.schema_id for each in api.find("invoice")] == ["sch_50"]


def test_a_list_that_tells_the_same_again_and_again_is_given_up(serving):
    provider, api = serving(listing(*["other"] * 50, total=10**9))
    with pytest.raises(UnusableAnswer, match="does not end"):
        api.find("invoice")
    assert len(provider.requests) == 2


def test_a_list_without_an_end_is_given_up(serving, monkeypatch):
    monkeypatch.setattr(module, "MAX_LISTED", 500)

    def behave(request):
        offset = int(request.split(b"offset=")[1].split()[0])
        return listing(*["other"] * 50, total=10**9, start=offset)

    provider, api = serving(behave)
    with pytest.raises(UnusableAnswer, match="does not end after 500"):
        api.find("invoice")
    assert len(provider.requests) == 10


def test_of_a_thousand_schemas_of_one_name_only_some_are_read(serving):
    def behave(request):
        if b"offset=" in request:
            return listing(*["invoice"] * 1_000)
        return answer({**SAVED, "schema_id": request.split()[1].rpartition(b"/")[2].decode()})

    provider, api = serving(behave)
    assert len(api.find("invoice")) == 20
    assert len(provider.requests) == 21


@pytest.mark.parametrize(
    "body",
    [
        [],
        {"schemas": {}, "total": 1},
        {"schemas": []},
        {"schemas": [1], "total": 1},
        {"schemas": [{"schema_id": "sch_1"}], "total": 1},
        {"schemas": [{"schema_id": "a/b", "name": "x"}], "total": 1},
        {"schemas": [None], "total": 1},
    ],
)
def test_a_list_of_another_shape_is_one_clear_error(serving, body):
    _, api = serving(answer(body))
    with pytest.raises(UnusableAnswer, match="list"):
        api.find("invoice")


@pytest.mark.parametrize("archived", [answer({**SAVED, "archived": True}), b"HTTP/1.1 204 .\r\n\r\n"])
def test_a_saved_schema_is_archived_by_delete_whatever_is_answered(serving, archived):
    provider, api = serving(archived)
    api.archive("sch_1")
    assert provider.requests[0].startswith(b"DELETE /api/v1/extraction_schemas/sch_1 ")


def test_an_archiving_that_is_refused_is_told(serving):
    _, api = serving(answer({"detail": "no such schema"}, 404))
    with pytest.raises(UnusableAnswer, match="404 to DELETE: no such schema"):
        api.archive("sch_1")
