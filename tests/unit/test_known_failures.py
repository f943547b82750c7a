"""The baseline of a contract run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from pageschema.cli import group
from pageschema.emulator import EMULATOR_KEY, Emulator
from pageschema.errors import InvalidConfiguration
from pageschema.project.known import read_known

ACCEPTED = {"check": "broken-accepted", "clause": "schema-exclusive", "cause": None, "count": 1}
GONE = {"check": "broken-accepted", "clause": "source-required", "cause": None, "count": 1}


@pytest.fixture(scope="module")
def faulty():
    with Emulator(faults=["accepts-both-schemas"]) as emulator:
        yield emulator.base_url


@pytest.fixture
def fuzz(faulty, tmp_path, monkeypatch):
    """Return what runs the command against an endpoint with one failure, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATALAB_API_KEY", EMULATOR_KEY)
    monkeypatch.setenv("HYPOTHESIS_STORAGE_DIRECTORY", str(tmp_path / "cache"))

    def run(*options):
        arguments = ["fuzz", "--base-url", faulty, "--max-requests", "40", "--spend", "0", *options]
        return CliRunner().invoke(group, arguments, standalone_mode=False)

    return run


def rows():
    return json.loads(Path("known.json").read_text("utf-8"))["accepted"]


def test_what_fails_now_is_accepted_and_only_what_is_new_fails_later(fuzz):
    first = fuzz("--baseline", "known.json", "--update-baseline")
    assert first.return_value == 0
    assert rows() == [ACCEPTED]
    second = fuzz("--baseline", "known.json")
    assert (second.return_value, second.stderr) == (0, "")
    assert "1 failure accepted by the baseline." in second.stdout
    assert "keeps its contract" not in second.stdout


def test_what_is_gone_is_told_and_dropped_when_the_baseline_is_written(fuzz, tmp_path):
    (tmp_path / "known.json").write_text(json.dumps({"accepted": [ACCEPTED, GONE]}))
    (tmp_path / "pyproject.toml").write_text('[tool.pageschema.fuzz]\nbaseline = "known.json"\n')
    told = fuzz("--format", "json")
    gone = "broken-accepted.source-required: accepted by known.json and gone: --update-baseline drops it\n"
    assert (told.return_value, told.stderr) == (0, gone)
    assert json.loads(told.stdout)["known"] == [{name: ACCEPTED[name] for name in ("check", "clause", "cause")}]
    assert fuzz("--update-baseline").return_value == 0
    assert rows() == [ACCEPTED]


def test_a_run_that_could_not_judge_changes_no_baseline(fuzz, monkeypatch, tmp_path):
    (tmp_path / "known.json").write_text(json.dumps({"accepted": [GONE]}))
    monkeypatch.setenv("DATALAB_API_KEY", "wrong")
    stopped = fuzz("--baseline", "known.json", "--update-baseline", "--spend", "9")
    assert stopped.return_value == 1
    assert "known.json is left as it is: the run stopped early" in stopped.stderr
    assert rows() == [GONE]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (None, "there is no such baseline\n  write it: pageschema fuzz --baseline"),
        ("[]", "has no array 'accepted'\n  take it back from version control"),
        (
            '{"accepted": [{"code": "PS604", "at": "a", "count": 1}]}',
            "a row has a check, a clause, a cause and a count",
        ),
        (json.dumps({"accepted": [ACCEPTED | {"count": 0}]}), "#/accepted/0: is no baseline"),
    ],
)
def test_a_file_that_is_no_baseline_is_refused_with_how_to_write_one(tmp_path, text, what):
    path = tmp_path / "known.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(InvalidConfiguration) as refused:
        read_known(path)
    assert what in str(refused.value)
