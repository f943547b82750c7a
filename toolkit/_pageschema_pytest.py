"""The pytest plugin's cold half: pytest imports it in every project of its environment, so it imports nothing of ours.

`pageschema.pytest_plugin` is imported when ``--pageschema`` is given, or a fixture is used.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import pytest

if TYPE_CHECKING:
    from pageschema.client import ExtractClient
    from pageschema.emulator import Emulator

WITH_PAGESCHEMA = (
    "--pageschema-base-url",
    "--pageschema-max-requests",
    "--pageschema-report",
    "--pageschema-freeze",
)
"""Options that do nothing without ``--pageschema``."""
INTEGER: Literal["int", "string"] = "int" if pytest.version_tuple >= (8, 4) else "string"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options, in a group of their own, and the settings."""
    group = parser.getgroup("pageschema", "pageschema (extraction schemas and their contract)")
    group.addoption(
        "--pageschema",
        action="store_true",
        help="collect the project's models, frozen versions, clauses and checks as tests",
    )
    group.addoption(
        "--pageschema-base-url",
        metavar="URL",
        help="run the contract against this endpoint on this machine instead of the embedded emulator",
    )
    group.addoption(
        "--pageschema-max-requests", type=_count, metavar="N", help="requests of the contract run (default: 500)"
    )
    group.addoption("--pageschema-report", metavar="FILE", help="write the contract run as JSON to this file")
    group.addoption(
        "--pageschema-freeze",
        action="store_true",
        default=None,
        help="freeze the next version of each model found to have drifted; refused where the variable CI is set",
    )
    parser.addini("pageschema_collect", "as --pageschema: true or false", type="bool", default=False)
    parser.addini("pageschema_base_url", "as --pageschema-base-url", type="string", default=None)
    parser.addini("pageschema_max_requests", "as --pageschema-max-requests", type=INTEGER, default=None)
    parser.addini("pageschema_report", "as --pageschema-report, from the root folder on", type="string", default=None)


def pytest_configure(config: pytest.Config) -> None:
    """Bring in the warm half where it is asked for."""
    config.addinivalue_line(
        "markers",
        "pageschema(faults=[], **options): a test that pageschema collected (schemas, clauses, checks); on a test of"
        " yours, the bugs and options that its extract_emulator has",
    )
    if config.getoption("--pageschema") or config.getini("pageschema_collect"):
        from pageschema.pytest_plugin.collection import Collection

        config.pluginmanager.register(Collection(config), "pageschema-collection")
        return
    for option in WITH_PAGESCHEMA:
        if config.getoption(option) is not None:
            raise pytest.UsageError(f"{option} does nothing without --pageschema\n  add --pageschema")


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of requests: write 1 or more")
    return int(text)


@pytest.fixture(scope="session")
def _pageschema_emulator() -> Iterator[Emulator]:
    from pageschema.pytest_plugin.emulation import serving

    with serving((), {}) as emulator:
        yield emulator


@pytest.fixture
def extract_emulator(request: pytest.FixtureRequest) -> Iterator[Emulator]:
    """Serve the extract API on this machine: `.base_url`, `.api_key`.

    One emulator serves the whole session. A test marked with ``@pytest.mark.pageschema(faults=["never-completes"])``
    gets one of its own with these bugs; so does one parametrised indirectly with names of faults. The mark takes the
    options of `Emulator` too, such as ``polls=3``.
    """
    mark = request.node.get_closest_marker("pageschema")
    if mark and mark.args:
        pytest.fail("@pytest.mark.pageschema takes names\n  write @pytest.mark.pageschema(faults=[…])", pytrace=False)
    options: dict[str, Any] = dict(mark.kwargs) if mark else {}
    faults: Any = options.pop("faults", ())
    faults = getattr(request, "param", faults)
    if not faults and not options:
        yield request.getfixturevalue("_pageschema_emulator")
        return
    from pageschema.pytest_plugin.emulation import serving

    with serving(faults, options) as emulator:
        yield emulator


@pytest.fixture
def extract_client(extract_emulator: Emulator) -> Iterator[ExtractClient]:
    """Give a client of the emulator that the test uses."""
    from pageschema.client import ExtractClient

    with ExtractClient(extract_emulator.base_url, api_key=extract_emulator.api_key) as client:
        yield client


@pytest.fixture(scope="session")
def check_extraction(pytestconfig: pytest.Config) -> Callable[..., None]:
    """Give a function that fails the test where an extraction does not fit its schema.

    ``check_extraction(result, schema, strict=False)``: a whole result or a bare extraction; a page schema, a Pydantic
    model, a JSON Schema as dict, or the name of a frozen schema (``"invoice"``, ``"invoice@1.0.0"``).
    """
    from pageschema.pytest_plugin.extraction import check_against

    return partial(check_against, pytestconfig)
