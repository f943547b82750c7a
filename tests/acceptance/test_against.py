"""`status --against REF`, on a repository of the user's with two branches."""

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import jsonschema
import pytest

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

OUTPUT = Path(__file__).parents[2] / "docs" / "reference" / "output"
SETTINGS = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


class Repository:
    def __init__(self, project) -> None:
        self.project = project
        self.folder = project.root / "schemas" / "invoice"
        project.write(".gitignore", "__pycache__\n")
        self.git("init", "--quiet", "--initial-branch", "main")
        self.commit()

    def git(self, *arguments: str) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        who = ["-c", "user.name=A user", "-c", "user.email=user@example.com"]
        subprocess.run(
            ["git", *who, *arguments], check=True, cwd=self.project.root, env=kept | SETTINGS, capture_output=True
        )

    def commit(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "Go on")

    def freeze(self, old: str, new: str) -> str:
        self.project.change(old, new)
        [row] = self.project.run("freeze", "--format", "json").json
        self.commit()
        return row["version"]

    def status(self, ref: str = "main") -> tuple[int, list]:
        ran = self.project.run("status", "--against", ref, "--format", "json", env=SETTINGS)
        jsonschema.validate(ran.json, json.loads((OUTPUT / "status.schema.json").read_text()))
        return ran.code, [(row["version"], row["state"]) for row in ran.json]


@pytest.fixture
def repository(frozen_project) -> Repository:
    """Two versions on main, and a branch that has just left it."""
    repository = Repository(frozen_project)
    assert repository.freeze("Free text under the table.", "Free text below the table.") == "1.0.1"
    repository.git("switch", "--quiet", "--create", "feature")
    return repository


def test_a_branch_that_adds_a_version_is_shown_it_with_its_verdict(repository):
    assert repository.freeze("total: float", "total: str") == "2.0.0"
    ran = repository.project.run("status", "--against", "main", env=SETTINGS)
    assert ran.code == 0
    assert "2.0.0  new      major from 1.0.1: backward no, forward no\n" in ran.out
    assert "1 current, 1 new, 2 versions of main as frozen (" in ran.out
    assert repository.status() == (0, [("2.0.0", "current"), ("2.0.0", "new")])


def test_the_newest_version_deleted_with_its_digest_is_missed(repository):
    repository.git("rm", "--quiet", "schemas/invoice/1.0.1.json", "schemas/invoice/1.0.1.sha256")
    repository.project.change("Free text below the table.", "Free text under the table.")
    repository.commit()
    assert repository.project.run("status").code == 0
    assert repository.status() == (1, [("1.0.0", "current"), ("1.0.1", "lost")])
    ran = repository.project.run("status", "--against", "main", env=SETTINGS)
    restore = next(line for line in ran.out.splitlines() if "git restore" in line)
    repository.git(*restore.partition("restore it: git ")[2].replace("'", "").split())
    assert repository.status()[1] == [("1.0.1", "drifted")]


def test_a_lost_version_is_told_even_where_a_reader_pins_it(repository):
    with (repository.project.root / "pyproject.toml").open("a") as file:
        file.write('\n[tool.pageschema.readers]\ninvoice = {billing = "1.0.1"}\n')
    for name in ("1.0.1.json", "1.0.1.sha256"):
        (repository.folder / name).unlink()
    assert ("1.0.1", "lost") in repository.status()[1]


def test_a_version_changed_along_with_every_digest_of_it_is_found(repository):
    path = repository.folder / "1.0.0.json"
    old = hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_text(path.read_text().replace("Amount due.", "Amount due!"))
    for seal in repository.folder.glob("*.sha256"):
        seal.write_text(seal.read_text().replace(old, hashlib.sha256(path.read_bytes()).hexdigest()))
    repository.commit()
    assert repository.project.run("status").code == 0
    assert repository.status() == (1, [("1.0.1", "current"), ("1.0.0", "changed")])


def test_a_registry_that_is_gone_is_missed_version_by_version(repository):
    shutil.rmtree(repository.folder)
    (repository.project.root / "pyproject.toml").write_text("[tool.pageschema]\n")
    assert repository.status() == (1, [("1.0.0", "lost"), ("1.0.1", "lost")])


def test_a_registry_that_moved_is_still_the_same(repository):
    (repository.project.root / "schemas").rename(repository.project.root / "contracts")
    settings = repository.project.root / "pyproject.toml"
    settings.write_text('[tool.pageschema]\nregistry = "contracts"\n' + settings.read_text())
    assert repository.status() == (0, [("1.0.1", "current")])
    (repository.project.root / "contracts" / "invoice" / "1.0.1.json").unlink()
    (repository.project.root / "contracts" / "invoice" / "1.0.1.sha256").unlink()
    assert ("1.0.1", "lost") in repository.status()[1]


def test_two_branches_that_gave_one_number_to_different_versions_are_told(repository):
    assert repository.freeze("total: float", "total: str") == "2.0.0"
    repository.git("switch", "--quiet", "main")
    assert repository.freeze("total: float", "total: int") == "2.0.0"
    repository.git("switch", "--quiet", "feature")
    assert repository.status() == (1, [("2.0.0", "current"), ("2.0.0", "taken")])
    assert "main has frozen another 2.0.0 meanwhile" in repository.project.run("status", "--against", "main").out


def test_what_main_has_frozen_since_is_no_loss_here(repository):
    repository.git("switch", "--quiet", "main")
    assert repository.freeze("total: float", "total: int") == "2.0.0"
    repository.git("switch", "--quiet", "feature")
    assert repository.status() == (0, [("1.0.1", "current")])


def test_the_same_version_on_both_branches_is_no_news(repository):
    repository.freeze("total: float", "total: str")
    repository.git("switch", "--quiet", "--create", "twin", "main")
    repository.freeze("total: float", "total: str")
    assert repository.status("feature") == (0, [("2.0.0", "current")])


def test_what_is_not_committed_yet_counts_too(repository):
    (repository.folder / "1.0.1.json").unlink()
    assert repository.status() == (1, [("1.0.1", "broken")])
    (repository.folder / "1.0.1.sha256").unlink()
    assert ("1.0.1", "lost") in repository.status()[1]


def test_a_project_in_a_folder_of_the_repository_is_compared_with_itself(repository):
    inner = repository.project.root / "services" / "billing"
    inner.mkdir(parents=True)
    for name in ("billing", "schemas", "pyproject.toml"):
        (repository.project.root / name).rename(inner / name)
    repository.commit()
    repository.git("branch", "moved")
    repository.project.root = inner
    (inner / "schemas" / "invoice" / "1.0.1.json").unlink()
    (inner / "schemas" / "invoice" / "1.0.1.sha256").unlink()
    assert ("1.0.1", "lost") in repository.status("moved")[1]


@pytest.mark.parametrize(
    ("ref", "what", "remedy"),
    [
        ("mian", "no such revision", "git branch --all"),
        ("origin/main", "no such revision", "fetch-depth: 0"),
        ("--all", "is no revision", "name a branch or commit"),
    ],
)
def test_a_revision_that_is_not_there_is_named_with_what_to_do(repository, ref, what, remedy):
    ran = repository.project.run("status", f"--against={ref}", env=SETTINGS)
    assert (ran.code, ran.out) == (2, "")
    assert f"'{ref}'" in ran.err
    assert what in ran.err
    assert remedy in ran.err


def test_outside_of_a_repository_that_is_what_is_said(frozen_project):
    ran = frozen_project.run("status", "--against", "main", env={"GIT_CEILING_DIRECTORIES": str(frozen_project.root)})
    assert ran.code == 2
    assert "git finds no repository here" in ran.err
