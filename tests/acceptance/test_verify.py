import json
from pathlib import Path

import jsonschema
import pytest

OUTPUT = Path(__file__).parents[2] / "docs" / "reference" / "output"


def test_a_good_project_is_well(frozen_project):
    ran = frozen_project.run("verify", "--max-requests", "60", "--format", "json")
    assert ran.code == 0
    jsonschema.validate(ran.json, json.loads((OUTPUT / "verify.schema.json").read_text()))
    assert ran.json["ok"]


def test_drift_fails_the_run_and_says_what_to_do(frozen_project):
    frozen_project.change("total: float", "total: str")
    ran = frozen_project.run("verify", "--max-requests", "30")
    assert ran.code == 1
    assert "pageschema freeze invoice" in ran.out


@pytest.mark.parametrize("break_it", ["change", "delete"])
def test_a_broken_promise_fails_the_run_with_one_message(frozen_project, break_it):
    path = frozen_project.root / "schemas" / "invoice" / "1.0.0.json"
    if break_it == "change":
        path.write_text(path.read_text().replace("Amount due.", "Amount due!"))
    else:
        path.unlink()
    ran = frozen_project.run("verify", "--max-requests", "30", "--format", "json")
    assert ran.code == 1
    [problem] = [problem for section in ran.json["sections"] for problem in section["problems"]]
    assert "1.0.0.json" in problem["where"]
    assert problem["remedy"]


def test_a_fault_of_the_emulator_fails_the_run_and_is_named(frozen_project):
    ran = frozen_project.run("verify", "--max-requests", "60", "--fault", "accepts-no-source")
    assert ran.code == 1
    assert "broken-accepted.source-required" in ran.out


def test_kept_results_are_checked(frozen_project):
    folder = frozen_project.root / "schemas" / "invoice" / "results"
    folder.mkdir()
    (folder / "good.json").write_text('{"number": 3}')
    ran = frozen_project.run("verify", "--max-requests", "30")
    assert ran.code == 1
    assert "good.json" in ran.out


@pytest.mark.parametrize("command", ["verify", "status", "freeze", "lint"])
def test_a_folder_without_schemas_is_an_error_and_not_well(project, command):
    (project.root / "pyproject.toml").write_text("")
    ran = project.run(command)
    assert ran.code == 2
    assert "no schema here yet" in ran.err
