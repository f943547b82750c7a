"""Schemathesis on the same endpoint, for `bench/fuzz.py`: by the bare contract, and by the overlay in plain OpenAPI.

It is run as a program of its own: `pip install schemathesis` in any environment, and name its command in SCHEMATHESIS.
"""

from __future__ import annotations

import copy
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pageschema.contract import EXTRACT_PATH, Contract
from pageschema.emulator import EMULATOR_KEY, create_app, served

RESULT_PATH = EXTRACT_PATH + "/{request_id}"
_FINDING = re.compile(r"^- (.+)$", re.MULTILINE)


@dataclass(slots=True, kw_only=True)
class Seen:
    """What reached the emulator: exchanges, submissions, and those that were taken."""

    exchanges: int = 0
    posts: int = 0
    taken: int = 0
    findings: set[str] = field(default_factory=set)
    seconds: float = 0.0


def command() -> str | None:
    """Return the command of Schemathesis, or None where there is none."""
    return os.environ.get("SCHEMATHESIS") or shutil.which("st") or shutil.which("schemathesis")


def plain_openapi(contract: Contract, *, overlaid: bool) -> dict[str, Any]:
    """Return the document for Schemathesis: as published, or with the overlay's clauses as far as OpenAPI has words."""
    if not overlaid:
        return copy.deepcopy(contract.upstream)
    document = copy.deepcopy(contract.document)
    del document["components"]["schemas"]["DecodedExtractRequest"], document["webhooks"]
    document["paths"] = {path: document["paths"][path] for path in (EXTRACT_PATH, RESULT_PATH)}
    document["paths"][RESULT_PATH]["get"]["security"] = [{"APIKeyHeader": []}]
    operation = document["paths"][EXTRACT_PATH]["post"]
    operation["requestBody"]["required"] = True
    name = operation["requestBody"]["content"]["multipart/form-data"]["schema"]["$ref"].rpartition("/")[2]
    body = document["components"]["schemas"][name]
    for member in body["properties"].values():  # A form has no null.
        if "anyOf" in member:
            member.update(next(branch for branch in member.pop("anyOf") if branch.get("type") != "null"))
    said = body["properties"]
    said["page_schema"] |= {
        "contentMediaType": "application/json",
        "enum": [
            '{"type": "object", "properties": {"total": {"type": "number"}}}',
            '{"properties": {"lines": {"type": "array", "items": {"properties": {"a": {"type": "string"}}}}}}',
            '{"properties": {"Währung": {"type": "string"}}, "required": ["Währung"]}',
        ],
    }
    said["mode"]["enum"] = ["fast", "balanced", "accurate"]
    said["extraction_mode"]["enum"] = ["fast", "balanced"]
    said["output_format"]["enum"] = ["markdown", "html", "json"]
    said["max_pages"] |= {"minimum": 1, "maximum": 7000}
    said["page_range"]["enum"] = ["0", "0-0"]
    for unknown in ("schema_id", "schema_version", "checkpoint_id", "webhook_url", "model_override_settings"):
        del said[unknown]
    said["file_url"]["enum"] = ["https://files.example.com/invoice.pdf"]
    said["processing_location"]["enum"] = ["us", "eu"]
    body |= {
        "required": ["page_schema"],
        "oneOf": [{"required": ["file"], "not": {"required": ["processing_location"]}}, {"required": ["file_url"]}],
        "additionalProperties": False,
    }
    return document


def run(contract: Contract, faults: tuple[str, ...], *, overlaid: bool, posts: int, seconds: float) -> Seen:
    """Run Schemathesis until it has sent so many submissions or so much time has passed; it finishes what it is at."""
    seen = Seen()
    program = command()
    assert program is not None
    with tempfile.TemporaryDirectory() as folder, served(_Counter(create_app(faults=faults, polls=0), seen)) as url:
        document = Path(folder, "openapi.json")
        document.write_text(json.dumps(plain_openapi(contract, overlaid=overlaid)), "utf-8")
        out = Path(folder, "out.txt")
        line = [program, "run", str(document), "--url", url, "--header", f"X-API-Key: {EMULATOR_KEY}", "--seed", "1"]
        line += ["--max-examples", str(posts), "--continue-on-failure", "--no-color"]
        with out.open("w") as stream, subprocess.Popen(line, stdout=stream, stderr=stream, cwd=folder) as process:
            while not seen.exchanges and process.poll() is None:
                time.sleep(0.01)  # Starting is not counted.
            started = time.perf_counter()
            while process.poll() is None and seen.posts < posts and time.perf_counter() - started < seconds:
                time.sleep(0.02)
            seen.seconds = time.perf_counter() - started
            counted = Seen(exchanges=seen.exchanges, posts=seen.posts, taken=seen.taken, seconds=seen.seconds)
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
            process.wait(60)
        counted.findings = set(_FINDING.findall(out.read_text("utf-8")))
    return counted


class _Counter:
    """Counts what passes to the application behind it."""

    def __init__(self, app: Any, seen: Seen) -> None:
        self._app = app
        self._seen = seen

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        post = scope["type"] == "http" and (scope["method"], scope["path"]) == ("POST", EXTRACT_PATH)
        self._seen.exchanges += scope["type"] == "http"
        self._seen.posts += post

        async def watch(message: Any) -> None:
            self._seen.taken += post and message.get("status") == 200
            await send(message)

        await self._app(scope, receive, watch)
