"""The built wheel, installed in an environment of its own, used from a folder of its own."""

import subprocess
import sys
import venv
from pathlib import Path

import pytest

pytestmark = pytest.mark.package
ROOT = Path(__file__).parents[2]
MODEL = """\
from pydantic import BaseModel, Field


class Invoice(BaseModel):
    \"\"\"An invoice.\"\"\"

    total: float = Field(description="Amount due.")
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT)], check=True, cwd=folder
    )
    [wheel] = folder.glob("*.whl")
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / "bin" / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "-q", f"pageschema[all] @ {wheel.as_uri()}"], check=True, cwd=folder
    )
    return folder


def test_every_command_works_on_a_users_own_project(installed, tmp_path):
    (tmp_path / "models.py").write_text(MODEL)
    (tmp_path / "pyproject.toml").write_text('[tool.pageschema.models]\ninvoice = "models:Invoice"\n')
    (tmp_path / "result.json").write_text('{"total": 12.5, "total_citations": ["/page/0/Text/1"]}')
    (tmp_path / "broken.json").write_text('{"total": "12,50"}')
    program = installed / "venv" / "bin" / "pageschema"

    def run(*arguments, expected=0):
        done = subprocess.run([program, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == expected, (arguments, done.stdout, done.stderr)
        return done.stdout

    assert '"properties"' in run("generate", "models:Invoice")
    run("lint")
    run("status", expected=1)
    assert "1.0.0" in run("freeze")
    run("status")
    run("diff", "invoice")
    assert "1.0.0" in run("log", "invoice")
    assert "1 pending" in run("push", "--dry-run")
    run("pull", "--base-url", "http://127.0.0.1:9", expected=2)
    run("check", "result.json", "--schema", "invoice")
    run("check", "broken.json", "--schema", "invoice", expected=1)
    run("fuzz", "--max-requests", "60")
    run("fuzz", "--max-requests", "60", "--fault", "accepts-no-source", expected=1)
    run("replay", "broken-accepted.source-required")
    assert "documented" in run("explain", "schema-exclusive")
    assert "all is well" in run("verify", "--max-requests", "60", "--report", "report.html")
    assert "all is well" in (tmp_path / "report.html").read_text("utf-8")
    assert "3 pages" in run("docs")
    (tmp_path / "test_mine.py").write_text(
        "def test_mine(extract_emulator, check_extraction):\n"
        "    assert extract_emulator.base_url\n"
        "    check_extraction({'total': 1}, 'invoice')\n"
    )
    python = installed / "venv" / "bin" / "python"
    tests = subprocess.run(
        [python, "-m", "pytest", "-q", "--pageschema", "--pageschema-max-requests=60"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert tests.returncode == 0, tests.stdout
