"""Frozen versions and saved schemas side by side: what fits what, and what an endpoint cannot talk anyone into."""

import json
from pathlib import Path

import pytest

from pageschema.client import KEY_VARIABLE, SavedSchema
from pageschema.config import Config
from pageschema.errors import TargetUnreachable, UnusableAnswer
from pageschema.project.project import Project
from pageschema.project.pulling import pull
from pageschema.project.pushing import push
from pageschema.project.saved import FINE, Endpoint, Ledger, align, same
from pageschema.registry import SavedAs
from pageschema.report import saved as saved_report
from pageschema.report import saved_text
from pageschema.schema import PageSchema


def content(*names, **more):
    return {"type": "object", "properties": {name: {"type": "string"} for name in names}, **more}


A, B, C, X = (content(name) for name in "abcx")
HERE = Endpoint(origin="http://127.0.0.1:8000", options="--base-url http://127.0.0.1:8000")


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.setenv(KEY_VARIABLE, "canary-5f2c9d1e7")
    monkeypatch.chdir(tmp_path)
    return Project(Config(root=tmp_path, registry=tmp_path / "schemas"))


def freeze(project, *contents):
    for number, value in enumerate(contents, start=1):
        project.registry.publish(PageSchema.from_value(value), name="invoice", version=f"{number}.0.0")


def files(project):
    return {path: path.read_bytes() for path in project.config.root.rglob("*") if path.is_file()}


def answer(value, status="200 OK"):
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def told(value, **more):
    return {"schema_id": "sch_1", "name": "invoice", "schema_json": value, "version": 1, "archived": False, **more}


def always(value):
    return lambda _provider, connection, _request: connection.sendall(answer(value))


# ---- what fits what ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ({"a": 1, "b": [2]}, {"b": [2], "a": 1}, True),
        ({"a": 1}, {"a": 1.0}, True),
        ({"a": 1}, {"a": True}, False),
        ({"a": [1, 2]}, {"a": [2, 1]}, False),
        ({"a": None}, {}, False),
        ({"a": 2**60}, {"a": 2**60 + 1}, False),
        ({"a": "é"}, {"a": "e\u0301"}, False),
    ],
)
def test_contents_are_compared_as_json_values(one, other, equal):
    assert same(one, other) is equal


@pytest.mark.parametrize(
    ("frozen", "recorded", "there", "found"),
    [
        ([A, B], {}, {1: A, 2: B}, {"1.0.0": 1, "2.0.0": 2}),
        ([A, B], {}, {2: B}, {"2.0.0": 2}),
        ([A, B], {}, {1: B, 2: A}, {"1.0.0": 2}),
        ([A, A], {}, {1: A}, {"1.0.0": 1}),
        ([A, A], {}, {1: A, 2: A}, {"1.0.0": 1, "2.0.0": 2}),
        ([A, B, C], {}, {1: A, 2: X, 3: C}, {"1.0.0": 1, "3.0.0": 3}),
        ([A, B], {"1.0.0": 1}, {1: A, 2: B}, {"2.0.0": 2}),
        ([A, B], {"1.0.0": 1}, {1: B}, {}),
        ([A, B], {"2.0.0": 1}, {1: B, 2: A}, {}),
        ([A], {}, {1: X}, {}),
    ],
)
def test_versions_are_matched_by_content_and_in_order(project, frozen, recorded, there, found):
    freeze(project, *frozen)
    ledger = Ledger.of(project, "invoice", HERE)
    ledger.saved = {version: SavedAs(schema_id="sch_1", version=number) for version, number in recorded.items()}
    saved = SavedSchema(schema_id="sch_1", name="invoice", version=max(there), archived=False, contents=there)
    assert align(ledger, saved) == found


# ---- what an endpoint cannot talk anyone into ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ({"total": {"type": "number"}}, "has no top-level 'properties'"),
        ({"properties": []}, "'properties' is an array"),
        ({"properties": {}, "x": json.loads("[" * 205 + "]" * 205)}, "nested deeper than 200 levels"),
    ],
)
def test_what_is_no_page_schema_is_not_frozen(project, serve, value, what):
    provider = serve(always(told(value)))
    report = pull(project, ["sch_1"], name="receipt", base_url=provider.url)
    assert [(row.version, row.state) for row in report.rows] == [(None, "refused")]
    assert what in report.rows[0].message
    assert report.rows[0].remedy
    assert not report.ok
    assert files(project) == {}


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"<html>", UnusableAnswer),
        (b"null", UnusableAnswer),
        (told(json.dumps(A)), UnusableAnswer),
        (told(A, schema_id="../x"), UnusableAnswer),
        (told(A, schema_id="sch_2"), UnusableAnswer),
        (b"[" * 1_000_000, UnusableAnswer),
        (told({"properties": {}, "description": "canary-5f2c9d1e7"}), UnusableAnswer),
    ],
)
def test_an_answer_that_makes_no_sense_ends_both_and_writes_nothing(project, serve, body, error):
    freeze(project, A, B)
    provider = serve(always(body))
    Ledger.of(project, "invoice", Endpoint.of(provider.url, allow_remote=False)).record(
        "1.0.0", SavedAs(schema_id="sch_1", version=1)
    )
    before = files(project)
    for report in (push(project, base_url=provider.url), pull(project, base_url=provider.url)):
        assert isinstance(report.stopped, error)
        assert "failed" in [row.state for row in report.rows]
        assert not report.ok
        assert "canary" not in saved_text([row.as_json() for row in report.rows]) + str(report.stopped)
    assert files(project) == before
    assert not any(request.startswith((b"POST", b"PUT")) for request in provider.requests)


def test_a_record_that_names_another_path_is_not_followed(project, serve):
    freeze(project, A)
    provider = serve(always(told(A)))
    Ledger.of(project, "invoice", Endpoint.of(provider.url, allow_remote=False)).record(
        "1.0.0", SavedAs(schema_id="../agents/1", version=1)
    )
    assert "'../agents/1' is no id" in push(project, base_url=provider.url).stopped.what
    assert "'../agents/1' is no id" in pull(project, base_url=provider.url).stopped.what
    assert provider.requests == []


class Api:
    """Saved schemas that misbehave in one way."""

    def __init__(self, **ways):
        self.ways = ways
        self.versions = []

    def __call__(self, _provider, connection, request):
        method = request.split()[0].decode()
        body = request.partition(b"\r\n\r\n")[2]
        if b"?limit=" in request:
            connection.sendall(answer({"schemas": [], "total": 0}))
            return
        if body:
            self.versions.append(json.loads(body)["schema_json"])
        connection.sendall(self.ways.get(method, self.honest)())

    def honest(self):
        history = [{"version": place, "schema_json": each} for place, each in enumerate(self.versions[:-1], start=1)]
        return answer(told(self.versions[-1], version=len(self.versions), version_history=history))


def states(report):
    return [(row.state, row.schema_version) for row in report.rows]


def test_an_endpoint_that_drops_a_member_is_told_and_the_push_stops_there(project, serve):
    freeze(project, content("a", description="An invoice."), B)
    provider = serve(Api(GET=lambda: answer(told(A))))
    report = push(project, base_url=provider.url)
    assert states(report) == [("unconfirmed", 1), ("pending", None)]
    assert "is not what was sent: (root): the description" in report.rows[0].message
    assert states(push(project, base_url=provider.url)) == [("edited upstream", 1), ("pending", None)]
    assert [request.split()[0] for request in provider.requests].count(b"PUT") == 0


def test_an_endpoint_that_overwrites_in_place_is_told_at_once(project, serve):
    freeze(project, A, B, C)
    api = Api()
    api.ways = {method: lambda: answer(told(api.versions[-1])) for method in ("GET", "PUT", "POST")}
    report = push(project, base_url=serve(api).url)
    assert states(report) == [("pushed", 1), ("unconfirmed", 1), ("pending", None)]
    assert "saved as version 1 of sch_1, where 2 was to come" in report.rows[1].message


def test_a_version_that_somebody_saves_right_after_ours_is_told_and_ours_is_recorded(project, serve):
    freeze(project, A, B, C)
    api = Api()

    def rival():
        if len(api.versions) == 2:
            api.versions.append(X)
        return api.honest()

    api.ways = {"GET": rival}
    provider = serve(api)
    report = push(project, base_url=provider.url)
    assert states(report) == [("pushed", 1), ("unconfirmed", 2), ("pending", None)]
    assert "version 3 of sch_1 was saved by somebody else right after it" in report.rows[1].message
    assert states(push(project, base_url=provider.url)) == [
        ("unchanged", 1), ("versioned upstream", 2), ("pending", None),
    ]  # fmt: skip


def test_a_version_that_somebody_saves_right_before_ours_is_told_and_the_number_is_the_true_one(project, serve):
    freeze(project, A, B)
    api = Api()

    def late():
        api.versions[1:] = [X, api.versions[1]]
        return api.honest()

    api.ways = {"PUT": late}
    report = push(project, base_url=serve(api).url)
    assert states(report) == [("pushed", 1), ("unconfirmed", 3)]
    assert "saved as version 3 of sch_1, where 2 was to come" in report.rows[1].message


def test_what_went_up_before_the_endpoint_failed_is_told_and_recorded(project, serve):
    freeze(project, A, B, C)
    api = Api(PUT=lambda: answer({"detail": "Internal"}, "500 Internal Server Error"))
    provider = serve(api)
    report = push(project, base_url=provider.url)
    assert isinstance(report.stopped, TargetUnreachable)
    assert states(report) == [("pushed", 1), ("failed", None), ("pending", None)]
    assert Ledger.of(project, "invoice", Endpoint.of(provider.url, allow_remote=False)).saved["1.0.0"].version == 1


def test_a_version_number_past_all_reason_costs_no_time(project, serve):
    freeze(project, A)
    provider = serve(always(told(X, version=2**31 - 1)))
    Ledger.of(project, "invoice", Endpoint.of(provider.url, allow_remote=False)).record(
        "1.0.0", SavedAs(schema_id="sch_1", version=1)
    )
    report = pull(project, base_url=provider.url, dry_run=True)
    assert [row.state for row in report.rows] == ["not compared", "not compared", "pending"]
    assert "versions 2 to 2147483646" in report.rows[1].message


# ---- how it is told ------------------------------------------------------------------------------------------------


def test_terminal_and_exit_code_agree_on_what_is_fine():
    assert saved_report._FINE == FINE


@pytest.mark.parametrize("url", ["http://127.0.0.1:80/", "HTTP://127.0.0.1", "http://127.0.0.1:80"])
def test_one_endpoint_has_one_name_however_it_is_spelled(url):
    assert Endpoint.of(url, allow_remote=False).origin == "http://127.0.0.1"


def test_an_endpoint_that_is_spelled_with_more_is_another():
    origins = ["http://127.0.0.1", "https://127.0.0.1", "http://127.0.0.1:81", "http://127.0.0.1/v2", "http://[::1]"]
    assert [Endpoint.of(url, allow_remote=False).origin for url in origins] == origins


def test_what_concerns_every_version_is_told_once():
    rows = [
        {
            "name": "invoice", "version": version, "state": "gone", "schema_id": "sch_1", "schema_version": number,
            "origin": "http://127.0.0.1:8000", "message": "this account has no sch_1", "remedy": "use another key",
        }
        for number, version in enumerate(("1.0.0", "2.0.0"), start=1)
    ]  # fmt: skip
    text = saved_text(rows)
    assert text.count("this account has no sch_1") == 1
    assert text.endswith("\n2 gone\n")


def test_what_an_endpoint_says_cannot_write_on_the_terminal(project, serve):
    freeze(project, A)
    provider = serve(always(told({**X, "description": "\x1b[2J\u202e"})))
    Ledger.of(project, "invoice", Endpoint.of(provider.url, allow_remote=False)).record(
        "1.0.0", SavedAs(schema_id="sch_1", version=1)
    )
    text = saved_text([row.as_json() for row in pull(project, base_url=provider.url).rows])
    assert "edited upstream" in text
    assert text.replace("\n", "").isprintable()


def test_records_are_named_from_where_the_user_stands(project, serve):
    freeze(project, A)
    provider = serve(lambda _p, connection, _r: connection.sendall(answer({"detail": "?"}, "404 Not Found")))
    Ledger.of(project, "invoice", Endpoint.of(provider.url, allow_remote=False)).record(
        "1.0.0", SavedAs(schema_id="sch_1", version=1)
    )
    [row] = push(project, base_url=provider.url).rows
    assert row.remedy.endswith(f"rm {Path('schemas/invoice')}/*.saved.json, and push again")
