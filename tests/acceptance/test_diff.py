import json
from pathlib import Path

import jsonschema

OUTPUT = Path(__file__).parents[2] / "docs" / "reference" / "output"


def test_a_model_against_its_frozen_version_shows_who_breaks_with_a_witness(frozen_project):
    frozen_project.change("total: float", "total: str")
    ran = frozen_project.run("diff", "invoice", "--format", "json")
    assert ran.code == 0
    verdict = ran.json
    jsonschema.validate(verdict, json.loads((OUTPUT / "diff.schema.json").read_text()))
    assert (verdict["backward"], verdict["forward"], verdict["bump"]) == ("no", "no", "major")
    [change] = verdict["changes"]
    assert change["pointer"] == "/properties/total"
    old = json.loads(frozen_project.frozen()["1.0.0.json"])
    assert jsonschema.Draft202012Validator(old).is_valid(verdict["witnesses"]["backward"])
    assert not jsonschema.Draft202012Validator(old).is_valid(verdict["witnesses"]["forward"])


def test_require_makes_the_verdict_the_exit_code(frozen_project):
    frozen_project.change("total: float", "total: str")
    assert frozen_project.run("diff", "invoice", "--require", "backward").code == 1
    assert frozen_project.run("diff", "invoice", "invoice", "--require", "full").code == 0


def test_an_added_optional_field_breaks_nobody_unless_content_is_open(project):
    old = project.write("old.json", {"type": "object", "properties": {"a": {"type": "string"}}})
    new = project.write(
        "new.json", {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "number"}}}
    )
    assert project.run("diff", old, new, "--require", "full").code == 0
    assert project.run("diff", old, new, "--require", "full", "--content", "open").code == 1


def test_a_file_that_holds_no_schema_is_named(project):
    ran = project.run("diff", project.write("a.json", "3"), project.write("b.json", "true"))
    assert ran.code == 2
    assert "a.json" in ran.err


def test_the_two_sides_are_named_as_they_were_asked_for(frozen_project):
    verdict = frozen_project.run("diff", "invoice", "--format", "json").json
    assert (verdict["old"], verdict["new"]) == ("invoice@1.0.0", "billing.models:Invoice")
