"""A user's project in a folder of its own, and the installed program run in it."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

MODEL = '''\
from datetime import date

from pydantic import BaseModel, Field


class LineItem(BaseModel):
    """One position."""

    description: str = Field(description="What was sold.")
    amount: float = Field(description="Line total without tax.")


class Invoice(BaseModel):
    """An invoice."""

    number: str = Field(description="Invoice number as printed.")
    issued: date = Field(description="Date of issue.")
    total: float = Field(description="Amount due.")
    items: list[LineItem] = Field(description="Every position, in order.")
    note: str | None = Field(default=None, description="Free text under the table.")
'''
RESULT = {
    "status": "complete",
    "success": True,
    "extraction_schema_json": json.dumps(
        {
            "number": "0042",
            "number_citations": ["/page/0/Text/3"],
            "issued": "2026-11-24",
            "total": 12.5,
            "items": [{"description": "Bolts", "amount": 12.5, "amount_citations": ["/page/0/Table/1"]}],
            "note": None,
        }
    ),
}


@dataclass
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


class UserProject:
    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "billing").mkdir()
        (root / "billing" / "__init__.py").touch()
        self.model = root / "billing" / "models.py"
        self.model.write_text(MODEL)
        (root / "pyproject.toml").write_text('[tool.pageschema.models]\ninvoice = "billing.models:Invoice"\n')

    def run(self, *arguments: str, stdin: str = "", env: dict[str, str] | None = None) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "pageschema", *arguments],
            check=False,
            cwd=self.root,
            capture_output=True,
            text=True,
            encoding="utf-8",
            input=stdin,
            env={**os.environ, **(env or {})},
            timeout=120,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Ran(done.returncode, done.stdout, done.stderr)

    def change(self, old: str, new: str) -> None:
        text = self.model.read_text()
        assert old in text
        self.model.write_text(text.replace(old, new))

    def write(self, name: str, value) -> str:
        text = value if isinstance(value, str) else json.dumps(value)
        (self.root / name).write_text(text, encoding="utf-8")
        return name

    def frozen(self) -> dict[str, str]:
        folder = self.root / "schemas" / "invoice"
        return {path.name: path.read_text() for path in sorted(folder.iterdir())} if folder.is_dir() else {}


@pytest.fixture
def project(tmp_path) -> UserProject:
    return UserProject(tmp_path)


@pytest.fixture
def result() -> dict:
    """A whole result whose extraction fits the model above."""
    return copy.deepcopy(RESULT)


@pytest.fixture
def frozen_project(project) -> UserProject:
    assert project.run("freeze").code == 0
    return project
