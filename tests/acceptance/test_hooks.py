"""The hooks of .pre-commit-hooks.yaml, run by the real programs on a repository of the user's.

Only `language` is another: building an environment needs the network, and the installed program is what is tested.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

HOOKS = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"
PAGE = HOOKS.parent / "docs" / "how-to" / "ci.md"
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
        self.configure()
        self.git("init", "--quiet")
        self.git("config", "user.name", "A user")
        self.git("config", "user.email", "user@example.com")
        self.stage()
        self.git("commit", "--quiet", "--message", "Begin")

    def configure(self, **changed: dict) -> None:
        """Write a configuration with our hooks, *changed* by name as a user may."""
        hooks = [
            {**hook, "language": "system", **changed.get(hook["id"].removeprefix("pageschema-"), {})}
            for hook in yaml.safe_load(HOOKS.read_text())
        ]
        self.project.write(".pre-commit-config.yaml", yaml.safe_dump({"repos": [{"repo": "local", "hooks": hooks}]}))

    def git(self, *arguments: str) -> None:
        subprocess.run(["git", *arguments], check=True, cwd=self.project.root, env=self._env)

    def stage(self, *names: str) -> None:
        self.git("add", *(names or ["--all"]))

    def run(self, *hooks: str) -> tuple[int, str]:
        """Run one hook, or all of them, on what is staged; return the exit code and all that was printed."""
        done = subprocess.run(
            [self._runner, "run", *hooks, "--verbose"],
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


def test_the_hooks_judge_what_is_staged_and_not_what_stands_beside_it(repository):
    project = repository.project
    project.change("total: float", "total: str")
    assert repository.run("pageschema-status")[0] == 0
    assert "total: str" in project.model.read_text()
    repository.stage()
    project.change("total: str", "total: float")
    code, said = repository.run("pageschema-status")
    assert code == 1
    assert "drifted" in said
    assert "total: float" in project.model.read_text()


def test_a_model_that_moves_is_linted_where_it_is_now_and_a_deleted_version_is_missed(repository):
    project = repository.project
    repository.git("mv", "billing/models.py", "billing/mod\u00e8le facture.py")
    project.write("pyproject.toml", '[tool.pageschema.models]\ninvoice = "billing/mod\u00e8le facture.py:Invoice"\n')
    moved = project.root / "billing" / "mod\u00e8le facture.py"
    moved.write_text(moved.read_text() + '    model_config = {"json_schema_extra": {"required": ["sum"]}}\n')
    repository.stage()
    code, said = repository.run("pageschema-lint")
    assert code == 1
    assert "billing/mod\u00e8le facture.py:13" in said

    repository.git("reset", "--quiet", "--hard")
    repository.git("rm", "--quiet", "schemas/invoice/1.0.0.json")
    assert repository.run("pageschema-lint")[0] == 0
    code, said = repository.run("pageschema-status")
    assert code == 1
    assert "was frozen and is missing" in said


def test_a_merge_is_judged_by_what_it_makes_of_both_sides(repository):
    project = repository.project
    repository.git("switch", "--quiet", "--create", "other")
    project.change("Free text under the table.", "Text under the table.")
    assert project.run("freeze").code == 0
    repository.stage()
    repository.git("commit", "--quiet", "--message", "Other")
    repository.git("switch", "--quiet", "-")
    project.change("Amount due.", "Amount to pay.")
    assert project.run("freeze").code == 0
    repository.stage()
    repository.git("commit", "--quiet", "--message", "Ours")
    with pytest.raises(subprocess.CalledProcessError):
        repository.git("merge", "--quiet", "other")
    repository.git("checkout", "--quiet", "--ours", "schemas")  # Both froze the same number.
    repository.stage()
    code, said = repository.run("pageschema-status")
    assert code == 1
    assert "drifted" in said


def test_all_files_are_taken_where_nothing_is_staged(repository):
    code, said = repository.run("--all-files")
    assert (code, said.count("Passed")) == (0, 3)


def test_models_below_src_are_named_by_their_file(repository):
    project = repository.project
    (project.root / "src").mkdir()
    repository.git("mv", "billing", "src/billing")
    (project.root / "src" / "billing" / "words.py").write_text('TOTAL = "Amount due."\n')
    model = project.root / "src" / "billing" / "models.py"
    model.write_text("from billing.words import TOTAL\n" + model.read_text().replace('"Amount due."', "TOTAL"))
    repository.stage()
    code, said = repository.run("pageschema-status")
    assert code == 1
    assert "exit code: 2" in said
    assert "did you mean src/billing/models.py:Invoice?" in said
    settings = project.root / "pyproject.toml"
    settings.write_text(settings.read_text().replace("billing.models:", "src/billing/models.py:"))
    repository.stage()
    assert repository.run("pageschema-status")[0] == 0
    assert "1 page schema" in repository.run("pageschema-lint")[1]


def test_a_project_in_a_folder_of_the_repository_is_entered_as_the_page_says(repository):
    project = repository.project
    inner = project.root / "services" / "billing"
    inner.mkdir(parents=True)
    for name in ("billing", "schemas", "pyproject.toml"):
        repository.git("mv", name, f"services/billing/{name}")
    repository.stage()
    code, said = repository.run("pageschema-status")
    assert code == 1
    assert "there is no schema here yet" in said

    blocks = re.findall(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    [shown] = [yaml.safe_load(text) for text in blocks if "cd services/billing" in text]
    changed = {hook.pop("id").removeprefix("pageschema-"): hook for hook in shown["repos"][0]["hooks"]}
    repository.configure(**changed)
    repository.stage()
    code, said = repository.run()
    assert (code, said.count("Passed")) == (0, 3)
    model = inner / "billing" / "models.py"
    bad = '    model_config = {"json_schema_extra": {"required": ["sum"]}}\n'
    model.write_text(model.read_text().replace("total: float", "total: str") + bad)
    repository.stage()
    code, said = repository.run()
    assert code == 1
    assert said.count("Failed") == 3
    assert all(told in said for told in ("'sum'", "drifted", "1 refused"))


def test_windows_line_ends_are_no_drift_in_a_model_and_are_kept_from_frozen_files(frozen_project, tmp_path_factory):
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    project = frozen_project
    attributes = re.search(r"```text\n(schemas/[*]{2}.*?)```", PAGE.read_text(), re.DOTALL)[1]
    project.write(".gitattributes", attributes)
    crlf = ["-c", "core.autocrlf=true", "-c", "user.name=A user", "-c", "user.email=user@example.com"]
    for words in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "Begin"]):
        subprocess.run(["git", *crlf, *words], check=True, cwd=project.root, capture_output=True)
    clone = tmp_path_factory.mktemp("windows") / "clone"
    subprocess.run(["git", *crlf, "clone", "--quiet", str(project.root), str(clone)], check=True, capture_output=True)
    assert b"\r\n" in (clone / "billing" / "models.py").read_bytes()
    frozen = clone / "schemas" / "invoice" / "1.0.0.json"
    project.root = clone
    assert project.run("status").code == 0
    frozen.write_bytes(frozen.read_bytes().replace(b"\n", b"\r\n"))
    ran = project.run("status")
    assert ran.code == 1
    assert "1.0.0.json" in ran.out
