"""Correct providers, written apart from contract and emulator, in styles that the contract leaves open: no failure."""

import contextlib
import email
import itertools
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from pageschema.contract import Contract
from pageschema.fuzzing import fuzz
from pageschema.solver import Instance, find_instance

CONTRACT = Contract.load()
KEY = "provider-key-7d1f"
FIELDS = {
    "file_url", "checkpoint_id", "page_schema", "schema_id", "schema_version", "mode", "max_pages", "page_range",
    "output_format", "save_checkpoint", "skip_cache", "webhook_url", "processing_location", "workflowstepdata_id",
    "extraction_mode", "model_override_settings", "file",
}  # fmt: skip


class Refused(Exception):
    def __init__(self, status, detail):
        self.status, self.detail = status, detail


class Provider:
    """What all styles share: the rules that the page states, and a result for each request taken."""

    late = False
    refusal = 400
    polls = 1

    def __init__(self):
        self.numbers = itertools.count(1)
        self.results = {}
        self.polled = {}

    # ---- styles change these ----

    def integer(self, text):
        if not re.fullmatch(r"\s*[+-]?[0-9]+(\.0*)?\s*", text):
            raise Refused(self.refusal, "not a number")
        return int(float(text))

    def boolean(self, text):
        if text.lower() not in {"true", "false", "1", "0", "yes", "no", "on", "off"}:
            raise Refused(self.refusal, "not a boolean")
        return text.lower() in {"true", "1", "yes", "on"}

    def look_closer(self, form):
        """Refuse what this style does not like, where the contract is silent."""

    def check_url(self, host, request_id):
        return f"http://{host}/api/v1/extract/{request_id}"

    def result(self, schema, form):
        found = find_instance({**schema, "type": "object"})
        if not isinstance(found, Instance):
            return {"status": "failed", "success": False, "error": "cannot extract by this schema"}
        return {"status": "complete", "success": True, "extraction_schema_json": json.dumps(found.value)}

    def authenticate(self, headers):
        if headers.get("X-API-Key") != KEY:
            raise Refused(401, "Invalid API key provided.")

    # ---- the endpoint ----

    def submit(self, headers, body):
        self.authenticate(headers)
        request_id = f"r{next(self.numbers)}"
        try:
            schema, form = self.validate(headers, body)
            self.results[request_id] = self.result(schema, form)
        except Refused as refused:
            if not self.late:
                raise
            self.results[request_id] = {"status": "failed", "success": False, "error": refused.detail}
        return {
            "success": True,
            "request_id": request_id,
            "request_check_url": self.check_url(headers["Host"], request_id),
        }

    def poll(self, headers, request_id):
        self.authenticate(headers)
        if request_id not in self.results:
            raise Refused(404, "no such request")
        self.polled[request_id] = self.polled.get(request_id, 0) + 1
        return self.results[request_id] if self.polled[request_id] > self.polls else {"status": "processing"}

    def validate(self, headers, body):
        form = self.read_form(headers, body)
        self.look_closer(form)
        text = {name: value for name, value in form.items() if isinstance(value, str) and value != ""}
        for name in ("max_pages", "schema_version", "workflowstepdata_id"):
            if name in text:
                self.integer(text[name])
        for name in ("save_checkpoint", "skip_cache"):
            if name in text:
                self.boolean(text[name])
        upload = form.get("file") if isinstance(form.get("file"), bytes) else None
        if upload is None and not {"file_url", "checkpoint_id"} & text.keys():
            raise Refused(self.refusal, "no document")
        if upload is not None and "processing_location" in text:
            raise Refused(self.refusal, "uploads are not taken with a location")
        if re.search(r"[A-Za-z;]", text.get("page_range", "").replace("all", "")):
            raise Refused(self.refusal, "page_range is like 0,5-10,20")
        if ("page_schema" in text) == ("schema_id" in text):
            raise Refused(self.refusal, "one of page_schema and schema_id")
        if "schema_version" in text and "schema_id" not in text:
            raise Refused(self.refusal, "schema_version needs schema_id")
        if "schema_id" in text:
            raise Refused(404, "no such schema")
        try:
            schema = json.loads(text["page_schema"])
        except (ValueError, RecursionError) as error:
            raise Refused(self.refusal, "page_schema is not JSON") from error
        if not isinstance(schema, dict) or not isinstance(schema.get("properties"), dict):
            raise Refused(self.refusal, "page_schema needs an object properties")
        return schema, text

    def read_form(self, headers, body):
        if not headers.get("Content-Type", "").lower().startswith("multipart/form-data"):
            raise Refused(self.refusal, "not a form")
        message = email.message_from_bytes(b"Content-Type: " + headers["Content-Type"].encode() + b"\r\n\r\n" + body)
        if not message.is_multipart():
            raise Refused(self.refusal, "a form without parts")
        form = {}
        for part in message.get_payload():
            content = part.get_payload(decode=True)
            name = part.get_param("name", header="Content-Disposition")
            try:
                form[name] = content if part.get_filename() is not None else content.decode()
            except UnicodeDecodeError as error:
                raise Refused(self.refusal, "text is UTF-8") from error
        return form


class Late(Provider):
    """Takes everything that has a key, and says in the result what was wrong."""

    late = True
    polls = 2


class Strict(Provider):
    """Refuses with 400 at once, also where the contract is silent; keeps no schemas and no checkpoints."""

    polls = 0

    def check_url(self, host, request_id):
        return f"/api/v1/extract/{request_id}"

    def integer(self, text):
        if not re.fullmatch(r"[1-9][0-9]{0,3}", text):
            raise Refused(400, "not a positive number")
        return int(text)

    def boolean(self, text):
        if text not in {"true", "false", "True", "False"}:
            raise Refused(400, "not a boolean")
        return text.lower() == "true"

    def look_closer(self, form):
        if form.keys() - FIELDS or any(value in {"", b""} for value in form.values()):
            raise Refused(400, "an unknown or empty field")
        if len(form.keys() & {"file", "file_url", "checkpoint_id"}) > 1:
            raise Refused(400, "two documents")
        if "workflowstepdata_id" in form:
            raise Refused(403, "not for your plan")
        for name, known in (
            ("mode", {"fast", "balanced", "accurate"}),
            ("extraction_mode", {"fast", "balanced"}),
            ("output_format", {"markdown", "html", "json"}),
        ):
            if name in form and form[name] not in known:
                raise Refused(400, f"unknown {name}")
        if "page_range" in form and not re.fullmatch(r"\d+(-\d+)?(,\d+(-\d+)?)*", form["page_range"]):
            raise Refused(400, "page_range")
        if "checkpoint_id" in form:
            raise Refused(404, "checkpoints are not kept here")

    def read_form(self, headers, body):
        if not headers.get("Content-Type", "").startswith("multipart/form-data; boundary="):
            raise Refused(415, "send multipart/form-data")
        return super().read_form(headers, body)


class Lenient(Provider):
    """Takes what the contract leaves open, is busy now and then, and answers in its own way."""

    refusal = 422
    polls = 3

    def __init__(self):
        super().__init__()
        self.calls = itertools.count()

    def integer(self, text):
        if text == "null":
            return None
        try:
            number = float(int(text, 16) if text.startswith("0x") else text)
        except ValueError:
            number = 0.5
        if not number.is_integer():
            raise Refused(422, [{"loc": ["body", "n"], "msg": "not an integer", "type": "int"}])
        return int(number)

    def authenticate(self, headers):
        if next(self.calls) % 7 == 3:
            raise Refused(429, "Rate limit exceeded for endpoint /api/v1/extract")
        super().authenticate(headers)

    def result(self, schema, form):
        found = super().result(schema, form)
        if found["success"]:
            value = json.loads(found["extraction_schema_json"])
            for name in schema["properties"]:
                value.setdefault(name, None) if name not in schema.get("required", []) else None
                if f"{name}_citations" not in schema["properties"]:
                    value[f"{name}_citations"] = ["/page/0/Text/1"]
            found |= {"extraction_schema_json": value, "error": None, "page_count": 3, "new_field": [1], "runtime": 1}
        return found


def handler(provider):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def answer(self, act):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            try:
                status, value = 200, act(body)
            except Refused as refused:
                status, value = refused.status, {"detail": refused.detail}
            text = json.dumps(value).encode()
            lines = [
                f"HTTP/1.1 {status} .",
                f"Content-Length: {len(text)}",
                "Content-Type: application/json; charset=utf-8",
            ]
            lines += ["Retry-After: 0"] if status == 429 else []
            lines += ["Set-Cookie: session=logged-in; Path=/"]
            self.wfile.write("\r\n".join(lines).encode() + b"\r\n\r\n" + text)

        def do_POST(self):
            if self.path == "/api/v1/extract":
                self.answer(lambda body: provider.submit(self.headers, body))
            else:
                self.answer(lambda _: nothing_there())

        def do_GET(self):
            if self.path.startswith("/api/v1/extract/"):
                self.answer(lambda _: provider.poll(self.headers, self.path.rpartition("/")[2]))
            else:
                self.answer(lambda _: nothing_there())

    return Handler


def nothing_there():
    raise Refused(404, "Not Found")


@contextlib.contextmanager
def served(provider):
    with ThreadingHTTPServer(("127.0.0.1", 0), handler(provider)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


FILE_URL = {"file_url": "https://files.example.com/invoice.pdf"}


@pytest.mark.parametrize(
    ("style", "resources"), [(Provider, {}), (Late, FILE_URL), (Strict, {}), (Strict, FILE_URL), (Lenient, FILE_URL)]
)
def test_a_correct_provider_raises_no_alarm(style, resources):
    with served(style()) as url:
        bound = 300 if style is Lenient else 200  # From 200 on, requests are broken on the wire.
        result = fuzz(CONTRACT, url, api_key=KEY, max_requests=bound, seed=len(style.__name__), resources=resources)
    assert [(failure.id, failure.message) for failure in result.failures] == []
    assert (result.requests, result.stopped) == (bound, None)
    assert result.accepted > 50


class Forgetful(Strict):
    """Correct but for one thing: it does not look at the key."""

    def authenticate(self, headers):
        pass


class Deaf(Late):
    """Correct but for one thing: a page_schema may lack its properties."""

    def validate(self, headers, body):
        try:
            return super().validate(headers, body)
        except Refused as refused:
            if "properties" in refused.detail:
                return {"properties": {}}, {}
            raise


@pytest.mark.parametrize(
    ("provider", "ids"),
    [
        (Forgetful, {"broken-accepted.api-key", "result-without-key"}),
        (
            Deaf,
            {
                "broken-accepted.page-schema-object",
                "broken-accepted.page-schema-properties",
                "broken-accepted.page-schema-properties-object",
            },
        ),
    ],
)
def test_one_fault_in_a_provider_of_another_style_is_found_and_nothing_else(provider, ids):
    with served(provider()) as url:
        result = fuzz(CONTRACT, url, api_key=KEY, max_requests=100)
    assert {failure.id for failure in result.failures} == ids
