"""The public names, as written for type checkers, for run time and for readers."""

import ast
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
