"""The pytest plugin's cold half: pytest imports it in every project of its environment, so it imports nothing of ours.

`pageschema.pytest_plugin` is imported when ``--pageschema`` is given, or a fixture is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pageschema.client import ExtractClient
    from pageschema.emulator import Emulator


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options, in a group of their own."""
    group = parser.getgroup("pageschema", "extraction schemas and their contract")
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
        "--pageschema-max-requests", type=int, metavar="N", help="requests of the contract run (default: 500)"
    )
    group.addoption("--pageschema-report", metavar="FILE", help="write the contract run as JSON to this file")


def pytest_configure(config: pytest.Config) -> None:
    """Bring in the warm half where it is asked for."""
    config.addinivalue_line("markers", "pageschema: a test that pageschema collected (schemas, clauses, checks)")
    if config.getoption("--pageschema"):
        from pageschema import pytest_plugin

        config.pluginmanager.register(pytest_plugin.Collection(config), "pageschema-collection")


@pytest.fixture(scope="session")
def _pageschema_emulator() -> Iterator[Emulator]:
    from pageschema.emulator import Emulator

    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def extract_emulator(request: pytest.FixtureRequest) -> Iterator[Emulator]:
    """Serve the extract API on this machine: `.base_url`, `.api_key`.

    One emulator serves the whole session. Parametrised indirectly with names of faults, a test gets one of its own with
    these bugs switched on.
    """
    faults: Any = getattr(request, "param", ())
    if not faults:
        yield request.getfixturevalue("_pageschema_emulator")
        return
    from pageschema.emulator import Emulator

    with Emulator(faults=(faults,) if isinstance(faults, str) else tuple(faults)) as emulator:
        yield emulator


@pytest.fixture
def extract_client(extract_emulator: Emulator) -> Iterator[ExtractClient]:
    """Give a client of the emulator that the test uses."""
    from pageschema.client import ExtractClient

    with ExtractClient(extract_emulator.base_url, api_key=extract_emulator.api_key) as client:
        yield client


@pytest.fixture(scope="session")
def check_extraction() -> Callable[..., None]:
    """Give a function that fails the test where an extraction does not fit its schema.

    ``check_extraction(result, schema, strict=False)``: a whole result or a bare extraction; a page schema, a Pydantic
    model, a JSON Schema as dict, or the name of a frozen schema (``"invoice"``, ``"invoice@1.0.0"``).
    """
    from pageschema.pytest_plugin import check_against

    return check_against
