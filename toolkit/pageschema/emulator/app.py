"""The FastAPI application that stands in for Datalab's extract API."""

from typing import Any

from fastapi import FastAPI

from pageschema.emulator import endpoint, saved
from pageschema.emulator.wire import Emulation, handle_refusals


class _Application(FastAPI):
    """FastAPI, with the two places put back where the release that upstream runs writes another OpenAPI document."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Take a request for one of the method that the behaviour reads."""
        if scope["type"] == "http":
            read = self.state.emulation.behaviour.read_method(scope["method"], scope["path"])
            scope = {**scope, "method": read}
        await super().__call__(scope, receive, send)

    def openapi(self) -> dict[str, Any]:
        document = super().openapi()
        schemas = document["components"]["schemas"]
        for newer in ("input", "ctx"):  # Since 0.126; upstream still shows neither.
            schemas["ValidationError"]["properties"].pop(newer, None)
        upload = schemas["Body_extract_api_v1_extract_post"]["properties"]["file"]["anyOf"][0]
        if upload.pop("contentMediaType", None) is not None:  # JSON Schema's word, since 0.129, for OpenAPI 3.0's.
            upload["format"] = "binary"
        return document


def build(emulation: Emulation) -> FastAPI:
    """Return the application for one emulator; nothing is shared with another."""
    app = _Application(title="Datalab API", version="0.0.1", docs_url=None, redoc_url=None, redirect_slashes=False)
    app.state.emulation = emulation
    app.include_router(endpoint.router)
    app.include_router(endpoint.offloaded)
    app.include_router(saved.router)
    handle_refusals(app)
    return app
