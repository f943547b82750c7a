"""This project keeps its own schemas with the hooks and the plugin that it ships."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
SHIPPED = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
USED = {
    hook["id"]: hook
    for repository in yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    for hook in repository["hooks"]
    if hook["id"].startswith("pageschema")
}


def run(*command):
    return subprocess.run(
        [sys.executable, "-m", *command], check=False, cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
    )


def test_every_hook_is_used_here_as_it_is_shipped():
    shown = ("name", "types_or", "pass_filenames", "always_run", "require_serial")
    for name, shipped in SHIPPED.items():
        assert USED[name]["entry"] == " ".join([shipped["entry"], *shipped.get("args", ())])
        assert {key: USED[name].get(key) for key in shown} == {key: shipped.get(key) for key in shown}
    assert USED.keys() == SHIPPED.keys()


@pytest.mark.parametrize("name", SHIPPED)
def test_each_hook_passes_here(name):
    files = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("schemas/*/*") if path.suffix in {".py", ".json"})
    given = files if USED[name].get("pass_filenames", True) else []
    done = run(*shlex.split(USED[name]["entry"]), *given)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_plugin_passes_here():
    done = run("pytest", "--pageschema", "-q", "-k", "not endpoint", "-p", "no:cacheprovider", "schemas")
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
    assert "skipped" not in done.stdout
