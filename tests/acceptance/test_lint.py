import json
from pathlib import Path

import jsonschema
import pytest

OUTPUT = Path(__file__).parents[2] / "docs" / "reference" / "output"
BARE = '{"invoice_number": {"type": "string", "description": "Number."}}'


def test_a_good_model_gives_no_finding(project):
    ran = project.run("lint")
    assert ran.code == 0


def test_a_finding_from_a_model_names_model_field_file_and_line(project):
    project.change(
        'note: str | None = Field(default=None, description="Free text under the table.")', "note: str | None = None"
    )
    [finding] = project.run("lint", "--format", "json").json
    line = project.model.read_text().splitlines().index("    note: str | None = None") + 1
    assert (finding["model"], finding["field"], finding["line"]) == ("Invoice", "note", line)
    assert finding["file"] == "billing/models.py"


def test_a_bare_property_map_fails_and_fix_wraps_it(project):
    name = project.write("bare.json", BARE)
    assert project.run("lint", name).code == 1
    assert project.run("lint", "--fix", name).code == 0
    mended = json.loads((project.root / name).read_text())
    assert mended["properties"]["invoice_number"]["type"] == "string"
    before = (project.root / name).read_text()
    project.run("lint", "--fix", name)
    assert (project.root / name).read_text() == before


def test_standard_input_is_a_target(project):
    ran = project.run("lint", "-", "--format", "json", stdin=BARE)
    assert ran.code == 1
    assert len(ran.json) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{",
        '{"a": NaN}',
        "[" * 5000,
        '{"properties": {"a": {"$ref": "https://example.com/x"}}}',
        '"\\ud800"',
    ],
)
def test_no_text_is_too_wrong_to_be_told_what_is_wrong(project, text):
    ran = project.run("lint", project.write("wrong.json", text), "--format", "json")
    assert ran.code in {1, 2}
    if ran.code == 1:
        jsonschema.validate(ran.json, json.loads((OUTPUT / "lint.schema.json").read_text()))
        assert ran.json[0]["remedy"]
    else:
        assert "wrong.json" in ran.err


def test_warnings_fail_only_when_asked_to(project):
    project.change('Field(default=None, description="Free text under the table.")', "None")
    assert project.run("lint").code == 0
    assert project.run("lint", "--strict").code == 1


@pytest.mark.parametrize("form", ["github", "gitlab", "sarif", "junit"])
def test_machine_formats_name_the_file(project, form):
    project.write("bare.json", BARE)
    assert "bare.json" in project.run("lint", "bare.json", "--format", form).out


def test_linting_json_imports_no_model(project):
    project.model.write_text("raise SystemExit('never imported')\n")
    good = '{"type": "object", "properties": {"total": {"type": "number", "description": "Amount due."}}}'
    assert project.run("lint", project.write("good.json", good)).code == 0
