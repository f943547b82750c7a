"""The public names, as written for type checkers, for run time and for readers."""

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import pageschema

ROOT = Path(__file__).parents[2]


def test_checkers_and_run_time_see_the_same_names():
    tree = ast.parse(Path(pageschema.__file__).read_text())
    guarded = next(node for node in tree.body if isinstance(node, ast.If))
    imported = {alias.name for node in guarded.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert imported == set(pageschema.__all__)
    assert set(pageschema.__dir__()) == imported


@pytest.mark.parametrize("name", pageschema.__all__)
def test_each_public_name_can_be_imported(name):
    assert getattr(pageschema, name) is not None


def test_every_public_name_is_used_in_the_file_that_holds_the_types():
    """A name that is only imported there would be held to nothing."""
    tree = ast.parse((ROOT / "tests" / "typing" / "api.py").read_text("utf-8"))
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert set(pageschema.__all__) - used == set()
    drawn = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "strategies"
    }
    assert set(pageschema.strategies.__all__) - drawn == set()


@pytest.mark.parametrize("name", ["linting", "registry", "report", "schema"])
def test_a_package_finds_on_first_use_the_names_that_checkers_see(name):
    package = importlib.import_module(f"pageschema.{name}")
    tree = ast.parse(Path(package.__file__).read_text())
    guarded = next(node for node in tree.body if isinstance(node, ast.If))
    homes = {
        alias.name: node.module for node in guarded.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert set(homes) == set(package.__all__)
    for public, home in homes.items():
        assert getattr(package, public) is getattr(importlib.import_module(home), public)
    with pytest.raises(AttributeError, match=f"module 'pageschema.{name}' has no attribute 'nothing'"):
        package.nothing  # noqa: B018 - that it is looked up is the point.


def test_importing_pageschema_imports_nothing_heavy():
    heavy = ["pydantic", "httpx", "hypothesis", "jsonschema", "jsonschema_rs", "rich", "fastapi", "yaml", "click"]
    code = f"import sys, pageschema; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_linting_json_imports_neither_hypothesis_nor_httpx_nor_pydantic(tmp_path):
    schema = tmp_path / "one.json"
    schema.write_text('{"type": "object", "properties": {"total": {"type": "number", "description": "Sum."}}}')
    code = (
        "import sys\nfrom pageschema.cli import main\n"
        f"code = main(['lint', {str(schema)!r}])\n"
        "print([n for n in ('hypothesis', 'httpx', 'pydantic', 'fastapi') if n in sys.modules], code, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stderr.strip() == "[] 0"
