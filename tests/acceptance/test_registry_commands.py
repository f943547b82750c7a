import json
from pathlib import Path

import jsonschema

from pageschema import PageSchema, Registry

OUTPUT = Path(__file__).parents[2] / "docs" / "reference" / "output"


def conforms(value, name):
    jsonschema.validate(value, json.loads((OUTPUT / f"{name}.schema.json").read_text()))
    return value


def test_freeze_writes_the_first_version_once(project):
    [first] = conforms(project.run("freeze", "--format", "json").json, "freeze")
    assert (first["state"], first["version"]) == ("frozen", "1.0.0")
    before = project.frozen()
    [second] = project.run("freeze", "--format", "json").json
    assert second["state"] == "unchanged"
    assert project.frozen() == before


def test_a_drifted_model_fails_status_until_it_is_frozen(frozen_project):
    assert frozen_project.run("status").code == 0
    frozen_project.change("note: str", "remark: str")
    ran = frozen_project.run("status")
    assert ran.code == 1
    assert "pageschema freeze invoice" in ran.out
    assert frozen_project.run("freeze").code == 0
    assert frozen_project.run("status").code == 0


def test_the_version_number_follows_from_who_breaks(frozen_project):
    frozen_project.change("Free text under the table.", "Free text below the table.")
    assert frozen_project.run("freeze", "--format", "json").json[0]["version"] == "1.0.1"
    frozen_project.change(
        "    note:", '    po: str | None = Field(default=None, description="Order number.")\n    note:'
    )
    assert frozen_project.run("freeze", "--format", "json").json[0]["version"] == "1.1.0"
    frozen_project.change("total: float", "total: str")
    [row] = frozen_project.run("freeze", "--format", "json").json
    assert (row["version"], row["bump"], row["backward"]) == ("2.0.0", "major", "no")


def test_require_refuses_a_breaking_version_and_writes_nothing(frozen_project):
    before = frozen_project.frozen()
    frozen_project.change("total: float", "total: str")
    ran = frozen_project.run("freeze", "--require", "backward")
    assert ran.code == 1
    assert (
        "invoice: backward is no: /properties/total: field 'total' was number and is now string, shown by {" in ran.out
    )
    assert "undo the breaking change (pageschema diff invoice shows it)" in ran.out
    assert "freeze it all the same: pageschema freeze invoice\n" in ran.out
    assert frozen_project.frozen() == before


def test_where_the_settings_refuse_a_version_the_remedy_is_there(frozen_project):
    settings = frozen_project.root / "pyproject.toml"
    settings.write_text('[tool.pageschema]\nrequire = "forward"\n' + settings.read_text())
    frozen_project.change("total: float", "total: str")
    ran = frozen_project.run("freeze")
    assert ran.code == 1
    assert "forward is no: /properties/total" in ran.out
    assert "take require out of pyproject.toml" in ran.out


def test_a_version_whose_verdict_is_open_is_a_major_one_and_meets_no_requirement(frozen_project):
    note = 'default=None, description="Free text under the table."'
    frozen_project.change(note, f'{note}, json_schema_extra={{"pattern": r"^(a+)\\1$"}}')
    assert frozen_project.run("freeze", "--format", "json").json[0]["version"] == "2.0.0"
    frozen_project.change(r"^(a+)\1$", "^(aa)+$")
    [row] = frozen_project.run("freeze", "--require", "forward", "--format", "json").json
    assert (row["state"], row["forward"]) == ("refused", "unknown")
    assert row["message"].startswith("forward is unknown: ")
    assert "pattern" in row["message"]
    [row] = frozen_project.run("freeze", "--format", "json").json
    assert (row["version"], row["bump"]) == ("3.0.0", "major")


def test_a_text_that_means_the_same_still_gets_a_version_of_its_own(frozen_project):
    path = frozen_project.root / "reordered.py"
    text = frozen_project.model.read_text()
    fields = [line for line in text.splitlines() if line.startswith(("    number:", "    issued:"))]
    path.write_text(text.replace("\n".join(fields), "\n".join(reversed(fields))))
    settings = frozen_project.root / "pyproject.toml"
    settings.write_text(settings.read_text().replace("billing.models:Invoice", "reordered.py:Invoice"))
    [row] = conforms(frozen_project.run("freeze", "--require", "full", "--format", "json").json, "freeze")
    assert (row["version"], row["bump"], row["backward"], row["forward"]) == ("1.0.1", "none", "yes", "yes")


def test_a_dry_run_writes_nothing(frozen_project):
    before = frozen_project.frozen()
    frozen_project.change("total: float", "total: str")
    [row] = conforms(frozen_project.run("freeze", "--dry-run", "--format", "json").json, "freeze")
    assert (row["state"], row["version"]) == ("pending", "2.0.0")
    assert frozen_project.frozen() == before


def test_a_schema_that_lint_calls_wrong_is_not_frozen(project):
    project.change(
        "class Invoice(BaseModel):",
        "class Invoice(BaseModel):\n    model_config = {'json_schema_extra': {'required': ['nobody']}}",
    )
    ran = project.run("freeze")
    assert ran.code == 1
    assert "nobody" in ran.out
    assert project.frozen() == {}


def test_a_changed_byte_in_a_frozen_file_is_found_with_what_to_do(frozen_project):
    path = frozen_project.root / "schemas" / "invoice" / "1.0.0.json"
    path.write_text(path.read_text().replace("Amount due.", "Amount due!"))
    ran = frozen_project.run("status")
    assert ran.code == 1
    assert "changed since it was frozen" in ran.out
    assert "restore it from version control" in ran.out


def test_a_deleted_frozen_file_is_missed(frozen_project):
    (frozen_project.root / "schemas" / "invoice" / "1.0.0.json").unlink()
    ran = frozen_project.run("status")
    assert ran.code == 1
    assert "1.0.0.json" in ran.out


def test_status_tells_a_text_that_was_written_otherwise_from_a_change_of_meaning(project):
    text = project.run("generate", "invoice").out
    other = json.dumps(json.loads(text), sort_keys=True)
    Registry(project.root / "schemas").publish(PageSchema.parse(other), name="invoice", version="1.0.0")
    [row] = conforms(project.run("status", "--format", "json").json, "status")
    assert row["state"] == "drifted"
    assert row["message"] == "only the text differs from frozen 1.0.0, not what it means"


def test_status_and_log_print_one_json_document(frozen_project):
    [row] = conforms(frozen_project.run("status", "--format", "json").json, "status")
    assert (row["name"], row["version"], row["state"]) == ("invoice", "1.0.0", "current")
    frozen_project.change("total: float", "total: str")
    frozen_project.run("freeze")
    first, second = conforms(frozen_project.run("log", "invoice", "--format", "json").json, "log")
    assert (first["version"], first["backward"]) == ("1.0.0", None)
    assert (second["version"], second["backward"], second["forward"]) == ("2.0.0", "no", "no")


def test_log_of_an_unknown_name_suggests_the_known_one(frozen_project):
    ran = frozen_project.run("log", "invoise")
    assert ran.code == 2
    assert "did you mean invoice?" in ran.err


def test_log_of_one_version_says_that_log_shows_all(frozen_project):
    ran = frozen_project.run("log", "invoice@1.0.0")
    assert ran.code == 2
    assert "pageschema log invoice\n" in ran.err


def test_a_setting_nobody_knows_is_refused_at_its_line(project):
    (project.root / "pyproject.toml").write_text('[tool.pageschema]\nregisty = "schemas"\n')
    ran = project.run("status")
    assert ran.code == 2
    assert "pyproject.toml:2" in ran.err
    assert "did you mean registry?" in ran.err


def test_of_two_freezes_at_once_one_writes_and_both_are_content(project):
    import subprocess
    import sys

    racers = [
        subprocess.Popen(
            [sys.executable, "-m", "pageschema", "freeze"],
            cwd=project.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(3)
    ]
    told = [racer.communicate(timeout=60) for racer in racers]
    assert [racer.returncode for racer in racers] == [0, 0, 0], told
    assert sorted(project.frozen()) == ["1.0.0.json", "1.0.0.sha256"]
