"""Between HTTP and the values inside: the route that reads forms, the key, refusals and answers."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import FastAPI, HTTPException, Request, Response, Security
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from fastapi.security import APIKeyHeader
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException as StarletteHTTPException

from pageschema import jsontext
from pageschema.emulator.behaviour import Behaviour, Visit
from pageschema.emulator.options import Options, RateLimit
from pageschema.emulator.rules import WRONG_KEY
from pageschema.emulator.store import Store
from pageschema.emulator.submission import Answer, Refusal

KEY_HEADER = "X-API-Key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Emulation:
    """One emulator: how it behaves and what it remembers. `limit` is the rate that it holds to, if it does."""

    behaviour: Behaviour
    store: Store
    api_key: str
    options: Options
    limit: RateLimit | None


class Halt(HTTPException):
    """Ends a request with a refusal, from where only an exception can."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.status)
        self.refusal = refusal


class FormRoute(APIRoute):
    """A route whose form passes through the behaviour before FastAPI validates it."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap FastAPI's handler, as its documentation does to read gzipped bodies."""
        handle = super().get_route_handler()

        async def read(request: Request) -> Response:
            return await handle(_FormRequest(request.scope, request.receive))

        return read


class _FormRequest(Request):
    async def form(self, **limits: Any) -> FormData:  # type: ignore[override]  # FastAPI only awaits it.
        behaviour = emulation(self).behaviour
        form = await super().form(**limits)
        content_type = self.headers.get("content-type", "")
        if not form and not content_type.startswith(("multipart/", "application/x-www-form-urlencoded")):
            read = behaviour.read_body(content_type, await self.body())
            form = form if read is None else FormData(list(read))
        parts = behaviour.read_form(form.multi_items())
        if isinstance(parts, Refusal):
            await form.close()
            raise Halt(parts)
        return FormData(list(parts))


def emulation(request: Request) -> Emulation:
    """Return the emulator that a request came to."""
    found = request.app.state.emulation
    assert isinstance(found, Emulation)  # noqa: S101 - tells the type checker.
    return found


async def require_key(  # Not async, it would cost a thread hop a request.
    request: Request, key: Annotated[str | None, Security(APIKeyHeader(name=KEY_HEADER, auto_error=False))]
) -> None:
    """Refuse a request without the right key (a missing one is worded like a wrong one), or too many of them."""
    here = emulation(request)
    if here.options.latency:
        await here.options.sleep(here.options.latency)
    if not here.behaviour.knows_key(visit(request, key), here.api_key):
        raise Halt(Refusal(status=401, detail=WRONG_KEY, rule="api-key"))
    endpoint = "/".join(request.url.path.split("/")[:4])
    wait = here.limit.wait(endpoint, here.options.clock()) if here.limit is not None else 0
    if wait:
        detail = f"Rate limit exceeded for endpoint {endpoint}"
        raise Halt(Refusal(status=429, detail=detail, rule="rate-limit", headers={"Retry-After": str(wait)}))


def visit(request: Request, key: str | None = None) -> Visit:
    """Return what is seen of a request before it is read."""
    return Visit(method=request.method, path=request.url.path, key=key or request.headers.get(KEY_HEADER))


def origin(request: Request) -> str:
    """Return scheme, host and port under which the client reached the emulator."""
    return str(request.base_url).rstrip("/")


def reply(request: Request, answer: Answer | Refusal) -> Response:
    """Write an answer, or what the behaviour makes of a refusal."""
    if isinstance(answer, Refusal):
        answer = emulation(request).behaviour.refuse(answer, request.headers.get(KEY_HEADER))
    answer = emulation(request).behaviour.answer(answer, visit(request))
    headers = dict(answer.headers)
    if answer.media_type is not None:
        return Response(answer.content, answer.status, headers, media_type=answer.media_type)
    # Half of a surrogate pair gets into strings by way of charset=utf-7: jsontext can write it, JSONResponse cannot.
    return Response(jsontext.dumps(answer.content, indent=None), answer.status, headers, media_type="application/json")


def handle_refusals(app: FastAPI) -> None:
    """Put every refusal, the framework's own included, the way the behaviour puts them."""

    async def refuse(request: Request, error: Exception) -> Response:
        if isinstance(error, Halt):
            return reply(request, error.refusal)
        assert isinstance(error, StarletteHTTPException)  # noqa: S101 - tells the type checker.
        return reply(request, Refusal(status=error.status_code, detail=error.detail, headers=dict(error.headers or {})))

    async def refuse_types(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101 - tells the type checker.
        return reply(request, Refusal(status=422, detail=[_wrong_type(each) for each in error.errors()]))

    app.add_exception_handler(StarletteHTTPException, refuse)
    app.add_exception_handler(RequestValidationError, refuse_types)


def _wrong_type(error: Any) -> dict[str, Any]:
    """Return one error as upstream shows it: with an ``input``, which FastAPI's own writer fails on for an upload.

    Source: DD/platform/errors.
    """
    received = error.get("input")
    worded = {"type": error["type"], "loc": list(error["loc"]), "msg": error["msg"]}
    if isinstance(received, str):
        worded["input"] = received if len(received) <= 200 else received[:199] + "…"
    elif received is None or isinstance(received, (bool, int)):
        worded["input"] = received
    return worded
