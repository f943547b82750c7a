"""A client that calls the emulator's application in this process: the same requests and answers, and no waiting."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from pageschema.client import ExtractClient, json_body
from pageschema.client.sending import BUSY
from pageschema.contract import Exchange, Response

ORIGIN = "http://127.0.0.1:1"


class InProcess(ExtractClient):
    """Sends what `ExtractClient` sends, by ASGI. An application that falls silent is past the deadline at once."""

    def __init__(self, app, api_key):
        super().__init__(ORIGIN, api_key=api_key)
        self._app = app
        self._loop = asyncio.new_event_loop()
        # A browser in the same process may have a loop of its own running in the main thread.
        self._thread = ThreadPoolExecutor(max_workers=1)

    def close(self):
        self._thread.shutdown()
        self._loop.close()
        super().close()

    def send(self, request):
        path, _, query = request.path.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": request.method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [
                (b"host", ORIGIN.removeprefix("http://").encode()),
                (b"content-length", str(len(request.body)).encode()),
                *((name.lower().encode(), self._key.reveal(value)) for name, value in request.headers),
            ],
            "client": ("127.0.0.1", 2),
            "server": ("127.0.0.1", 1),
        }
        told = []
        left = False
        came = [{"type": "http.disconnect"}, {"type": "http.request", "body": request.body, "more_body": False}]

        async def receive():
            nonlocal left
            left = left or (len(came) == 1 and not told)
            return came.pop() if len(came) > 1 else came[0]

        async def send(message):
            told.append(message)

        self._thread.submit(self._loop.run_until_complete, self._app(scope, receive, send)).result()
        if left or not told:
            return Exchange(request=request, fault="no whole answer within 1 s")
        headers = told[0]["headers"]
        body = b"".join(message.get("body", b"") for message in told[1:])
        if any(name == b"content-length" and int(value) != len(body) for name, value in headers):
            return Exchange(request=request, fault="the connection broke (RemoteProtocolError)")
        shown = [self._key.mask(text) for pair in headers for text in pair]
        masked = self._key.mask(body)
        return Exchange(
            request=request,
            response=Response(
                status=told[0]["status"],
                headers=tuple(
                    (name.decode("latin-1"), value.decode("latin-1"))
                    for name, value in zip(shown[::2], shown[1::2], strict=True)
                ),
                body=masked,
                echoed_key=(masked, shown) != (body, [text for pair in headers for text in pair]),
            ),
        )

    def poll(self, path, *, finished, patience):
        for _ in range(20):
            exchange = self.get(path)
            yield exchange
            if exchange.response is None:
                return
            if exchange.response.status not in BUSY:
                value = json_body(exchange)
                if exchange.response.status != 200 or value is None or finished(value):
                    return
