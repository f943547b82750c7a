"""The hooks of .pre-commit-hooks.yaml, run by the real programs on a repository of the user's.

Only `language` is another: building an environment needs the network, and the installed program is what is tested.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

HOOKS = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"
PROGRAMS = str(Path(sys.executable).parent)
BAD = '{"type": "object", "properties": {"total": {"description": "Amount due."}}, "required": ["sum"]}'


class Repository:
    """The user's project as a git repository with our hooks configured."""

    def __init__(self, project, runner: str, home: Path) -> None:
        self.project = project
        self._runner = runner
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
        self._env = {
            **kept,
            "PATH": os.pathsep.join([PROGRAMS, kept.get("PATH", os.defpath)]),
            "HOME": str(home),
            "XDG_CACHE_HOME": str(home),
            "GIT_CONFIG_NOSYSTEM": "1",
            "https_proxy": "http://127.0.0.1:9",  # Whoever reaches for the network fails.
            "NO_COLOR": "1",
        }
        hooks = [{**hook, "language": "system"} for hook in yaml.safe_load(HOOKS.read_text())]
        project.write(".pre-commit-config.yaml", yaml.safe_dump({"repos": [{"repo": "local", "hooks": hooks}]}))
        self.git("init", "--quiet")
        self.git("config", "user.name", "A user")
        self.git("config", "user.email", "user@example.com")
        self.stage()
        self.git("commit", "--quiet", "--message", "Begin")

    def git(self, *arguments: str) -> None:
        subprocess.run(["git", *arguments], check=True, cwd=self.project.root, env=self._env)

    def stage(self, *names: str) -> None:
        self.git("add", *(names or ["--all"]))

    def run(self, hook: str) -> tuple[int, str]:
        """Run one hook on what is staged, and return its exit code and all it printed."""
        done = subprocess.run(
            [self._runner, "run", hook, "--verbose"],
            check=False,
            cwd=self.project.root,
            env=self._env,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
        )
        assert "Traceback" not in done.stdout + done.stderr
        return done.returncode, done.stdout + done.stderr


@pytest.fixture(params=["pre-commit", "prek"])
def repository(request, frozen_project, tmp_path_factory) -> Repository:
    runner = shutil.which(request.param, path=os.pathsep.join([PROGRAMS, os.environ.get("PATH", os.defpath)]))
    if runner is None or shutil.which("git") is None:
        pytest.skip(f"{request.param} or git is not installed")
    return Repository(frozen_project, runner, tmp_path_factory.mktemp("home"))


def test_the_lint_hook_judges_the_staged_schemas_and_nothing_else(repository):
    folder = repository.project.root / "schemas" / "invoice"
    (folder / "2.0.0.json").write_text(BAD)
    repository.project.write("settings.json", BAD)
    repository.project.write("script.py", "raise SystemExit('a staged file was run')\n")
    repository.stage("settings.json", "script.py")
    code, said = repository.run("pageschema-lint")
    assert code == 0
    assert "no files to check" not in said
    assert "page schema" not in said

    repository.stage("schemas/invoice/2.0.0.json")
    code, said = repository.run("pageschema-lint")
    assert code == 1
    assert "schemas/invoice/2.0.0.json" in said
    assert "'sum'" in said
    assert "settings.json" not in said


def test_the_lint_hook_reads_a_model_wherever_it_stands(repository):
    with repository.project.model.open("a") as file:
        file.write('    model_config = {"json_schema_extra": {"required": ["sum"]}}\n')
    repository.stage()
    code, said = repository.run("pageschema-lint")
    assert code == 1
    assert "billing/models.py:" in said


def test_the_status_hook_fails_after_drift_and_says_what_to_do(repository):
    assert repository.run("pageschema-status")[0] == 0
    repository.project.change("Amount due.", "Amount to pay.")
    repository.stage()
    code, said = repository.run("pageschema-status")
    assert code == 1
    assert "pageschema freeze invoice" in said


def test_the_compat_hook_lets_pass_what_breaks_nobody_and_writes_nothing(repository):
    before = repository.project.frozen()
    repository.project.change(
        "    note:", '    po: str | None = Field(default=None, description="Order number.")\n    note:'
    )
    repository.stage()
    assert repository.run("pageschema-compat")[0] == 0
    repository.project.change("total: float", "total: str")
    repository.stage()
    code, said = repository.run("pageschema-compat")
    assert code == 1
    assert "backward is no" in said
    assert repository.project.frozen() == before


def test_the_compat_hook_names_the_readers_that_would_break_and_can_be_held_to_every_version(repository):
    project = repository.project
    note = '    note: str | None = Field(default=None, description="Free text under the table.")\n'
    project.change(note, "")
    assert project.run("freeze").code == 0
    with project.model.open("a") as file:
        file.write('    note: int | None = Field(default=None, description="How many notes there are.")\n')
    repository.stage()
    assert repository.run("pageschema-compat")[0] == 0

    settings = project.root / "pyproject.toml"
    before = settings.read_text()
    settings.write_text(before + '\n[tool.pageschema.readers]\ninvoice = {billing = "1.0.0"}\n')
    repository.stage()
    code, said = repository.run("pageschema-compat")
    assert code == 1
    assert "breaks the reader billing (1.0.0)" in said

    settings.write_text(before)
    hooks = project.root / ".pre-commit-config.yaml"
    hooks.write_text(hooks.read_text().replace("- full", "- full\n    - --transitive"))
    repository.stage()
    code, said = repository.run("pageschema-compat")
    assert code == 1
    assert "backward is no, forward is no against 1.0.0: /properties/note" in said
