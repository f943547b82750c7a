"""Saved failures sent again, one or all."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from pageschema.cli import group
from pageschema.config import Config
from pageschema.contract import Contract
from pageschema.emulator import EMULATOR_KEY, Emulator
from pageschema.errors import InvalidConfiguration, InvalidTarget, TargetUnreachable, UnusableAnswer
from pageschema.fuzzing import Failure
from pageschema.fuzzing.sweep import bases, broken
from pageschema.project.endpoint import FAILURES_FOLDER
from pageschema.project.project import Project
from pageschema.project.replays import replay_all, replay_file
from pageschema.report import replays_text

CONTRACT = Contract.load()
FAULT = "accepts-both-schemas"
NAME = "broken-accepted.schema-exclusive"
OUTPUT = Path(__file__).parents[2] / "docs" / "reference" / "output" / "replay.schema.json"


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATALAB_API_KEY", EMULATOR_KEY)
    return Project(Config(root=tmp_path, registry=tmp_path / "schemas"))


@pytest.fixture(scope="module")
def faulty():
    with Emulator(faults=[FAULT]) as emulator:
        yield emulator.base_url


def save(base_url=None, name=NAME):
    """Save the failure of an endpoint that takes both schemas at once."""
    request = next(
        draft.encode()
        for draft in broken(CONTRACT, {}, bases({}, ())[:1])
        if CONTRACT.judge(draft.encode()).clauses == ("schema-exclusive",)
    )
    failure = Failure(
        check="broken-accepted", clause="schema-exclusive", message="accepted", request=request, base_url=base_url
    )
    FAILURES_FOLDER.mkdir(parents=True, exist_ok=True)
    (FAILURES_FOLDER / f"{name}.json").write_text(failure.as_replay())


def test_a_failure_is_sent_again_to_where_it_was_seen(project, faulty):
    save(faulty)
    replayed = replay_file(project, NAME)
    assert (replayed.state, replayed.exit_code, replayed.base_url) == ("still failing", 1, faulty)


def test_another_endpoint_or_a_fault_of_the_emulator_can_be_asked_for_instead(project, faulty):
    with Emulator() as mended:
        save("http://127.0.0.1:9")
        assert replay_file(project, NAME, base_url=mended.base_url).state == "fixed"
    assert replay_file(project, NAME, base_url=faulty).state == "still failing"
    assert replay_file(project, NAME, faults=[FAULT]).state == "still failing"


@pytest.mark.parametrize("allow_remote", [False, True])
def test_a_file_never_chooses_a_host_elsewhere_that_the_key_is_sent_to(project, allow_remote):
    save("https://api.example.com")
    with pytest.raises(InvalidConfiguration) as refused:
        replay_file(project, NAME, allow_remote=allow_remote)
    assert "was seen at https://api.example.com" in str(refused.value)
    assert "--base-url URL" in str(refused.value)


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("broken-acepted.schema-exclusive", f"did you mean {NAME}?"),
        (f"failures/{NAME}.jso", f"did you mean {NAME}?"),
        ("nothing", "pageschema fuzz saves failures"),
        ("a\0b", "pageschema fuzz saves failures"),
    ],
)
def test_a_wrong_name_is_told_with_the_nearest_one(project, name, remedy):
    save()
    with pytest.raises(InvalidTarget) as refused:
        replay_file(project, name)
    assert remedy in refused.value.remedy


def test_a_key_that_is_refused_mends_nothing(project, faulty, monkeypatch):
    save(faulty)
    monkeypatch.setenv("DATALAB_API_KEY", "wrong")
    with pytest.raises(InvalidConfiguration, match="refuses the API key with 401"):
        replay_file(project, NAME)


@pytest.mark.parametrize(
    ("answer", "error", "what"),
    [
        (b"", TargetUnreachable, "the request is not answered"),
        (b"HTTP/1.1 502 .\r\nContent-Length: 0\r\n\r\n", UnusableAnswer, "the server answers 502"),
    ],
)
def test_an_endpoint_that_answers_nothing_or_with_an_error_mends_nothing(project, serve, answer, error, what):
    def behave(_provider, connection, _request):
        connection.sendall(answer)
        return "close"

    save(serve(behave).url)
    with pytest.raises(error, match=what):
        replay_file(project, NAME)


def test_all_that_are_saved_are_fixed_still_failing_or_an_error(project, faulty):
    save(None, "a")
    save(faulty, "b")
    save("https://api.example.com", "c")
    (FAILURES_FOLDER / "d.json").write_text("{}")
    every = replay_all(project)
    assert [each.state for each in every] == ["fixed", "still failing", "error", "error"]
    text = replays_text(every)
    assert len(text.splitlines()) == 6
    assert f"still failing  {NAME} at {faulty}" in text
    assert text.endswith("\n1 fixed, 1 still failing, 2 errors\n")


def test_the_command_tells_all_and_ends_with_the_gravest(project, faulty):
    nothing = CliRunner().invoke(group, ["replay"], standalone_mode=False)
    assert (nothing.return_value, nothing.stdout) == (0, "no failure is saved: pageschema fuzz saves those it finds\n")
    save(None, "a")
    save(faulty, "b")
    ran = CliRunner().invoke(group, ["replay", "--format", "json"], standalone_mode=False)
    assert ran.return_value == 1
    told = json.loads(ran.stdout)
    jsonschema.validate(told, json.loads(OUTPUT.read_text("utf-8")))
    assert [(each["state"], each["failure"] is None) for each in told] == [("fixed", True), ("still failing", False)]
    assert EMULATOR_KEY not in ran.stdout
