"""The recipes for GitHub and GitLab: what they show is what there is, and each command in them is run."""

import json
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import yaml

RECIPES = Path(__file__).parents[2] / "docs" / "how-to" / "recipes"
PAGE = RECIPES.parent / "ci.md"
GITHUB = ("github.yml", "github-scheduled.yml")
EVERY = (*GITHUB, "gitlab.yml")
ACTIONS = {
    "actions/checkout@v6",
    "actions/setup-python@v6",
    "actions/upload-artifact@v7",
    "github/codeql-action/upload-sarif@v4",
}
"""Those known to exist, and to run on a Node that GitHub still has."""


def recipe(name):
    return yaml.safe_load((RECIPES / name).read_text("utf-8"))


def steps(name):
    [job] = recipe(name)["jobs"].values()
    return job["steps"]


def commands(value):
    """Yield the shell commands of a recipe: each `run` and `script`, at any depth."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from [below] if key == "run" else below if key == "script" else commands(below)
    elif isinstance(value, list):
        for below in value:
            yield from commands(below)


def is_ours(command):
    return command.startswith(("pageschema ", "pytest "))


@pytest.fixture
def reader(reader_after_tutorial):
    """A reader whose project is a git repository on a branch of its main branch."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    with (reader_after_tutorial.folder / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("\n[tool.pageschema.fuzz]\nmax_requests = 40\n")
    reader_after_tutorial.run("git init -q && git config user.name Reader && git config user.email r@example.com")
    reader_after_tutorial.run(
        "git add . && git commit -q -m Begin && git update-ref refs/remotes/origin/main HEAD && git switch -q -c work"
    )
    reader_after_tutorial.environment |= {
        "GITHUB_BASE_REF": "main",
        "GITHUB_STEP_SUMMARY": str(reader_after_tutorial.folder / "step_summary"),
        "CI": "true",
    }
    return reader_after_tutorial


def test_the_page_shows_the_recipes_as_they_are(blocks_of):
    shown = [block.text for block in blocks_of(PAGE) if block.language == "yaml"]
    for name in EVERY:
        assert (RECIPES / name).read_text("utf-8") in shown, f"{name} is not in ci.md to the letter"


def test_every_command_of_the_recipes_passes_where_nothing_is_wrong(reader):
    printed = reader.run("git rev-parse HEAD")
    reader.environment["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = printed.strip()
    run = list(dict.fromkeys(each for name in EVERY for each in commands(recipe(name)) if "--base-url" not in each))
    assert len([each for each in run if is_ours(each)]) == 8
    for command in run:
        if command.startswith("pip install"):
            continue
        # The contract run of the recipe for the schedule has a test of its own.
        if "contract.md" in command:
            continue
        printed = reader.run(command)
        assert reader.code == 0, f"{command}\n{printed}"
    assert json.loads((reader.folder / "lint.sarif").read_text())["runs"][0]["results"] == []
    assert json.loads((reader.folder / "gl-code-quality-report.json").read_text()) == []
    assert ET.parse(reader.folder / "pytest.xml").getroot().find("testsuite").get("failures") == "0"
    assert (reader.folder / "step_summary").read_text("utf-8").startswith("**pageschema verify:** all is well\n")
    assert "<html" in (reader.folder / "report.html").read_text("utf-8")


def test_the_status_of_a_push_needs_no_merge_request(reader):
    [command] = [each for each in commands(recipe("gitlab.yml")) if "--against" in each]
    printed = reader.run(command)
    assert reader.code == 0, printed


def test_every_command_that_finds_something_fails_and_leaves_its_report(reader):
    model = reader.folder / "invoice.py"
    text, begin = model.read_text("utf-8"), "class Invoice(BaseModel):\n"
    assert begin in text
    wrong = '    model_config = {"json_schema_extra": {"required": ["sum"]}}\n'
    model.write_text(text.replace(begin, begin + wrong), "utf-8")
    found = {
        each
        for name in EVERY
        for each in commands(recipe(name))
        if each.startswith(("pageschema lint", "pageschema v"))
    }
    for command in sorted(found):
        printed = reader.run(command)
        assert reader.code == 1, f"{command}\n{printed}"
        if command.endswith("--format github"):
            assert printed.startswith("::error file=invoice.py,")
    assert json.loads((reader.folder / "lint.sarif").read_text())["runs"][0]["results"]
    quality = json.loads((reader.folder / "gl-code-quality-report.json").read_text())
    assert {entry["location"]["path"] for entry in quality} == {"invoice.py"}
    assert "| ❌ | lint | " in (reader.folder / "summary.md").read_text("utf-8")
    assert (reader.folder / "report.html").is_file()


@pytest.mark.parametrize("name", ["github-scheduled.yml", "gitlab.yml"])
def test_the_scheduled_run_spends_nothing_and_leaves_what_it_sent(name, reader):
    [command] = [each for each in commands(recipe(name)) if "--base-url" in each]
    reader._serve("pageschema emulator --port 8000 --fault accepts-both-schemas")
    reader.environment["DATALAB_API_KEY"] = "emulator-key-not-a-secret"
    reader.environment["STAGING_URL"] = reader.url
    printed = reader.run(command)
    assert reader.code == 1, printed
    assert "schema-exclusive" in printed
    sent = [json.loads(line) for line in (reader.folder / "contract.ndjson").read_text("utf-8").splitlines()]
    assert sent
    assert "schema-exclusive" in (reader.folder / "contract.html").read_text("utf-8")
    assert list((reader.folder / ".pageschema" / "failures").iterdir())
    if name in GITHUB:
        assert "**broken\\-accepted" in (reader.folder / "contract.md").read_text("utf-8")
    else:
        assert ET.parse(reader.folder / "contract.xml").getroot().get("failures") == "1"


@pytest.mark.parametrize("name", GITHUB)
def test_a_workflow_goes_on_after_a_failure_and_stops_when_it_is_cancelled(name):
    every = steps(name)
    assert {step["uses"] for step in every if "uses" in step} <= ACTIONS
    first = next(number for number, step in enumerate(every) if is_ours(step.get("run", "")))
    assert all("if" not in step for step in every[: first + 1])
    assert all(step["if"].startswith("${{ !cancelled()") for step in every[first + 1 :])


def test_a_pull_request_from_a_fork_uploads_no_findings():
    [upload] = [step for step in steps("github.yml") if "upload-sarif" in step.get("uses", "")]
    assert "github.event.pull_request.head.repo.full_name == github.repository" in upload["if"]
    text = (RECIPES / "github.yml").read_text("utf-8")
    assert "secrets." not in text
    assert "pull_request_target" not in text


def test_gitlab_is_given_its_reports_whatever_the_job_ends_with():
    jobs = {name: job for name, job in recipe("gitlab.yml").items() if not name.startswith(".")}
    reports = {}
    for job in jobs.values():
        assert job["extends"] == ".pageschema"
        if artifacts := job.get("artifacts"):
            assert artifacts["when"] == "always"
            for kind, file in artifacts.get("reports", {}).items():
                reports.setdefault(kind, []).append(file)
                assert any(file in command for command in job["script"])
            for file in artifacts.get("paths", ()):
                assert file.startswith(".pageschema/") or any(file in command for command in job["script"])
    assert reports == {"codequality": ["gl-code-quality-report.json"], "junit": ["pytest.xml", "contract.xml"]}
