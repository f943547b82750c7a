"""The wheel, built from the source distribution, and environments that have nothing but it."""

import os
import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODEL = """\
from pydantic import BaseModel, Field


class Invoice(BaseModel):
    \"\"\"An invoice.\"\"\"

    total: float = Field(description="Amount due.")
"""


class Installed:
    """A user's folder, and the program in an environment of its own. `used` holds each command that was run."""

    def __init__(self, environment, folder):
        self.bin = environment / "bin"
        self.folder = folder
        self.used = set()
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "DATALAB_", "PYTHON"))
        }

    def execute(self, *arguments):
        return subprocess.run(
            [self.bin / arguments[0], *arguments[1:]],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def run(self, *arguments, expected=0):
        self.used.add(arguments[0])
        done = self.execute("pageschema", *arguments)
        assert done.returncode == expected, (arguments, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr
        return done.stdout + done.stderr

    def commands(self):
        listed = self.execute("pageschema", "--help").stdout.partition("Commands:")[2]
        return set(re.findall(r"(?m)^  ([a-z]+) ", listed.partition("Exit codes")[0]))


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The folder with the source distribution and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--outdir", folder, ROOT], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="session")
def environment_with(built, tmp_path_factory):
    """A function that makes a new environment with the wheel and these extras, such as ``[all]``."""

    def make(extras):
        folder = tmp_path_factory.mktemp("environment")
        venv.create(folder, with_pip=True)
        [wheel] = built.glob("*.whl")
        requirement = f"pageschema{extras} @ {wheel.as_uri()}"
        subprocess.run([folder / "bin" / "python", "-m", "pip", "install", "-q", requirement], check=True, cwd=folder)
        return folder

    return make


@pytest.fixture(scope="session")
def environment_of_all(environment_with):
    return environment_with("[all]")


@pytest.fixture(scope="session")
def bare_environment(environment_with):
    return environment_with("")


@pytest.fixture
def folder(tmp_path):
    """A project of a user: a model, its setting, and extractions."""
    (tmp_path / "models.py").write_text(MODEL)
    (tmp_path / "pyproject.toml").write_text('[tool.pageschema.models]\ninvoice = "models:Invoice"\n')
    (tmp_path / "result.json").write_text('{"total": 12.5, "total_citations": ["/page/0/Text/1"]}')
    (tmp_path / "broken.json").write_text('{"total": "12,50"}')
    (tmp_path / "stored.jsonl").write_text('{"total": 12.5}\n{"total": 7}\n')
    return tmp_path


@pytest.fixture
def installed(environment_of_all, folder):
    return Installed(environment_of_all, folder)


@pytest.fixture
def bare(bare_environment, folder):
    return Installed(bare_environment, folder)
