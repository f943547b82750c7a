import subprocess

import pytest

from pageschema import PageSchema, Registry

ODD = """\
{
  "type": "object",
  "properties": {"total": {"type": "number", "descripton": "The amount due"},
    "sum": {"type":"float", "description": "Of all lines"}}
}
"""


def test_a_safe_fix_is_written_and_a_guess_is_not(project):
    name = project.write("odd.json", ODD)
    project.run("lint", "--fix", name)
    assert (project.root / name).read_text() == ODD.replace("descripton", "description")


def test_unsafe_fixes_are_written_when_they_are_asked_for(project):
    name = project.write("odd.json", ODD)
    assert project.run("lint", "--fix", "--unsafe", name).code == 0
    assert (project.root / name).read_text() == ODD.replace("descripton", "description").replace("float", "number")


def test_diff_prints_what_fix_would_change_and_writes_nothing(project):
    name = project.write("odd.json", ODD)
    ran = project.run("lint", "--diff", name)
    assert ran.code == 1
    assert (project.root / name).read_text() == ODD
    applied = subprocess.run(["patch", "-p0", name], input=ran.out, text=True, cwd=project.root, check=False)
    assert applied.returncode == 0
    patched = (project.root / name).read_text()
    project.write("odd.json", ODD)
    project.run("lint", "--fix", name)
    assert (project.root / name).read_text() == patched


def test_diff_says_nothing_where_nothing_would_change(project):
    good = '{"type": "object", "properties": {"total": {"type": "number", "description": "Amount due."}}}'
    ran = project.run("lint", "--diff", project.write("good.json", good))
    assert (ran.code, ran.out) == (0, "")


def test_diff_of_standard_input(project):
    ran = project.run("lint", "--diff", "-", stdin='{"total": {"type": "number"}}')
    assert ran.code == 1
    assert '+{"type":"object","properties":' in ran.out.replace(": ", ":").replace(", ", ",")


@pytest.mark.parametrize("wrong", [["--unsafe"], ["--diff", "--format", "json"], ["--diff", "--fix"]])
def test_options_that_do_not_go_together_are_refused(project, wrong):
    ran = project.run("lint", *wrong, project.write("odd.json", ODD))
    assert ran.code == 2
    assert (project.root / "odd.json").read_text() == ODD


def test_a_mended_file_keeps_its_line_ends_and_permissions(project):
    name = project.write("odd.json", ODD)
    path = project.root / name
    path.write_bytes(ODD.replace("\n", "\r\n").encode())
    path.chmod(0o640)
    project.run("lint", "--fix", name)
    assert path.read_bytes() == ODD.replace("descripton", "description").replace("\n", "\r\n").encode()
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_linked_file_stays_a_link(project):
    real = project.root / project.write("real.json", ODD)
    (project.root / "link.json").symlink_to(real)
    project.run("lint", "--fix", "link.json")
    assert (project.root / "link.json").is_symlink()
    assert "description" in real.read_text()
    assert not list(project.root.glob("*.tmp")) + list(project.root.glob(".*.tmp"))


def test_a_frozen_version_that_is_named_by_its_path_is_never_rewritten(project):
    frozen = Registry(project.root / "schemas").publish(PageSchema.parse(ODD), name="odd", version="1.0.0")
    ran = project.run("lint", "--fix", "schemas/odd/1.0.0.json")
    assert (ran.code, "descripton" in ran.out) == (1, True)
    assert project.run("lint", "--diff", "schemas/odd/1.0.0.json").code == 0
    assert frozen.path.read_text() == ODD


def test_a_model_is_never_rewritten_and_its_finding_names_the_line(project):
    project.change(
        'str | None = Field(default=None, description="Free text under the table.")', 'str = Field("Text below")'
    )
    before = project.model.read_text()
    ran = project.run("lint", "--fix", "--unsafe", "--format", "json")
    assert project.model.read_text() == before
    [found] = [finding for finding in ran.json if finding["name"] == "positional-description"]
    assert before.splitlines()[found["line"] - 1] == '    note: str = Field("Text below")'
    assert "description=" in found["remedy"]
    assert not found["fixable"]
