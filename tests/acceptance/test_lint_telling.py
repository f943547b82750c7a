"""What lint tells and what it keeps to itself: notes, selections, settings, baselines, statistics."""

import json
import os
from pathlib import Path

import jsonschema
import pytest

from pageschema.cli import main

OUTPUT = Path(__file__).parents[2] / "docs" / "reference" / "output"
FIELDS = {
    "data": {"type": "string", "description": "Reference of the buyer"},  # a note: a vague name
    "total": {"type": "number"},  # a warning: no description
    "tax": {"type": "nmber", "description": "Tax due"},  # an error: no such type
}


@pytest.fixture
def schema(project):
    return project.write("s.json", {"type": "object", "properties": FIELDS})


def codes(project, *arguments):
    return sorted(each["code"] for each in project.run("lint", "--format", "json", *arguments).json)


def settings(project, text):
    file = project.root / "pyproject.toml"
    file.write_text(f"{file.read_text()}\n{text}\n")


def test_notes_are_quiet_unless_asked_for(project, schema):
    assert codes(project, schema) == ["PS202", "PS604"]
    assert "1 error, 1 warning in" in project.run("lint", schema).out
    assert codes(project, schema, "--notes") == ["PS202", "PS604", "PS607"]
    assert codes(project, schema, "--select", "vague-name") == ["PS607"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--select", "PS604"], ["PS604"]),
        (["--select", "PS6"], ["PS604", "PS607"]),
        (["--select", "ps604,invalid-type-name"], ["PS202", "PS604"]),
        (["--select", "PS604", "--select", "PS202"], ["PS202", "PS604"]),
        (["--select", "default,PS607"], ["PS202", "PS604", "PS607"]),
        (["--ignore", "PS2"], ["PS604"]),
        (["--select", "PS", "--ignore", "PS6"], ["PS202"]),
    ],
)
def test_rules_are_named_by_code_by_its_beginning_or_by_name(project, schema, arguments, expected):
    assert codes(project, schema, *arguments) == expected


def test_what_is_not_told_does_not_fail(project, schema):
    assert project.run("lint", schema, "--ignore", "PS202").code == 0


def test_a_rule_that_there_is_not_is_refused_with_a_suggestion(project, schema):
    for option in ("--select", "--ignore"):
        ran = project.run("lint", schema, option, "mising-description")
        assert (ran.code, ran.out) == (2, "")
        assert "did you mean missing-description?" in ran.err


def test_settings_are_heeded_and_the_command_line_comes_first(project, schema):
    settings(project, '[tool.pageschema.lint]\nselect = ["default", "PS607"]\nignore = ["PS604"]')
    assert codes(project, schema) == ["PS202", "PS607"]
    assert codes(project, schema, "--select", "PS604") == ["PS604"]
    assert codes(project, schema, "--ignore", "PS202") == ["PS607"]


@pytest.mark.parametrize("pattern", ["old/*.json", "old/*"])
def test_a_target_may_have_settings_of_its_own(project, schema, pattern):
    (project.root / "old").mkdir()
    old = project.write("old/s.json", (project.root / schema).read_text())
    settings(project, f'[tool.pageschema.lint.per-target."{pattern}"]\nignore = ["PS604"]')
    assert codes(project, old) == ["PS202"]
    assert codes(project, schema) == ["PS202", "PS604"]
    text = (project.root / schema).read_text()
    ran = project.run("lint", "-", "--stdin-filename", "old/new.json", "--format", "json", stdin=text)
    assert [(each["code"], each["file"]) for each in ran.json] == [("PS202", "old/new.json")]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('[tool.pageschema.lint]\nslect = ["PS604"]', 5, "did you mean select?"),
        ('[tool.pageschema.lint]\nselect = ["PS6O4"]', 5, "did you mean PS604?"),
        ('[tool.pageschema.lint]\nselect = "PS604"', 5, "write an array"),
        ("[tool.pageschema.lint]\nselect = [604]", 5, "write codes in quotes"),
        ('[tool.pageschema.lint.per-target."a*"]\nignroe = ["PS604"]', 5, "did you mean ignore?"),
    ],
)
def test_settings_that_mean_nothing_are_refused_at_their_line(project, schema, text, line, said):
    settings(project, text)
    ran = project.run("lint", schema)
    assert ran.code == 2
    assert f"pyproject.toml:{line}: " in ran.err
    assert said in ran.err


def test_a_baseline_keeps_quiet_about_what_was_there_and_tells_what_is_new(project, schema):
    baseline = ["--baseline", "lint-baseline.json"]
    ran = project.run("lint", schema, *baseline)
    assert ran.code == 2
    assert "--update-baseline" in ran.err
    assert project.run("lint", schema, *baseline, "--update-baseline").code == 0
    moved = {"title": "Moved by a line", "type": "object", "properties": {**FIELDS, "new": {"type": "string"}}}
    project.write(schema, json.dumps(moved, indent=4))
    [new] = project.run("lint", schema, *baseline, "--format", "json").json
    assert (new["code"], new["pointer"]) == ("PS604", "/properties/new")


def test_a_pruned_baseline_accepts_no_longer_what_is_gone_and_nothing_new(project, schema):
    baseline = ["--baseline", "lint-baseline.json"]
    project.run("lint", schema, *baseline, "--update-baseline")
    fields = {**FIELDS, "total": {"type": "number", "description": "Amount due"}, "new": {"type": "string"}}
    project.write(schema, {"type": "object", "properties": fields})
    assert "1 accepted by lint-baseline.json and gone" in project.run("lint", schema, *baseline).err
    assert "no description" in project.run("lint", schema, *baseline, "--prune-baseline").out
    rows = json.loads((project.root / "lint-baseline.json").read_text())["accepted"]
    assert rows == [{"code": "PS202", "at": "s.json#/properties/tax/type", "count": 1}]


@pytest.mark.parametrize("text", ["", "[]", '{"accepted": [{"code": "PS604"}]}', '{"accepted": [{"code": 1}]}'])
def test_a_file_that_is_no_baseline_is_refused(project, schema, text):
    project.write("b.json", text)
    ran = project.run("lint", schema, "--baseline", "b.json")
    assert ran.code == 2
    assert "b.json" in ran.err


def test_statistics_count_the_findings_of_each_rule(project, schema):
    ran = project.run("lint", schema, "--statistics", "--notes")
    assert [row.split() for row in ran.out.splitlines()] == [
        ["1", "PS202", "error", "invalid-type-name"],
        ["1", "PS604", "warning", "missing-description"],
        ["1", "PS607", "note", "vague-name"],
    ]
    assert ran.code == 1
    counts = project.run("lint", schema, "--statistics", "--format", "json").json
    jsonschema.validate(counts, json.loads((OUTPUT / "lint-statistics.schema.json").read_text()))
    assert {row["code"]: row["count"] for row in counts} == {"PS202": 1, "PS604": 1}


def test_a_line_a_finding_is_what_concise_gives(project, schema):
    out = project.run("lint", schema, "--format", "concise").out.splitlines()
    assert len(out) == 2
    assert all(row.startswith("s.json:1:") for row in out)


def test_a_mark_stands_below_the_column(project, schema):
    lines = project.run("lint", schema, "--select", "PS604").out.splitlines()
    assert lines[1][lines[2].index("^")] == '"'
    assert lines[1][lines[2].index("^") :].startswith('"total"')


def test_markdown_is_a_table_in_which_nothing_is_markup(project):
    field = {"type": "a|b @all <img> [x](y) `c`", "description": "Tax due"}
    name = project.write("s.json", {"type": "object", "properties": {"tax": field}})
    rows = [row for row in project.run("lint", name, "--format", "markdown").out.splitlines() if row.startswith("|")]
    assert len(rows) == 3
    assert all(row.count("|") == 5 for row in rows)
    assert not {"@", "<", "`"} & set(rows[2].replace("\\`", ""))
    assert "](y)" not in rows[2]


def test_a_model_file_that_leaves_the_process_does_not_pass(project):
    project.model.write_text(f"import os\nos._exit(0)\n{project.model.read_text()}")
    ran = project.run("lint")
    assert ran.code == 2
    assert "billing/models.py:2: importing it failed" in ran.err


@pytest.mark.parametrize("folder", [".", "services", "services/billing"])
@pytest.mark.parametrize("form", ["github", "gitlab", "sarif", "junit", "markdown"])
def test_servers_are_told_of_files_from_the_top_of_the_repository(project, monkeypatch, capsysbinary, folder, form):
    (project.root / ".git").mkdir()
    inner = project.root / "services" / "billing"
    inner.mkdir(parents=True)
    (inner / "pyproject.toml").write_text("")
    (inner / "invoice.json").write_text('{"type": "object"}')
    monkeypatch.chdir(project.root / folder)
    assert main(["lint", os.path.relpath(inner / "invoice.json"), "--format", form]) == 1
    said = capsysbinary.readouterr().out.decode().replace("\\", "")
    assert "services/billing/invoice.json" in said
    assert "../" not in said
