"""lint --touched: given the files of a commit, it looks at the schemas that stand in them, and at nothing else."""

from __future__ import annotations

import pytest

PARTS = '''\
from pydantic import BaseModel


class LineItem(BaseModel):
    """One position."""

    model_config = {"json_schema_extra": {"required": ["nobody"]}}
    description: str
'''
BYSTANDERS = {
    "script.py": "raise SystemExit('a file that changed was run')\n",
    "package.json": '{"type": "object", "properties": {}, "required": ["sum"]}',
}


@pytest.fixture
def touched(frozen_project):
    for name, text in BYSTANDERS.items():
        frozen_project.write(name, text)
    return frozen_project


def test_files_in_which_no_schema_stands_are_neither_run_nor_told(touched):
    ran = touched.run("lint", "--touched", *BYSTANDERS)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert touched.run("lint", "--touched", "package.json", "--format", "json").json == []


def test_a_model_is_looked_at_for_each_file_that_wrote_a_field_of_it(touched):
    text = touched.model.read_text()
    start, end = text.index("class LineItem"), text.index("class Invoice")
    touched.model.write_text(text[:start] + "from billing.parts import LineItem\n\n\n" + text[end:])
    touched.write("billing/parts.py", PARTS)
    ran = touched.run("lint", "--touched", *BYSTANDERS, "billing/parts.py", "--format", "json")
    assert ran.code == 1
    assert any("'nobody'" in finding["message"] for finding in ran.json)
    assert touched.run("lint", "--touched", "script.py").out == ""


def test_a_version_just_frozen_is_told_once_with_its_model(touched):
    ran = touched.run("lint", "--touched", "billing/models.py", "schemas/invoice/1.0.0.json")
    assert (ran.code, ran.out) == (0, "no findings in 1 page schema\n")


def test_a_model_that_gives_no_schema_is_told_with_any_python_file(touched):
    touched.model.write_text("import no_such_package\n")
    assert touched.run("lint", "--touched", "package.json").code == 0
    ran = touched.run("lint", "--touched", "script.py")
    assert ran.code == 2
    assert "billing/models.py:1: importing it failed" in ran.err


def test_a_project_without_a_schema_is_told_so(touched):
    touched.write("pyproject.toml", "[tool.pageschema]\nregistry = 'none'\n")
    ran = touched.run("lint", "--touched", "script.py")
    assert ran.code == 2
    assert "there is no schema here yet" in ran.err
