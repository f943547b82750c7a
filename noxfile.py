"""The menu of everything that can be run on this project: `nox -l`."""

from __future__ import annotations

import nox

nox.options.default_venv_backend = "venv"
nox.options.sessions = ["style", "types", "tests", "docs", "package"]

PYTHONS = ["3.11", "3.12", "3.13", "3.14"]


def install(session: nox.Session, *groups: str) -> None:
    """Install the project with every extra, and the dependency groups named."""
    session.install("--upgrade", "pip>=25.1")  # Older ones, such as that of a fresh environment, know no groups.
    session.install("-e", ".[all]", *(word for group in groups for word in ("--group", group)))


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the tests on each Python there is."""
    install(session, "test")
    session.run("pytest", *session.posargs)


@nox.session(python=PYTHONS[0])
def tests_lowest(session: nox.Session) -> None:
    """Run the tests with the oldest dependencies that pyproject.toml claims."""
    session.install("uv")
    session.run("uv", "pip", "install", "--resolution", "lowest-direct", "-e", ".[all]", "--group", "test")
    session.run("pytest", *session.posargs)


@nox.session
def types(session: nox.Session) -> None:
    """Check types strictly, in the code and in the file that uses it as users do."""
    install(session, "lint")
    session.run("mypy")
    session.run("mypy", "tests/typing/api.py")


@nox.session
def style(session: nox.Session) -> None:
    """Check style, format and layers."""
    install(session, "lint")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("lint-imports")


@nox.session
def docs(session: nox.Session) -> None:
    """Check that the generated pages are fresh and that every snippet runs."""
    install(session, "test")
    session.run("python", "docs/generate.py", "--check")
    session.run("pytest", "tests/docs")


@nox.session
def package(session: nox.Session) -> None:
    """Build the wheel, install it elsewhere, and run every command there."""
    install(session, "test")
    session.install("build")
    session.run("pytest", "-m", "package", "tests/packaging")


@nox.session
def own(session: nox.Session) -> None:
    """Keep this project's own schemas with the hooks, the plugin and verify, as a user would."""
    install(session, "test", "lint")
    session.run("pre-commit", "run", "--all-files")
    session.run("pytest", "--pageschema", "schemas")
    session.run("pageschema", "verify")


@nox.session
def bench(session: nox.Session) -> None:
    """Print how fast it is, as ratios within one run."""
    install(session)
    session.run("python", "bench/fuzz.py")
    session.run("python", "bench/startup.py")
    session.run("python", "bench/plugin.py")
    session.run("python", "bench/lint.py")
    session.run("python", "bench/check.py")


@nox.session
def sdk(session: nox.Session) -> None:
    """Run Datalab's published client against the emulator: it works end to end, and its known defects show."""
    install(session, "test")
    session.install("datalab-python-sdk==0.5.0")
    session.run("pytest", "tests/acceptance/test_sdk.py")


@nox.session
def extractions(session: nox.Session) -> None:
    """Draw 10,000 extractions of each schema, ours or those given: `nox -s extractions -- PATH`. All must be valid."""
    install(session)
    session.run("python", "bench/extractions.py", "--examples", "10000", *session.posargs)


@nox.session
def evolution(session: nox.Session) -> None:
    """Ask diff and every peer of the pairs with proven answers: right, wrong, unknown, and how fast."""
    install(session, "test")
    session.run("python", "bench/evolution.py", *session.posargs)


@nox.session
def containment(session: nox.Session) -> None:
    """Run the public containment suite, of which the path is given: `nox -s containment -- PATH`."""
    install(session, "test")
    session.run("python", "bench/containment.py", *session.posargs)


@nox.session
def pairs(session: nox.Session) -> None:
    """Hold 20,000 random pairs of schemas to the laws of comparing, and print what is left unknown, and why."""
    install(session, "test")
    session.run("python", "-m", "tests.pairs", *(session.posargs or ("--pairs", "20000")))
    session.run("pytest", "tests/pairs", env={"PAGESCHEMA_PAIRS": "1000"})


@nox.session
def matrix(session: nox.Session) -> None:
    """Switch on the emulator's faults one at a time, and none at all for 20,000 requests from 20 seeds."""
    install(session, "test")
    session.run("pytest", "tests/matrix/test_faults.py", env={"PAGESCHEMA_MATRIX": "1"})
