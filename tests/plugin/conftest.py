"""A user's project with models and frozen versions, and pytest run in it as the user would, in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

MODEL = '''\
from pydantic import BaseModel, Field


class Invoice(BaseModel):
    """An invoice."""

    number: str = Field(description="Invoice number as printed.")
    total: float = Field(description="Amount due.")
'''
MODELS = ("changed", "deleted", "drifted", "gone", "invoice", "wrong")
FREEZE = """\
from pageschema.project.project import Project

project = Project.here()
for name in project.targets:
    project.registry.publish(project.generate(name), name=name, version="1.0.0")
"""
RECORDER = """\
import json

REPORTS = {}


def pytest_runtest_logreport(report):
    if report.when == "call" or not report.passed:
        REPORTS[report.nodeid] = {"outcome": report.outcome, "file": report.location[0], "line": report.location[1]}


def pytest_sessionfinish(session):
    if not hasattr(session.config, "workerinput"):
        (session.config.rootpath / "reports.json").write_text(json.dumps(REPORTS))
"""
UNINVOLVED = ("-p", "no:hypothesispytest", "-p", "no:anyio")
"""Plugins that others bring along, slow to start."""


@dataclass
class Ran:
    """What a run of pytest in the user's project came to. `items` holds the report of each item, in order."""

    code: int
    out: str
    err: str
    items: dict[str, dict]

    @property
    def verdicts(self) -> dict[str, str]:
        return {nodeid: item["outcome"] for nodeid, item in self.items.items()}

    @property
    def failed(self) -> list[str]:
        return [nodeid for nodeid, verdict in self.verdicts.items() if verdict == "failed"]


class UserProject:
    """The user's project, which a test may spoil."""

    def __init__(self, pytester: pytest.Pytester, template: Path) -> None:
        self.root = pytester.path
        self._pytester = pytester
        shutil.copytree(template, self.root, dirs_exist_ok=True)

    def pytest(self, *arguments: str, folder: Path | None = None) -> Ran:
        """Run pytest in *folder*, by default the root; in order unless *arguments* say otherwise."""
        self._pytester.chdir() if folder is None else os.chdir(folder)
        order = () if any("randomly" in argument for argument in arguments) else ("-p", "no:randomly")
        reports = self.root / "reports.json"
        reports.unlink(missing_ok=True)
        done = self._pytester.runpytest_subprocess(*UNINVOLVED, *order, *arguments, timeout=120)
        out, err = done.stdout.str(), done.stderr.str()
        assert "Traceback" not in out + err
        assert "pageschema/pytest_plugin" not in out + err
        items = json.loads(reports.read_text()) if reports.exists() else {}
        return Ran(code=int(done.ret), out=out, err=err, items=items)

    def collect(self, *arguments: str, requests: int = 20, folder: Path | None = None) -> Ran:
        """Run pytest with the project's own items; few requests do where the endpoint is not the question."""
        return self.pytest("--pageschema", f"--pageschema-max-requests={requests}", *arguments, folder=folder)

    def path(self, name: str) -> Path:
        return self.root / name

    def change(self, name: str, old: str, new: str) -> None:
        """Replace *old* by *new* in a file."""
        text = self.path(name).read_text(encoding="utf-8")
        assert old in text
        self.path(name).write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> Path:
    """A project of several schemas, each with a model and a frozen version; lint refuses `wrong`, the rest is well."""
    root = tmp_path_factory.mktemp("template")
    (root / "billing").mkdir()
    (root / "billing" / "__init__.py").touch()
    for name in MODELS:
        (root / "billing" / f"{name}.py").write_text(MODEL)
    with (root / "billing" / "wrong.py").open("a") as file:
        file.write('    model_config = {"json_schema_extra": {"required": ["nobody"]}}\n')
    models = "".join(f'{name} = "billing.{name}:Invoice"\n' for name in MODELS)
    (root / "pyproject.toml").write_text(f"[tool.pageschema.models]\n{models}\n[tool.pytest.ini_options]\n")
    (root / "conftest.py").write_text(RECORDER)
    (root / "test_own.py").write_text("def test_own():\n    pass\n")
    subprocess.run([sys.executable, "-c", FREEZE], check=True, cwd=root)
    return root


@pytest.fixture(scope="module")
def runs() -> dict[str, Ran]:
    """Runs that several tests of a module look at: the first that needs one leaves it here."""
    return {}


@pytest.fixture
def user(pytester, template) -> UserProject:
    return UserProject(pytester, template)


@pytest.fixture(scope="session", autouse=True)
def whole_emulator():
    """Use the emulator once, before any test: `pytester` forgets every module first imported during a test of its own.

    Were the emulator's framework among them, later tests would meet a second copy of it.
    """
    from pageschema.client import ExtractClient
    from pageschema.emulator import Emulator
    from pageschema.schema import PageSchema
    from pageschema.strategies import UPLOADS

    schema = PageSchema.from_value({"type": "object", "properties": {"total": {"type": "number"}}})
    with Emulator() as emulator, ExtractClient(emulator.base_url, api_key=emulator.api_key) as client:
        client.extract(schema, UPLOADS[0]["content"])
