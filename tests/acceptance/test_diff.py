import json
import shutil
import subprocess
from pathlib import Path

import jsonschema
import pytest

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


def test_files_are_named_as_they_were_given(project):
    old, new = project.write("old.json", {"type": "object"}), project.write("new.json", {"properties": {"a": True}})
    verdict = project.run("diff", old, new, "--format", "json").json
    assert (verdict["old"], verdict["new"]) == ("old.json", "new.json")


def test_one_version_alone_is_compared_with_the_model(frozen_project):
    frozen_project.change("total: float", "total: int")
    assert frozen_project.run("freeze").code == 0
    verdict = frozen_project.run("diff", "invoice@1.0.0", "--format", "json").json
    assert (verdict["old"], verdict["new"]) == ("invoice@1.0.0", "billing.models:Invoice")
    assert (verdict["backward"], verdict["forward"]) == ("no", "yes")


@pytest.mark.parametrize(
    ("target", "what", "remedy"),
    [
        ("billing/models.py", "is one side of a comparison only", "pageschema diff OLD billing/models.py"),
        ("billing.models:Invoice", "is one side of a comparison only", "pageschema diff OLD billing.models:Invoice"),
        ("-", "is one side of a comparison only", "pageschema diff OLD -"),
        ("invoise", "no schema is called 'invoise'", "did you mean invoice?"),
        ("invoice@1.0.1", "invoice has no version '1.0.1'", "did you mean 1.0.0?"),
    ],
)
def test_what_cannot_stand_alone_is_told_what_is_missing(frozen_project, target, what, remedy):
    ran = frozen_project.run("diff", target)
    assert (ran.code, ran.out) == (2, "")
    assert what in ran.err
    assert remedy in ran.err


def test_a_version_without_a_model_asks_for_the_other_side(frozen_project):
    (frozen_project.root / "pyproject.toml").write_text("[tool.pageschema]\n")
    ran = frozen_project.run("diff", "invoice@1.0.0")
    assert ran.code == 2
    assert "pageschema diff invoice@1.0.0 invoice" in ran.err
    assert frozen_project.run("diff", "invoice@1.0.0", "invoice", "--require", "full").code == 0


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_file_of_another_revision_is_a_target_like_any_other(frozen_project):
    schema = json.loads(frozen_project.frozen()["1.0.0.json"])
    who = ["-c", "user.name=A user", "-c", "user.email=user@example.com"]
    for arguments in (
        ["init", "--quiet", "--initial-branch", "main"],
        ["add", "schemas"],
        ["commit", "--message", "x"],
    ):
        subprocess.run(["git", *who, *arguments], check=True, cwd=frozen_project.root, capture_output=True)
    target = "main:schemas/invoice/1.0.0.json"
    del schema["required"]
    verdict = frozen_project.run("diff", target, frozen_project.write("a.json", schema), "--format", "json").json
    assert (verdict["old"], verdict["new"], verdict["forward"]) == (target, "a.json", "no")
    assert frozen_project.run("lint", target).code == 0
    assert json.loads(frozen_project.run("generate", target).out)["required"]
    ran = frozen_project.run("check", frozen_project.write("r.json", {"number": "1"}), "--schema", target)
    assert (ran.code, "the extraction lacks" in ran.out) == (1, True)
