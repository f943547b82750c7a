"""Files of another revision, on a repository of the user's with two branches."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from pageschema.errors import InvalidTarget
from pageschema.project import git
from pageschema.project.project import Project
from pageschema.project.targets import resolve_one

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

OLD = {"type": "object", "properties": {"total": {"type": "number"}}}
NEW = {"type": "object", "properties": {"total": {"type": "string"}}}


class Repository:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.run("init", "--quiet", "--initial-branch", "main")
        (root / "billing").mkdir()
        self.write("billing/a.json", OLD)
        self.write("billing/models.py", "raise SystemExit('this was run')\n")
        (root / "billing" / "link.json").symlink_to("a.json")
        self.run("add", "--all")
        self.run("commit", "--quiet", "--message", "Begin")
        self.run("switch", "--quiet", "--create", "feature")
        self.write("billing/a.json", NEW)
        self.run("commit", "--quiet", "--all", "--message", "Change")

    def write(self, name: str, value) -> None:
        (self.root / name).write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")

    def run(self, *arguments: str, folder: Path | None = None) -> None:
        who = ["-c", "user.name=A user", "-c", "user.email=user@example.com"]
        subprocess.run(["git", *who, *arguments], check=True, cwd=folder or self.root, capture_output=True)


@pytest.fixture
def repository(tmp_path, monkeypatch) -> Repository:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    root = tmp_path / "repository"
    root.mkdir()
    monkeypatch.chdir(root)
    return Repository(root)


def value_of(target: str):
    return resolve_one(Project.here(), target).json_schema()


def refusal(target: str) -> InvalidTarget:
    with pytest.raises(InvalidTarget) as refused:
        value_of(target)
    return refused.value


def test_a_file_of_another_branch_is_read_as_it_was_there(repository):
    assert value_of("main:billing/a.json") == OLD
    assert value_of("HEAD:billing/a.json") == value_of("billing/a.json") == NEW
    assert value_of("HEAD~1:./billing/a.json") == OLD


def test_a_path_starts_in_the_current_folder(repository, monkeypatch):
    monkeypatch.chdir(repository.root / "billing")
    assert value_of("main:a.json") == OLD
    assert value_of("main:../billing/a.json") == OLD
    assert "seen from the current folder" in refusal("main:billing/a.json").what


def test_a_file_that_is_there_under_that_very_name_goes_first(repository):
    repository.write("main:a.json", NEW)
    assert value_of("main:a.json") == NEW


@pytest.mark.parametrize(
    ("target", "what", "remedy"),
    [
        ("main:billing/b.json", "main has no file 'billing/b.json'", "git ls-tree -r --name-only main"),
        ("main:billing/link.json", "main has no file", "git ls-tree"),
        ("main:/billing/a.json", "main has no file", "git ls-tree"),
        ("main:../a.json", "outside repository", "inside the repository"),
        ("nowhere:billing/a.json", "no such revision", "git branch --all"),
        ("main..feature:billing/a.json", "no such revision", "git branch --all"),
        ("^main:billing/a.json", "no such revision", "git branch --all"),
        ("origin/main:billing/a.json", "no such revision", "git fetch origin main:refs/remotes/origin/main"),
        (":billing/a.json", "is no revision", "name a branch or commit"),
        ("-p:billing/a.json", "is no revision", "name a branch or commit"),
        ("--output=x:billing/a.json", "is no revision", "name a branch or commit"),
        ("main\n:billing/a.json", "is no revision", "name a branch or commit"),
    ],
)
def test_what_is_not_there_or_could_be_an_option_is_refused_with_a_remedy(repository, target, what, remedy):
    error = refusal(target)
    assert what in error.what
    assert remedy in error.remedy
    assert sorted(path.name for path in repository.root.iterdir()) == [".git", "billing"]


@pytest.mark.parametrize("target", ["main:billing/models.py", "main:billing/models.py:Invoice", "main:billing/"])
def test_code_of_another_revision_is_never_run(repository, target):
    error = refusal(target)
    assert "only JSON files" in error.what
    assert "name@1.2.0" in error.remedy


@pytest.mark.parametrize(
    ("target", "what"),
    [
        ("billing/model.py:Invoice", "no such file"),
        ("billing.model:Invoice", "there is no module"),
        ("main:Invoice", "there is no module main"),
        ("main:Invoice.Item", "there is no module main"),
        ("model.py:json", "no such file"),
        ("model.py:Invoice.json", "no such file"),
    ],
)
def test_a_model_is_never_taken_for_a_file_of_a_revision(repository, target, what):
    assert what in refusal(target).what


def test_a_file_larger_than_the_reader_takes_is_not_read(repository, monkeypatch):
    monkeypatch.setattr(git, "MOST_BYTES", 20)
    assert "larger than 20 bytes" in refusal("main:billing/a.json").what


def test_a_file_that_is_not_utf_8_is_named(repository):
    (repository.root / "billing" / "a.json").write_bytes(b'{"a": "\xff"}')
    repository.run("commit", "--quiet", "--all", "--message", "Break")
    assert "byte 7 is not UTF-8" in refusal("HEAD:billing/a.json").what


def test_a_hostile_repository_has_nothing_run(repository):
    marker = repository.root / "ran"
    command = f"touch {marker}; cat"
    for setting in ("core.fsmonitor", "core.pager", "diff.external", "filter.x.smudge", "diff.x.textconv"):
        repository.run("config", setting, command)
    repository.write(".gitattributes", "*.json filter=x diff=x\n")
    hook = repository.root / ".git" / "hooks" / "post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\n{command}\n")
    hook.chmod(0o755)
    assert value_of("main:billing/a.json") == OLD
    assert not marker.exists()


def test_without_a_repository_or_without_git_that_is_what_is_said(repository, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git is not installed" in refusal("main:billing/a.json").what
    monkeypatch.undo()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    error = refusal("main:a.json")
    assert "no repository here" in error.what
    assert "inside a clone" in error.remedy


def test_git_that_does_not_answer_is_not_waited_for(repository, tmp_path, monkeypatch):
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    slow.write_text("#!/bin/sh\nexec cat /dev/zero\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(git, "SECONDS", 0)
    assert "gave no answer" in refusal("main:billing/a.json").what


def test_what_a_partial_clone_lacks_is_asked_for(repository, tmp_path, monkeypatch):
    repository.run("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    repository.run("clone", "--quiet", "--no-checkout", "--filter=blob:none", f"file://{repository.root}", str(clone))
    repository.run("remote", "set-url", "origin", f"file://{tmp_path / 'gone'}", folder=clone)
    monkeypatch.chdir(clone)
    assert "git fetch --refetch --no-filter origin" in refusal("HEAD:billing/a.json").remedy


def test_a_merge_base_is_where_the_branch_began(repository):
    main = git.revision("main", repository.root)
    repository.run("switch", "--quiet", "main")
    repository.write("billing/b.json", NEW)
    repository.run("add", "--all")
    repository.run("commit", "--quiet", "--message", "Go on")
    repository.run("switch", "--quiet", "feature")
    assert git.merge_base(git.revision("main", repository.root)).commit == main.commit


def test_branches_without_a_common_commit_are_told_so_and_shallow_clones_what_to_fetch(repository, tmp_path):
    clone = tmp_path / "clone"
    repository.run("clone", "--quiet", "--depth=1", "--no-single-branch", f"file://{repository.root}", str(clone))
    with pytest.raises(InvalidTarget) as refused:
        git.merge_base(git.revision("origin/main", clone))
    assert "shallow clone" in refused.value.what
    assert "fetch-depth: 0" in refused.value.remedy
    repository.run("switch", "--quiet", "--orphan", "alone")
    repository.run("commit", "--quiet", "--allow-empty", "--message", "Begin anew")
    with pytest.raises(InvalidTarget, match="no commit in common"):
        git.merge_base(git.revision("main", repository.root))
