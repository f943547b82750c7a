import json
import shutil
import subprocess
from pathlib import Path

import jsonschema
import pytest
import yaml

from pageschema.models.search import find_models

OUTPUT = Path(__file__).parents[2] / "docs" / "reference" / "output"
PROJECT = '[project]\nname = "shop"  # mine\nversion = "1"\n'
BROKEN = "import nothing_there\nfrom pydantic import BaseModel\n\n\nclass Order(BaseModel):\n    total: float\n"


@pytest.fixture
def fresh(project):
    """The user's project before pageschema: a git repository with models and settings of its own."""
    (project.root / "pyproject.toml").write_text(PROJECT)
    subprocess.run(["git", "init", "--quiet"], check=True, cwd=project.root)
    return project


def everything(root):
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and ".git" not in path.parts}


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_one_command_sets_a_project_up_and_a_second_changes_nothing(fresh):
    ran = fresh.run("init", "--format", "json")
    assert ran.code == 0
    jsonschema.validate(ran.json, json.loads((OUTPUT / "init.schema.json").read_text()))
    assert {step["state"] for step in ran.json} == {"done"}
    assert (fresh.root / "pyproject.toml").read_text().startswith(PROJECT)
    hooks = yaml.safe_load((fresh.root / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"]
    assert [hook["id"] for hook in hooks] == ["pageschema-lint", "pageschema-status", "pageschema-compat"]
    assert hooks[0]["entry"] == "pageschema lint --touched"
    assert fresh.run("status").code == 0
    before = everything(fresh.root)
    again = fresh.run("init", "--format", "json")
    assert {step["state"] for step in again.json} == {"unchanged"}
    assert everything(fresh.root) == before


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_model_that_cannot_be_imported_is_told_and_the_others_are_set_up(fresh):
    fresh.write("orders.py", BROKEN)
    fresh.write(".pre-commit-config.yaml", "# ours\nrepos:\n  - repo: local\n    hooks: [{id: a, name: a, entry: a}]\n")
    ran = fresh.run("init")
    assert ran.code == 1
    assert "orders.py:1: importing it failed" in ran.out
    assert "frozen as 1.0.0" in ran.out
    assert "orders" not in (fresh.root / "pyproject.toml").read_text()
    hooks = (fresh.root / ".pre-commit-config.yaml").read_text()
    assert hooks.startswith("# ours\n")
    assert [entry["hooks"][0]["id"] for entry in yaml.safe_load(hooks)["repos"]] == ["a", "pageschema-lint"]


def test_in_a_folder_of_a_repository_init_says_where_the_hooks_belong(project, tmp_path):
    (project.root / "pyproject.toml").write_text(PROJECT)
    (tmp_path / ".git").mkdir()
    project.root = tmp_path / "services" / "billing"
    project.root.mkdir(parents=True)
    for name in ("billing", "pyproject.toml"):
        (tmp_path / name).rename(project.root / name)
    ran = project.run("init")
    assert ran.code == 0
    assert f"at the top of the repository, in {tmp_path / '.pre-commit-config.yaml'}" in ran.out
    assert "sh -c 'cd services/billing && pageschema status'" in ran.out
    assert not list(tmp_path.rglob(".pre-commit-config.yaml"))


def test_a_target_that_names_nothing_writes_nothing(fresh):
    before = everything(fresh.root)
    ran = fresh.run("init", "billing.models:Invoce")
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean billing.models:Invoice?" in ran.err
    assert everything(fresh.root) == before


def models_of(root, **files):
    for name, text in files.items():
        (root / f"{name}.py").write_text("from pydantic import BaseModel\n" + text)
    return [model.target for model in find_models(root)]


def test_models_that_others_hold_or_build_on_are_no_roots(tmp_path):
    found = models_of(
        tmp_path,
        base="class Base(BaseModel):\n    id: int\n",
        shop="from base import Base\nclass Item(Base):\n    a: int\nclass Cart(Base):\n    b: 'list[Item] | None'\n",
        tree="class Node(BaseModel):\n    inner: list['Node']\n",
    )
    assert found == ["shop.py:Cart", "tree.py:Node"]


def test_a_model_whose_schema_is_asked_for_is_sent_also_where_another_holds_it(tmp_path):
    models_of(
        tmp_path,
        shop="class Item(BaseModel):\n    a: int\nclass Cart(BaseModel):\n    items: list[Item]\n",
        send="import shop\nprint(shop.Item.model_json_schema())\n",
    )
    assert [(model.name, model.is_sent) for model in find_models(tmp_path)] == [("Cart", False), ("Item", True)]


def test_tests_environments_and_what_does_not_parse_are_passed_by(tmp_path):
    for folder in ("tests", ".hidden", "node_modules", "env3"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.py").write_text("from pydantic import BaseModel\nclass A(BaseModel):\n    a: int\n")
    (tmp_path / "env3" / "pyvenv.cfg").touch()
    (tmp_path / "bad.py").write_text("from pydantic import BaseModel\nclass A(BaseModel:\n")
    (tmp_path / "latin.py").write_bytes(b"from pydantic import BaseModel # \xe9\n")
    assert find_models(tmp_path) == []
