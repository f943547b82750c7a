"""Lint of several targets: what one of them cannot give, what several share, and what the project has accepted."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import jsonschema
import pytest

from pageschema.cli import main
from pageschema.project import verification
from pageschema.project.project import Project
from pageschema.project.telling import Telling

OUTPUT = Path(__file__).parents[2] / "docs" / "reference" / "output"
BARE = {"type": "object", "properties": {"total": {"type": "number"}}}
MODELS = '''\
from collections.abc import Callable

from pydantic import BaseModel, Field


class Line(BaseModel):
    """A line."""

    text: str = Field(description="As it stands")
    price: float


class Invoice(BaseModel):
    """An invoice."""

    lines: list[Line] = Field(description="What is billed")


class Broken(BaseModel):
    """A model without a page schema."""

    rounding: Callable[[float], float]


class Receipt(BaseModel):
    """A receipt."""

    lines: list[Line] = Field(description="What was bought")
'''
CUT = MODELS[MODELS.index("class Broken") : MODELS.index("class Receipt")]
FINE = MODELS.replace(CUT, "")


@pytest.fixture
def run(project, monkeypatch, capfd):
    """The command line in this process, in the user's project."""
    monkeypatch.chdir(project.root)
    kept = [*sys.path], {*sys.modules}

    def ran(*arguments):
        code = main(arguments)
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return SimpleNamespace(
            code=code, out=out, err=err, told=told(out) if {"lint", "json"} <= {*arguments} else None
        )

    yield ran
    sys.path[:] = kept[0]
    for name in {*sys.modules} - kept[1]:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(project.root)):
            del sys.modules[name]


def told(out):
    found = json.loads(out) if out else []
    return [(each["code"], each["model"] or each["file"], each["field"] or each["pointer"]) for each in found]


def settings(project, text):
    file = project.root / "pyproject.toml"
    file.write_text(f"{file.read_text()}\n{text}\n")


def test_a_model_without_a_schema_keeps_no_other_from_being_looked_at(project, run):
    project.write("m.py", MODELS)
    ran = run("lint", "m.py", "--format", "json")
    assert ran.code == 2
    jsonschema.validate(json.loads(ran.out), json.loads((OUTPUT / "lint.schema.json").read_text()))
    assert ran.told == [("PS604", "Line", "price"), ("PS703", "Broken", "rounding")]
    assert "m.py:22: field 'rounding'" in ran.err


def test_who_reads_the_answer_is_told_of_a_model_without_a_schema_once(project, run):
    project.write("m.py", MODELS)
    ran = run("lint", "m.py")
    assert (ran.code, ran.out.count("field 'rounding'"), ran.err) == (2, 1, "")
    ran = run("lint", "m.py", "--ignore", "PS703")
    assert (ran.code, ran.out.count("field 'rounding'"), ran.err.count("field 'rounding'")) == (2, 0, 1)


def test_a_file_that_cannot_be_read_keeps_no_other_from_being_looked_at(project, run):
    project.write("good.json", BARE)
    (project.root / "latin.json").write_bytes(b'{"a": "\xe9"}')
    (project.root / "bad.py").write_text("raise ValueError('no')\n")
    ran = run("lint", "latin.json", "absent.json", "bad.py", "good.json", "invoise", "--format", "json")
    assert (ran.code, ran.told) == (2, [("PS604", "good.json", "/properties/total")])
    errors = ("latin.json: byte 7", "absent.json: cannot be read", "bad.py:1: importing", "did you mean invoice?")
    assert all(each in ran.err for each in errors)


def test_a_project_is_looked_at_in_spite_of_one_model_that_cannot_be_loaded(project, run):
    project.write("m.py", FINE)
    settings(project, 'receipt = "m:Receipt"\nother = "absent:Model"')
    ran = run("lint", "--format", "json")
    assert (ran.code, ran.told) == (2, [("PS604", "Line", "price")])
    assert "there is no module absent" in ran.err


def test_status_tells_of_every_schema_also_where_a_model_gives_none(project, run):
    project.write("m.py", MODELS)
    settings(project, 'broken = "m:Broken"\nother = "absent:Model"')
    ran = run("status", "--format", "json")
    rows = json.loads(ran.out)
    jsonschema.validate(rows, json.loads((OUTPUT / "status.schema.json").read_text()))
    assert ran.code == 2
    assert [(row["name"], row["state"], row["file"]) for row in rows] == [
        ("broken", "no schema", "m.py"),
        ("invoice", "unfrozen", "billing/models.py"),
        ("other", "no schema", "'absent:Model'"),
    ]


def test_what_two_roots_share_is_told_once(project, run):
    project.write("m.py", FINE)
    assert run("lint", "m.py", "m.py:Receipt", "--format", "json").told == [("PS604", "Line", "price")]
    project.write("s.json", BARE)
    assert len(run("lint", "s.json", "s.json", "--format", "json").told) == 1


def test_an_ignore_that_one_of_two_roots_needs_is_not_unused(project, run):
    """A field stands too deep in the one root and not in the other."""
    level = (
        'class L{0}(BaseModel):\n    """A level."""\n\n    inner: L{1} = Field(description="What lies in {0}"){2}\n\n\n'
    )
    levels = [level.format(n, n - 1, "  # pageschema: ignore[PS410] a tree" if n == 2 else "") for n in range(1, 8)]
    leaf = 'class L0(BaseModel):\n    """A leaf."""\n\n    text: str = Field(description="As it stands")\n\n\n'
    other = 'class Other(BaseModel):\n    """Another."""\n\n    inner: L2 = Field(description="What lies within")\n'
    project.write("m.py", f"from pydantic import BaseModel, Field\n\n\n{leaf}{''.join(levels)}{other}")
    assert run("lint", "m.py", "--format", "json").told == []
    assert [code for code, _, _ in run("lint", "m.py:Other", "--format", "json").told] == ["PS900"]


def test_a_baseline_of_the_settings_that_is_not_there_is_an_error(project, run):
    settings(project, '[tool.pageschema.lint]\nbaseline = "lint-baseline.json"')
    ran = run("lint")
    assert (ran.code, ran.out) == (2, "")
    assert "--update-baseline" in ran.err


@pytest.mark.parametrize("said", ['ignore = ["PS202"]', 'baseline = "b.json"', 'select = ["PS604"]', "per-target"])
def test_freeze_verify_and_lint_hear_the_same_settings(project, run, said):
    extra = 'note: str | None = Field(default=None, json_schema_extra={"type": "text"}, description="Free text.")'
    project.change('note: str | None = Field(default=None, description="Free text under the table.")', extra)
    assert run("lint").code == 1
    assert run("freeze", "--dry-run").code == 1
    if said == "per-target":
        said = '[tool.pageschema.lint.per-target.invoice]\nignore = ["PS202"]'
    settings(project, said if said.startswith("[") else f"[tool.pageschema.lint]\n{said}")
    if "baseline" in said:
        assert run("lint", "--update-baseline").code == 0
    assert run("lint").code == 0
    assert run("freeze", "--dry-run").code == 0


def test_a_run_over_one_target_says_nothing_of_what_is_accepted_in_others(project, run):
    for name in ("a.json", "b.json"):
        project.write(name, BARE)
    project.write("m.py", FINE)
    baseline = ("--baseline", "base.json")
    run("lint", "a.json", "b.json", "m.py", *baseline, "--update-baseline")
    before = (project.root / "base.json").read_text()
    assert "gone" not in run("lint", "a.json", *baseline).err
    for keeping in ("--prune-baseline", "--update-baseline"):
        run("lint", "a.json", *baseline, keeping)
        run("lint", "m.py:Invoice", *baseline, keeping)
        run("lint", "a.json", "b.json", "m.py", "--select", "PS2", *baseline, keeping)
        assert (project.root / "base.json").read_text() == before
    project.write("b.json", {"type": "object", "properties": {"total": {"type": "number", "description": "Due"}}})
    assert "1 accepted by base.json and gone" in run("lint", "a.json", "b.json", *baseline).err
    run("lint", "b.json", *baseline, "--prune-baseline")
    rows = json.loads((project.root / "base.json").read_text())["accepted"]
    assert [row["at"] for row in rows] == ["a.json#/properties/total", "m.py:Line.price"]


def test_what_is_accepted_in_a_file_that_is_gone_is_gone(project, run):
    for name in ("a.json", "b.json"):
        project.write(name, BARE)
    run("lint", "a.json", "b.json", "--baseline", "base.json", "--update-baseline")
    (project.root / "b.json").unlink()
    run("lint", "a.json", "--baseline", "base.json", "--prune-baseline")
    rows = json.loads((project.root / "base.json").read_text())["accepted"]
    assert [row["at"] for row in rows] == ["a.json#/properties/total"]


def test_a_note_that_is_accepted_is_not_gone_where_notes_are_not_told(project, run):
    project.write("s.json", {"type": "object", "properties": {"data": {"type": "string", "description": "The buyer"}}})
    baseline = ("--baseline", "base.json")
    run("lint", "s.json", "--notes", *baseline, "--update-baseline")
    before = (project.root / "base.json").read_text()
    assert "PS607" in before
    assert "gone" not in run("lint", "s.json", *baseline, "--prune-baseline").err
    assert (project.root / "base.json").read_text() == before


def test_no_file_that_is_no_baseline_is_written_over(project, run):
    name = project.write("s.json", BARE)
    ran = run("lint", name, "--baseline", name, "--update-baseline")
    assert ran.code == 2
    assert json.loads((project.root / name).read_text()) == BARE


ODD = {
    "type": "object",
    "properties": {
        "total": {"type": "number", "descripton": "The amount due"},
        "tax": {"type": "number", "descripton": "Tax due", "nullable": True},
    },
}


@pytest.mark.parametrize(
    ("options", "changed"),
    [
        ([], {"descripton": "description", '"type": "number", ': None}),
        (["--select", "PS210"], {"descripton": "description"}),
        (["--ignore", "PS209"], {"descripton": "description"}),
        (["--ignore", "PS2"], {}),
        (["--select", "PS604"], {}),
    ],
)
def test_only_what_is_told_is_mended(project, run, options, changed):
    name = project.write("odd.json", ODD)
    before = (project.root / name).read_text()
    previewed = run("lint", name, "--diff", *options)
    assert (project.root / name).read_text() == before
    run("lint", name, "--fix", *options)
    after = (project.root / name).read_text()
    assert (previewed.code == 1) == (after != before) == bool(changed)
    assert ("descripton" in after) != ("descripton" in changed)
    assert ("nullable" in after) == (len(changed) < 2)


def test_what_is_accepted_is_not_mended_and_what_is_new_is(project, run):
    name = project.write("odd.json", ODD)
    run("lint", name, "--baseline", "b.json", "--update-baseline")
    new = {"type": "object", "properties": {**ODD["properties"], "net": {"type": "number", "descripton": "Net"}}}
    project.write(name, new)
    assert "+" in run("lint", name, "--diff", "--baseline", "b.json").out
    run("lint", name, "--fix", "--baseline", "b.json")
    new["properties"]["net"] = {"type": "number", "description": "Net"}
    assert json.loads((project.root / name).read_text()) == new


def test_a_file_that_cannot_be_written_keeps_no_other_from_being_mended(project, run, monkeypatch):
    for name in ("a.json", "b.json"):
        project.write(name, ODD)
    replace = Path.replace

    def refuse(self, target):
        if Path(target).name == "a.json":
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    ran = run("lint", "--fix", "a.json", "b.json")
    assert ran.code == 2
    assert "a.json: cannot be written: Permission denied" in ran.err
    assert "mended b.json" in ran.err
    assert json.loads((project.root / "a.json").read_text()) == ODD
    assert sorted(path.name for path in project.root.iterdir() if path.suffix == ".tmp") == []


@pytest.mark.parametrize(
    "wrong",
    [
        ["--stdin-filename", "s.json"],
        ["-", "--fix"],
        ["--diff", "--statistics"],
        ["--diff", "--baseline", "b.json", "--update-baseline"],
        ["--update-baseline"],
        ["--baseline", "b.json", "--update-baseline", "--prune-baseline"],
    ],
)
def test_options_that_say_nothing_together_are_refused(project, run, wrong):
    ran = run("lint", project.write("odd.json", ODD), *wrong)
    assert (ran.code, ran.out) == (2, "")
    assert not (project.root / "b.json").exists()


@pytest.mark.parametrize(("shell", "code"), [("> /dev/full", 2), (">&-", 2), ("| true", 141)])
def test_an_answer_that_cannot_be_written_is_an_error_and_a_closed_pipe_is_none(project, shell, code):
    name = project.write("s.json", BARE)
    line = f'"$0" -m pageschema lint {name} {shell}; echo "${{PIPESTATUS[0]}}" >&2'
    done = subprocess.run(
        ["bash", "-c", line, sys.executable], cwd=project.root, capture_output=True, text=True, check=False
    )
    *said, last = done.stderr.splitlines()
    assert last == str(code)
    assert bool(said) == (code == 2)
    assert not said or said[0].startswith("pageschema: error: standard output")


def test_explain_says_for_which_apis_a_rule_is_on(run):
    ran = run("explain", "open-object")
    assert "error: openai, anthropic; off: datalab," in ran.out
    [unit] = json.loads(run("explain", "PS405", "--format", "json").out)
    jsonschema.validate([unit], json.loads((OUTPUT / "explain.schema.json").read_text()))
    assert (unit["profiles"]["datalab"], unit["profiles"]["datalab-open"]) == ("warning", "error")
    assert "\nprofiles" not in run("explain", "unused-ignore").out


def test_a_file_that_is_read_only_stays_as_it_is(project, run):
    path = project.root / project.write("odd.json", ODD)
    path.chmod(0o444)
    ran = run("lint", "--fix", "odd.json")
    assert (ran.code, json.loads(path.read_text())) == (2, ODD)
    assert "odd.json: is read-only" in ran.err


def test_verify_and_the_plugin_hear_settings_and_baseline_as_lint_does(project, run):
    project.change(
        "number: str",
        'kind: str = Field(json_schema_extra={"type": "text"}, description="As it says.")\n    number: str',
    )
    here = Project.here(project.root)
    assert [each.where for each in verification.lint_section(here).problems] == ["billing/models.py:16"]
    assert [each.code for each in Telling.of(here).errors(here.generate("invoice"))] == ["PS202"]
    settings(project, '[tool.pageschema.lint]\nbaseline = "b.json"')
    assert run("lint", "--update-baseline").code == 0
    accepting = Project.here(project.root)
    assert verification.lint_section(accepting).problems == ()
    assert Telling.of(accepting).errors(accepting.generate("invoice")) == []


def test_a_model_file_that_changes_the_folder_changes_none_of_the_paths_of_lint(run, project):
    project.write("moving.py", "import os\n\nos.chdir(os.sep)\n" + FINE)
    ran = run("lint", "moving.py", "--format", "json", "--baseline", "accepted.json", "--update-baseline")
    assert ran.code == 0
    places = [row["at"] for row in json.loads((project.root / "accepted.json").read_text())["accepted"]]
    assert places == ["moving.py:Line.price"]


def test_a_folder_in_the_place_of_a_baseline_is_said_to_be_one(run, project):
    project.write("good.json", BARE)
    (project.root / "accepted").mkdir()
    ran = run("lint", "good.json", "--baseline", "accepted", "--update-baseline")
    assert ran.code == 2
    assert "accepted: is a folder" in ran.err


HOOKS = '''\
import atexit
import datetime
import sys

from pydantic import BaseModel, Field

if sys.argv[0] == "-c":  # in the process that generates again
    atexit.register(print, "at exit")


class Dated(BaseModel):
    """A sheet."""

    made: str = Field(str(datetime.datetime.now()), description="As printed", json_schema_extra=lambda _: print("hook"))


class Leaving(BaseModel):
    """A sheet."""

    name: str = Field(description="As printed")

    @classmethod
    def __get_pydantic_json_schema__(cls, core, handler):
        raise SystemExit(0)
'''


def test_what_the_hooks_of_a_model_print_is_no_part_of_the_answer_and_they_do_not_end_lint(run, project):
    project.write("hooks.py", HOOKS)
    ran = run("lint", "hooks.py", "--format", "json")
    assert (ran.code, ran.told) == (2, [("PS702", "Dated", "made"), ("PS703", "Leaving", "")])
    assert "hook" in ran.err
    assert json.loads(run("generate", "hooks.py:Dated").out)["properties"].keys() == {"made"}


def test_a_python_file_is_read_in_the_encoding_that_it_declares(project, run):
    source = f"# -*- coding: latin-1 -*-\n{FINE}# caf\xe9\n"
    (project.root / "older.py").write_bytes(source.encode("latin-1"))

    ran = run("lint", "older.py")

    assert "older.py:11: PS604 warning: field 'price' has no description" in ran.out
    assert (ran.code, ran.err) == (0, "")
