"""What Tab offers, asked as the shells ask: the program itself, with its words in the environment."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pageschema.cli import COMMANDS, completing
from pageschema.project.project import Project
from pageschema.project.units import units

PROGRAM = Path(sys.executable).parent / "pageschema"
MODEL = 'open("imported", "w").close()\nraise SystemExit("a model was imported")\n'


def offered(capsys, monkeypatch, folder, *words, shell="bash"):
    """Return what the program prints for a shell in which *words* stand, the last of them unfinished."""
    from pageschema.cli import main

    monkeypatch.chdir(folder)
    monkeypatch.setenv("_PAGESCHEMA_COMPLETE", f"{shell}_complete")
    monkeypatch.setenv("COMP_WORDS", " ".join(("pageschema", *words)))
    monkeypatch.setenv("COMP_CWORD", words[-1] if shell == "fish" else str(len(words)))
    with pytest.raises(SystemExit):
        main([])
    printed = capsys.readouterr()
    assert printed.err == ""
    return printed.out


@pytest.fixture
def ask(capsys, monkeypatch, tmp_path):
    """Ask in a project with the schema invoice in two versions, and a model that must not be imported."""
    (tmp_path / "pyproject.toml").write_text('[tool.pageschema.models]\norder = "shop:Order"\n')
    (tmp_path / "shop.py").write_text(MODEL)
    folder = tmp_path / "schemas" / "invoice"
    folder.mkdir(parents=True)
    (folder / "model.py").write_text(MODEL)
    for version in ("1.0.0", "1.1.0"):
        (folder / f"{version}.json").write_text("{}")
    saved = tmp_path / ".pageschema" / "failures"
    saved.mkdir(parents=True)
    (saved / "broken-accepted.api-key.json").write_text("{}")

    def asked(*words):
        printed = offered(capsys, monkeypatch, tmp_path, *words)
        assert not (tmp_path / "imported").exists()
        return printed.split()

    return asked


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["st"], ["plain,status"]),
        (["lint", "inv"], ["plain,invoice"]),
        (["generate", "o"], ["plain,order"]),
        (["log", "nothing"], []),
        (["diff", "invoice@"], ["plain,invoice@1.0.0", "plain,invoice@1.1.0"]),
        (["check", "a.json", "--schema", "i"], ["plain,invoice"]),
        (["check", "res"], ["file,res"]),
        (["diff", "old.js"], ["file,old.js"]),
        (["explain", "PS101"], ["plain,PS101"]),
        (["explain", "api-k"], ["plain,api-key"]),
        (["explain", "broken-acc"], ["plain,broken-accepted"]),
        (["lint", "--ignore", "PS604"], ["plain,PS604"]),
        (["emulator", "--fault", "accepts-no-so"], ["plain,accepts-no-source"]),
        (["lint", "--profile", "datalab-"], ["plain,datalab-open"]),
        (["diff", "--format", "m"], ["plain,markdown"]),
        (["contract", ""], ["plain,diff"]),
        (["replay", "broken"], ["plain,broken-accepted.api-key"]),
    ],
)
def test_tab_offers_what_can_stand_there(ask, words, expected):
    assert ask(*words) == expected


def test_tab_offers_every_command_and_all_that_can_be_explained(ask):
    assert ask("") == [f"plain,{name}" for name in COMMANDS]
    project = Project.here()
    every = {word for unit in units(project) for word in (unit.name, unit.code) if word}
    items = completing.explained(None, None, "")  # type: ignore[arg-type]
    assert sorted(item.value for item in items) == sorted(every)


@pytest.mark.parametrize("settings", ["[tool.pageschema\n", "[tool.pageschema]\nregistry = 3\n", "\x00"])
def test_tab_says_nothing_of_a_project_that_is_broken(capsys, monkeypatch, tmp_path, settings):
    (tmp_path / "pyproject.toml").write_text(settings)
    for words in (["lint", "i"], ["diff", "a@"], ["replay", "x"], ["explain", "api"]):
        printed = offered(capsys, monkeypatch, tmp_path, *words)
        assert "plain,i" not in printed


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_is_given_its_script_and_is_answered(capsys, monkeypatch, tmp_path, shell):
    printed = offered(capsys, monkeypatch, tmp_path, "statu", shell=shell)
    assert re.search(r"\bstatus\b", printed)
    assert ("Compare models with frozen versions" in printed) == (shell != "bash")


def test_bash_completes_with_the_script_that_the_program_gives_it(frozen_project):
    bash = shutil.which("bash")
    if bash is None or not PROGRAM.exists():
        pytest.skip("bash is not installed, or pageschema is not as a program")
    script = """
    set -eu
    eval "$(_PAGESCHEMA_COMPLETE=bash_source pageschema)"
    complete -p pageschema
    COMP_WORDS=(pageschema log i)
    COMP_CWORD=2
    _pageschema_completion pageschema i log
    printf '%s\\n' "${COMPREPLY[@]}"
    """
    done = subprocess.run(
        [bash, "--norc", "-c", script],
        check=False,
        cwd=frozen_project.root,
        env={**os.environ, "PATH": os.pathsep.join([str(PROGRAM.parent), os.environ["PATH"]])},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    bound, *replies = done.stdout.splitlines()
    assert "_pageschema_completion" in bound
    assert replies == ["invoice"]


HEAVY = {"pydantic", "hypothesis", "httpx", "fastapi", "jsonschema", "rich"}


@pytest.mark.parametrize("words", ["pageschema lint in", "pageschema emulator --fault acc", "pageschema explain serv"])
def test_an_answer_to_tab_loads_nothing_heavy(frozen_project, words):
    code = (
        "import atexit, sys\n"
        f"atexit.register(lambda: print('loaded', *({HEAVY} & sys.modules.keys())))\n"
        "from pageschema.cli import main\nmain([])"
    )
    env = {"_PAGESCHEMA_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        cwd=frozen_project.root,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.startswith("plain,")
    assert done.stdout.splitlines()[-1] == "loaded"
