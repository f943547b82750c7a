"""What is built for the index, installed in environments of its own, used from a folder of its own."""

import tarfile
import zipfile

import pytest

pytestmark = pytest.mark.package


def test_every_command_works_on_a_users_own_project(installed):
    run, folder = installed.run, installed.folder
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
    assert "2 extractions" in run("audit", "stored.jsonl", "--schema", "invoice", "--workers", "0")
    run("fuzz", "--max-requests", "60")
    run("fuzz", "--max-requests", "60", "--fault", "accepts-no-source", expected=1)
    run("replay", "broken-accepted.source-required")
    assert "documented" in run("explain", "schema-exclusive")
    [upstream] = installed.bin.parent.glob("lib/*/site-packages/pageschema/contracts/datalab/openapi.yaml")
    run("contract", "diff", str(upstream))
    assert "all is well" in run("verify", "--max-requests", "60", "--report", "report.html")
    assert "all is well" in (folder / "report.html").read_text("utf-8")
    assert "3 pages" in run("docs")
    assert "no fault" in run("emulator", "--fault", "nothing", expected=2)
    assert installed.used | {"init"} == installed.commands()


def test_the_plugin_collects_and_its_fixtures_serve(installed):
    installed.run("freeze")
    (installed.folder / "test_mine.py").write_text(
        "def test_mine(extract_emulator, check_extraction):\n"
        "    assert extract_emulator.base_url\n"
        "    check_extraction({'total': 1}, 'invoice')\n"
    )
    tests = installed.execute("pytest", "-q", "--pageschema", "--pageschema-max-requests=60")
    assert tests.returncode == 0, tests.stdout


def test_init_begins_in_a_project_without_any_extra(bare):
    (bare.folder / "pyproject.toml").write_text("")
    assert "frozen as 1.0.0" in bare.run("init")
    assert 'invoice = "models.py:Invoice"' in (bare.folder / "pyproject.toml").read_text()
    assert "no findings" in bare.run("lint")
    assert "1 current" in bare.run("status")
    assert "3 pages" in bare.run("docs")
    bare.run("check", "result.json", "--schema", "invoice")


@pytest.mark.parametrize(
    ("arguments", "extra"),
    [
        (["emulator"], "emulator"),
        (["fuzz"], "emulator"),
        (["verify"], "emulator"),
        (["audit", "stored.jsonl", "--schema", "models:Invoice"], "audit"),
        (["audit", "stored.jsonl", "--schema", "models:Invoice", "--scheduler", "tcp://127.0.0.1:9"], "dask"),
    ],
)
def test_a_command_that_needs_an_extra_says_which(bare, arguments, extra):
    assert f"pip install 'pageschema[{extra}]'" in bare.run(*arguments, expected=2)


def test_the_plugin_skips_the_endpoint_without_the_emulator(bare):
    bare.run("freeze")
    tests = bare.execute("pytest", "-q", "--pageschema")
    assert tests.returncode == 0, tests.stdout
    assert "pip install 'pageschema[emulator]'" in tests.stdout


def test_a_test_that_wants_the_emulator_says_how_to_have_it(bare):
    (bare.folder / "test_mine.py").write_text("def test_mine(extract_client):\n    assert extract_client\n")
    tests = bare.execute("pytest", "-q")
    assert tests.returncode == 1, tests.stdout
    assert "pip install 'pageschema[emulator]'" in tests.stdout
    assert "Error" not in tests.stdout


def test_python_runs_the_program_as_a_module(bare):
    shown = bare.execute("python", "-m", "pageschema", "--help")
    assert (shown.returncode, shown.stdout) == (0, bare.execute("pageschema", "--help").stdout)


def test_what_is_built_holds_the_program_and_nothing_of_the_workshop(built):
    [wheel], [source] = built.glob("*.whl"), built.glob("*.tar.gz")
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {
        "pageschema",
        "_pageschema_pytest.py",
    }
    assert "pageschema/py.typed" in names
    with tarfile.open(source) as archive:
        kept = {name.split("/")[1] for name in archive.getnames() if "/" in name}
    assert {"toolkit", "contracts", "tests", "docs", "pyproject.toml", "README.md", "LICENSE"} <= kept
    assert not kept & {".ci", ".venv", ".git", ".pageschema"}
