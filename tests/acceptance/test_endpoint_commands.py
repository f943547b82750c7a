import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

OUTPUT = Path(__file__).parents[2] / "docs" / "reference" / "output"


def conforms(value, name):
    jsonschema.validate(value, json.loads((OUTPUT / f"{name}.schema.json").read_text()))
    return value


def test_the_emulator_keeps_its_contract(project):
    ran = project.run("fuzz", "--max-requests", "80", "--format", "json")
    assert ran.code == 0
    result = conforms(ran.json, "fuzz")
    assert result["requests"] == 80
    assert result["failures"] == []


def test_the_same_seed_sends_the_same_requests(project):
    first, second = (
        project.run("fuzz", "--max-requests", "230", "--seed", "7", "--format", "json").json for _ in range(2)
    )
    assert first["clauses"] == second["clauses"]
    assert not (project.root / ".hypothesis").exists()


def test_a_failure_is_saved_and_replayed_until_it_is_gone(project):
    ran = project.run("fuzz", "--fault", "accepts-both-schemas", "--max-requests", "80", "--format", "json")
    assert ran.code == 1
    [failure] = conforms(ran.json, "fuzz")["failures"]
    assert (failure["check"], failure["clause"]) == ("broken-accepted", "schema-exclusive")
    saved = failure["replay"]
    assert (project.root / saved).is_file()
    again = project.run("replay", saved, "--fault", "accepts-both-schemas", "--format", "json")
    assert again.code == 1
    assert conforms(again.json, "replay")["clause"] == "schema-exclusive"
    gone = project.run("replay", "broken-accepted.schema-exclusive", "--format", "json")
    assert (gone.code, gone.json) == (0, None)


def test_the_key_is_nowhere_in_what_is_printed_or_saved(project):
    from pageschema.emulator import EMULATOR_KEY

    ran = project.run("fuzz", "--fault", "echoes-key", "--max-requests", "60")
    assert ran.code == 1
    assert "key-echoed" in ran.out
    saved = "".join(path.read_text() for path in (project.root / ".pageschema").rglob("*.json"))
    assert EMULATOR_KEY not in ran.out + ran.err + saved


def test_nothing_listening_is_exit_3(project):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    key = {"DATALAB_API_KEY": "any"}
    ran = project.run("fuzz", "--base-url", f"http://127.0.0.1:{port}", "--max-requests", "5", env=key)
    assert ran.code == 3
    assert "nothing is listening" in ran.err


def test_no_request_leaves_this_machine_without_permission(project):
    ran = project.run("fuzz", "--base-url", "https://www.datalab.to", "--max-requests", "5")
    assert ran.code == 2
    assert "--allow-remote" in ran.err


@pytest.mark.parametrize(
    "arguments", [("fuzz", "--fault", "acepts-any-key"), ("replay", "nowhere.json"), ("explain", "mising-description")]
)
def test_a_wrong_name_is_one_clear_error(project, arguments):
    ran = project.run(*arguments)
    assert ran.code == 2
    assert len(ran.err.splitlines()) <= 3


def test_everything_can_be_explained(project):
    for unit in project.run("explain", "--format", "json").json:
        assert unit["summary"]
    text = project.run("explain", "schema-exclusive").out
    assert "If you pass both, the API returns a 400 error" in text


def test_a_wrong_key_is_not_taken_for_a_contract_that_is_kept(project):
    from pageschema.emulator import Emulator

    with Emulator() as emulator:
        arguments = ("fuzz", "--base-url", emulator.base_url, "--max-requests", "40")
        free = project.run(*arguments, "--spend", "0", env={"DATALAB_API_KEY": "wrong"})
        assert free.code == 2
        assert "refuses the API key" in free.err
        paid = project.run(*arguments, env={"DATALAB_API_KEY": "wrong"})
        assert paid.code == 1
        assert "is DATALAB_API_KEY right?" in paid.out
        right = project.run(*arguments, "--spend", "0", env={"DATALAB_API_KEY": emulator.api_key})
        assert right.code == 0
        assert "what must be accepted was not tried" in right.out


def test_a_run_leaves_the_files_that_it_is_asked_for(project):
    from pageschema.emulator import EMULATOR_KEY, Emulator

    with Emulator(faults=["accepts-both-schemas"]) as emulator:
        target = ("--base-url", emulator.base_url)
        env = {"DATALAB_API_KEY": EMULATOR_KEY}
        files = ("run.har", "test_run.py", "run.json")
        reports = [word for name in files for word in ("--report", name)]
        ran = project.run("fuzz", *target, "--max-requests", "60", *reports, "--format", "json", env=env)
        assert ran.code == 1
        texts = [(project.root / name).read_text() for name in files]
        assert len(json.loads(texts[0])["log"]["entries"]) > 60
        assert json.loads(texts[2]) == ran.json
        assert not any(EMULATOR_KEY in text for text in texts)
        tested = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_run.py"],
            check=False,
            cwd=project.root,
            env={**os.environ, **env},
            capture_output=True,
            text=True,
        )
    assert tested.returncode == 1
    assert "1 failed" in tested.stdout


def test_a_report_that_could_not_be_written_is_refused_before_anything_is_sent(project):
    for name in ("run.txt", "nowhere/run.har"):
        ran = project.run("fuzz", "--report", name)
        assert (ran.code, ran.out) == (2, "")
        assert "--report" in ran.err
