import contextlib
import select
import socket
import sys
import threading

import pytest


@pytest.fixture(autouse=True)
def forgets_imports(tmp_path_factory, monkeypatch):
    """Forget what a test imported from its own folder: the next one may have other modules of the same names."""
    monkeypatch.setattr(sys, "path", [entry for entry in sys.path if entry])
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        places = [getattr(sys.modules[name], "__file__", None), *getattr(sys.modules[name], "__path__", ())]
        if any(str(place).startswith(str(tmp_path_factory.getbasetemp())) for place in places):
            del sys.modules[name]


@pytest.fixture
def serve():
    """Return what starts a raw server on loopback, gone when the test is over."""
    with contextlib.ExitStack() as running:
        yield lambda behave: running.enter_context(Provider(behave))


class Provider:
    """A raw socket on loopback: *behave* gets the provider, the connection and each request, and may say "close"."""

    def __init__(self, behave):
        self.requests = []
        self.connections = 0
        self._behave = behave
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._stopping = threading.Event()
        self.port = self._listening.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._threads = [threading.Thread(target=self._accept)]

    def __enter__(self):
        self._threads[0].start()
        return self

    def __exit__(self, *_):
        self._stopping.set()
        socket.create_connection(("127.0.0.1", self.port)).close()
        for thread in self._threads:
            thread.join()
        self._listening.close()

    def trickle(self, connection, pieces):
        """Send a piece a second until the other side, or the test, has had enough."""
        for piece in pieces:
            connection.sendall(piece)
            if self._stopping.wait(1):
                return

    def _accept(self):
        while True:
            connection, _ = self._listening.accept()
            if self._stopping.is_set():
                connection.close()
                return
            self.connections += 1
            thread = threading.Thread(target=self._serve, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection):
        with connection:
            try:
                while (request := self._read(connection)) is not None:
                    self.requests.append(request)
                    if self._behave(self, connection, request) == "close":
                        return
            except OSError:
                pass

    def _read(self, connection):
        received = b""
        while not _is_whole(received):
            ready, _, _ = select.select([connection], [], [], 0.05)
            if self._stopping.is_set():
                return None
            if ready:
                more = connection.recv(65536)
                if not more:
                    return None
                received += more
        return received


def _is_whole(received):
    head, found, body = received.partition(b"\r\n\r\n")
    length = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return bool(found) and (not length or len(body) >= int(length[0].split(b":")[1]))
