"""Readers that pin a version, and earlier versions than the latest: whom a new version breaks."""

import json
from pathlib import Path

import jsonschema
import pytest

OUTPUT = Path(__file__).parents[2] / "docs" / "reference" / "output"
NOTE = '    note: str | None = Field(default=None, description="Free text under the table.")\n'


def conforms(value, name):
    jsonschema.validate(value, json.loads((OUTPUT / f"{name}.schema.json").read_text()))
    return value


@pytest.fixture
def history(frozen_project):
    """Two versions, and a model that fits the later one only: the note left, and came back as a number."""
    frozen_project.change(NOTE, "")
    assert frozen_project.run("freeze", "--require", "full").code == 0
    with frozen_project.model.open("a") as file:
        file.write('    note: int | None = Field(default=None, description="How many notes there are.")\n')
    return frozen_project


def settings(project, text):
    with (project.root / "pyproject.toml").open("a") as file:
        file.write(f"\n[tool.pageschema.readers]\n{text}\n")


def test_what_the_latest_version_takes_an_earlier_one_may_refuse(history):
    before = history.frozen()
    [row] = conforms(history.run("freeze", "--dry-run", "--require", "full", "--format", "json").json, "freeze")
    assert (row["state"], row["version"], row["bump"]) == ("pending", "1.2.0", "minor")
    assert row["against"] == [{"version": "1.1.0", "backward": "yes", "forward": "yes"}]

    ran = history.run("freeze", "--require", "backward", "--transitive", "--format", "json")
    [row] = conforms(ran.json, "freeze")
    assert ran.code == 1
    assert (row["state"], row["bump"], row["backward"]) == ("refused", "minor", "yes")
    assert row["against"] == [
        {"version": "1.1.0", "backward": "yes", "forward": "yes"},
        {"version": "1.0.0", "backward": "no", "forward": "no"},
    ]
    assert "backward is no against 1.0.0: /properties/note: " in row["message"]
    assert '"note":""' in row["message"]
    assert history.frozen() == before

    remedy = row["remedy"]
    assert "pageschema diff invoice@1.0.0" in remedy
    assert "/properties/note" in history.run("diff", "invoice@1.0.0").out
    assert history.run(*remedy.rpartition("pageschema ")[2].split(), "--require", "full").code == 0


def test_judging_by_every_version_can_be_the_setting_and_tells_without_refusing(history):
    (history.root / "pyproject.toml").write_text(
        '[tool.pageschema]\ntransitive = true\nmodels.invoice = "billing.models:Invoice"\n'
    )
    ran = history.run("freeze", "--dry-run")
    assert ran.code == 0
    assert "invoice: against 2 versions: backward no for 1.0.0; forward no for 1.0.0\n" in ran.out
    [row] = history.run("freeze", "--dry-run", "--no-transitive", "--format", "json").json
    assert [each["version"] for each in row["against"]] == ["1.1.0"]


def test_of_several_versions_that_object_the_nearest_is_named_and_the_others_counted(history):
    history.change("total: float", "total: str")
    [row] = history.run("freeze", "--require", "full", "--transitive", "--format", "json").json
    told = "backward is no, forward is no (and 1 more of 2 versions): /properties/total: "
    assert row["message"].startswith(told)
    assert "pageschema freeze invoice" in row["remedy"]


def test_freeze_names_the_reader_that_a_new_version_breaks_and_shows_it(history):
    settings(history, 'invoice = {billing = "1.0.0", warehouse = "1.1.0"}')
    [row] = conforms(history.run("freeze", "--dry-run", "--format", "json").json, "freeze")
    billing, warehouse = row["readers"]
    assert (billing["name"], billing["version"], billing["verdict"], billing["already"]) == (
        "billing", "1.0.0", "no", False,
    )  # fmt: skip
    judge = jsonschema.Draft202012Validator(json.loads(history.frozen()["1.0.0.json"]))
    assert not judge.is_valid(billing["witness"])
    assert warehouse == {
        "name": "warehouse", "version": "1.1.0", "verdict": "yes", "witness": None, "already": False,
    }  # fmt: skip

    ran = history.run("freeze", "--dry-run")
    assert ran.code == 0
    assert "invoice: the reader billing (1.0.0) breaks\n  shown by  {" in ran.out
    assert "warehouse" not in ran.out


@pytest.mark.parametrize(("require", "code"), [("backward", 0), ("forward", 1), ("full", 1)])
def test_a_reader_that_breaks_is_an_old_reader_as_forward_means_it(history, require, code):
    settings(history, 'invoice = ["1.0.0"]')
    ran = history.run("freeze", "--dry-run", "--require", require)
    assert ran.code == code
    assert "a reader of 1.0.0 breaks" in ran.out
    assert ("invoice: breaks a reader of 1.0.0\n  undo the breaking change" in ran.out) == bool(code)


def test_a_reader_that_is_broken_already_is_told_and_stands_in_nobodys_way(history):
    settings(history, 'invoice = {billing = "1.0.0"}')
    assert history.run("freeze").code == 0
    ran = history.run("status")
    assert ran.code == 0
    assert "the reader billing (1.0.0) breaks already" in ran.out
    history.change("Amount due.", "Amount to pay.")
    ran = history.run("freeze", "--require", "full")
    assert ran.code == 0
    assert "the reader billing (1.0.0) breaks already" in ran.out


def test_status_tells_which_readers_a_drifted_model_would_break(history):
    settings(history, 'invoice = {billing = "1.0.0", warehouse = "1.1.0"}')
    ran = history.run("status", "--format", "json")
    [row] = conforms(ran.json, "status")
    assert ran.code == 1
    assert row["state"] == "drifted"
    assert [(each["name"], each["verdict"]) for each in row["readers"]] == [("billing", "no"), ("warehouse", "yes")]


def test_a_reader_that_may_break_is_not_taken_for_fine(frozen_project):
    coded = 'note: str | None = Field(default=None, json_schema_extra={"pattern": "%s"}, description="Code.")'
    frozen_project.change(NOTE.strip(), coded % r"^(a+)\\1$")
    assert frozen_project.run("freeze").code == 0
    frozen_project.change(r"^(a+)\\1$", "^(aa)+$")
    settings(frozen_project, 'invoice = {billing = "2.0.0"}')
    ran = frozen_project.run("freeze", "--require", "forward", "--format", "json")
    [row] = conforms(ran.json, "freeze")
    assert ran.code == 1
    assert (row["forward"], row["readers"][0]["verdict"], row["bump"]) == ("unknown", "unknown", "major")


def test_log_says_who_reads_with_which_version(history):
    settings(history, 'invoice = {billing = "1.0.0", archive = "1.0.0"}')
    first, second = conforms(history.run("log", "invoice", "--format", "json").json, "log")
    assert (first["readers"], second["readers"]) == (["billing", "archive"], [])
    assert "  read by billing, archive\n" in history.run("log", "invoice").out


@pytest.mark.parametrize(
    ("setting", "what", "remedy"),
    [
        ('invoise = {billing = "1.0.0"}', "'invoise', and no schema is called that", "did you mean invoice?"),
        ('invoice = {billing = "1.0.1"}', "a reader of invoice pins '1.0.1', which is not frozen", "mean 1.0.0?"),
        ('invoice = ["9"]', "a reader of invoice pins '9', which is not frozen", "frozen are 1.0.0"),
    ],
)
@pytest.mark.parametrize("command", ["status", "freeze"])
def test_a_reader_of_what_is_not_there_is_refused_at_its_line(frozen_project, command, setting, what, remedy):
    settings(frozen_project, setting)
    ran = frozen_project.run(command)
    assert ran.code == 2
    assert (
        f"pyproject.toml:5: {what}" in ran.err or f"pyproject.toml:5: [tool.pageschema.readers] names {what}" in ran.err
    )
    assert remedy in ran.err


def test_readers_may_be_configured_before_the_first_version(project):
    settings(project, 'invoice = {billing = "1.0.0"}')
    assert project.run("status").code == 1
    assert project.run("freeze").code == 0
    assert project.run("status").code == 0
