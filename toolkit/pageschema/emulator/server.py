"""Serving the emulator on the loopback interface, in a thread for tests or in the foreground for people."""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self, Unpack

from pageschema.emulator.behaviour import HONEST, Behaviour
from pageschema.emulator.faults import find_fault
from pageschema.emulator.options import Given, Options, RateLimit
from pageschema.emulator.store import Store
from pageschema.errors import InvalidConfiguration, MissingExtra

if TYPE_CHECKING:
    from fastapi import FastAPI

EMULATOR_KEY = "emulator-key-not-a-secret"
HOST = "127.0.0.1"
Lifespan = Literal["auto", "off"]


def create_app(
    *,
    faults: Iterable[str] = (),
    api_key: str = EMULATOR_KEY,
    **options: Unpack[Given],
) -> FastAPI:
    """Return the emulator as an ASGI application with a memory of its own.

    Args:
        faults: Names of faults to have, applied in this order.
        api_key: The one key that opens it.
        options: Members of `Options`, such as ``polls``, ``latency`` or ``rate_limit``.

    Raises:
        InvalidConfiguration: There is no fault of that name, or an option makes no sense.
        MissingExtra: FastAPI, python-multipart or uvicorn is not installed.
    """
    behaviour: Behaviour = HONEST
    for name in faults:
        behaviour = find_fault(name).apply(behaviour)
    _require_packages()
    from pageschema.emulator.app import build
    from pageschema.emulator.wire import Emulation

    told = Options(**options)
    return build(
        Emulation(
            behaviour=behaviour,
            store=Store(behaviour.pick),
            api_key=api_key,
            options=told,
            limit=RateLimit(told.rate_limit) if told.rate_limit is not None else None,
        )
    )


class Emulator:
    """The emulator as a context manager: it serves on entry, in a thread of its own, and is gone on exit.

    ::

        with Emulator() as emulator:
            httpx.post(emulator.base_url + "/api/v1/extract", headers={"X-API-Key": emulator.api_key}, …)

    It takes what `create_app` takes.
    """

    def __init__(
        self,
        *,
        faults: Iterable[str] = (),
        port: int = 0,
        api_key: str = EMULATOR_KEY,
        **options: Unpack[Given],
    ) -> None:
        self.api_key = api_key
        self._port = port
        self._faults = tuple(faults)
        self._options = options
        self._base_url: str | None = None
        self._stop: Callable[[], None] | None = None

    @property
    def base_url(self) -> str:
        """Scheme, host and port, without a slash at the end; known once the emulator serves."""
        if self._base_url is None:
            raise RuntimeError("the emulator serves only inside its 'with' block")
        return self._base_url

    def __enter__(self) -> Self:
        app = create_app(faults=self._faults, api_key=self.api_key, **self._options)
        bound = _bind(self._port)
        self._base_url = _url(bound)
        self._stop = _start(app, bound)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stop is not None:
            self._stop()
        self._base_url = self._stop = None


def serve(
    *,
    faults: Iterable[str] = (),
    port: int = 0,
    api_key: str = EMULATOR_KEY,
    ready: Callable[[str], None] | None = None,
    **options: Unpack[Given],
) -> None:
    """Serve the emulator until it is interrupted.

    Args:
        faults: Names of faults to have.
        port: 0 for any free one.
        api_key: The one key that opens it.
        ready: Called with the base URL when connections are taken.
        options: Members of `Options`.

    Raises:
        InvalidConfiguration: There is no fault of that name, or the port is taken.
        MissingExtra: FastAPI, python-multipart or uvicorn is not installed.
    """
    app = create_app(faults=faults, api_key=api_key, **options)
    bound = _bind(port)
    server = _server(app, lambda: ready(_url(bound)) if ready else None)
    try:
        server.run(sockets=[bound])
    except KeyboardInterrupt:
        pass  # uvicorn has shut down and raises the signal once more.
    finally:
        bound.close()


@contextlib.contextmanager
def served(app: Any) -> Iterator[str]:
    """Serve any ASGI application on a free port of the loopback interface, in a thread, and yield its base URL.

    Raises:
        InvalidConfiguration: Its lifespan does not start.
        MissingExtra: uvicorn is not installed.
    """
    try:
        import uvicorn  # noqa: F401
    except ImportError as error:
        raise MissingExtra("serving an ASGI application", extra="emulator") from error
    bound = _bind(0)
    url = _url(bound)
    stop = _start(app, bound, lifespan="auto")
    try:
        yield url
    finally:
        stop()


def _bind(port: int) -> socket.socket:
    # With the protocol named, asyncio turns Nagle's algorithm off; without, each answer would wait 40 ms for an ACK.
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((HOST, port))
    except (OSError, OverflowError) as error:
        bound.close()
        raise InvalidConfiguration(
            f"port {port} cannot be used: {getattr(error, 'strerror', None) or error}",
            remedy="choose another, or 0 for any free one",
        ) from error
    return bound


def _url(bound: socket.socket) -> str:
    host, port = bound.getsockname()
    return f"http://{host}:{port}"


def _start(app: Any, bound: socket.socket, *, lifespan: Lifespan = "off") -> Callable[[], None]:
    """Serve in a thread, wait until connections are taken, and return what stops it."""
    serving = threading.Event()
    server = _server(app, serving.set, lifespan=lifespan)

    def run() -> None:
        try:
            with contextlib.suppress(SystemExit):  # Newer uvicorn ends so where a lifespan does not start.
                server.run(sockets=[bound])
        finally:
            serving.set()
            bound.close()

    thread = threading.Thread(target=run, name="pageschema-emulator", daemon=True)

    def stop() -> None:
        server.force_exit = lifespan == "off"  # Forced, it would not tell the application that it ends.
        server.should_exit = True
        thread.join()

    thread.start()
    serving.wait()
    if not server.started:
        stop()
        raise InvalidConfiguration("the application does not start", remedy="see why with: uvicorn package.module:app")
    return stop


def _server(app: Any, on_serving: Callable[[], object], *, lifespan: Lifespan = "off") -> Any:
    import uvicorn

    # It warns of every malformed body; where nothing is set up for logging, that would end on standard error.
    logging.getLogger("python_multipart").addHandler(logging.NullHandler())

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets=sockets)
            on_serving()

    return Server(
        uvicorn.Config(
            app,
            lifespan=lifespan,
            log_config=None,  # The logging of the program around it is left alone.
            log_level="critical",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=1,  # From Python 3.12 on, closing waits for connections left unanswered.
        )
    )


def _require_packages() -> None:
    try:
        import fastapi  # noqa: F401
        import python_multipart  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError as error:
        raise MissingExtra("the emulator", extra="emulator") from error
