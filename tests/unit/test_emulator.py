"""The emulator, over real connections on the loopback interface."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

import httpx
import pytest
import yaml

from pageschema.emulator import EMULATOR_KEY, FAULTS, Emulator, create_app, serve
from pageschema.emulator import faults as faults_package
from pageschema.errors import InvalidConfiguration, MissingExtra
from pageschema.schema import Judge

UPSTREAM = Path(__file__).parents[2] / "contracts" / "datalab" / "openapi.yaml"
EXTRACT = "/api/v1/extract"
SAVED = "/api/v1/extraction_schemas"
SUFFIXES = ("_citations", "_meta", "_score")
PDF = (
    "invoice.pdf",
    b"%PDF-1.7\n1 0 obj <</Type /Pages>> <</Type /Page>> <</Type/Page >> <</Type /Page/Parent 1 0 R>>",
    "application/pdf",
)
INVOICE = {
    "type": "object",
    "properties": {
        "invoice_number": {"type": "string", "description": "As printed."},
        "issue_date": {"type": "string", "format": "date"},
        "total_amount": {"type": "number", "minimum": 0},
        "currency": {"type": "string", "enum": ["EUR", "USD", "OTHER"]},
        "paid": {"type": "boolean"},
        "seller": {
            "type": "object",
            "properties": {"name": {"type": "string"}, "vat_id": {"anyOf": [{"type": "string"}, {"type": "null"}]}},
            "required": ["name"],
        },
        "lines": {
            "type": "array",
            "minItems": 1,
            "items": {"$ref": "#/$defs/Line"},
        },
    },
    "required": ["invoice_number", "total_amount", "lines"],
    "additionalProperties": False,
    "$defs": {
        "Line": {
            "type": "object",
            "properties": {
                "sku": {"type": "string", "pattern": "^[A-Z]{3}-[0-9]{4}$"},
                "quantity": {"type": "integer", "exclusiveMinimum": 0, "multipleOf": 5},
            },
            "required": ["sku", "quantity"],
            "additionalProperties": False,
        }
    },
}


class Api:
    """A client of one emulator that knows the way from a submission to its result."""

    def __init__(self, emulator: Emulator, *, key: str | None = EMULATOR_KEY, timeout: float = 30) -> None:
        headers = {} if key is None else {"X-API-Key": key}
        self.http = httpx.Client(base_url=emulator.base_url, headers=headers, timeout=timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def submit(self, *, file: Any = PDF, schema: Any = INVOICE, **fields: Any) -> httpx.Response:
        if schema is not None:
            fields["page_schema"] = schema if isinstance(schema, str) else json.dumps(schema, ensure_ascii=False)
        parts = {name: (None, str(value)) for name, value in fields.items()}
        files = {} if file is None else {"file": file}
        return self.http.post(EXTRACT, files={**parts, **files} or {"unknown": (None, "x")})

    def poll(self, submitted: httpx.Response) -> dict[str, Any]:
        answer = self.http.get(submitted.json()["request_check_url"])
        assert answer.status_code == 200, answer.text
        return answer.json()

    def result(self, *, polls: int = 2, **fields: Any) -> dict[str, Any]:
        """Submit and poll so many times; the last answer."""
        submitted = self.submit(**fields)
        assert submitted.status_code == 200, submitted.text
        return [self.poll(submitted) for _ in range(polls)][-1]


@pytest.fixture(scope="module")
def emulator():
    with Emulator() as running:
        yield running


@pytest.fixture
def api(emulator):
    with Api(emulator) as client:
        yield client


def peel(value: Any, names: frozenset[str]) -> Any:
    """Take the siblings off fields of these names, at every depth."""
    if isinstance(value, list):
        return [peel(item, names) for item in value]
    if not isinstance(value, dict):
        return value
    siblings = {name + suffix for name in names for suffix in SUFFIXES} - names
    return {name: peel(item, names) for name, item in value.items() if name not in siblings}


INVOICE_NAMES = frozenset({*INVOICE["properties"], "name", "vat_id", "sku", "quantity"})


def extraction(result: dict[str, Any]) -> Any:
    assert result["status"] == "complete", result
    assert isinstance(result["extraction_schema_json"], str)
    return json.loads(result["extraction_schema_json"])


# ---- the document ------------------------------------------------------------------------------------------------


def test_the_openapi_document_it_generates_equals_upstreams_for_the_endpoint(api):
    upstream = yaml.safe_load(UPSTREAM.read_text(encoding="utf-8"))
    generated = api.http.get("/openapi.json").json()

    assert generated["paths"][EXTRACT] == upstream["paths"][EXTRACT]
    for name, component in upstream["components"]["schemas"].items():
        assert generated["components"]["schemas"][name] == component, name
    assert generated["components"]["securitySchemes"] == upstream["components"]["securitySchemes"]


# ---- what is refused, what is not ----------------------------------------------------------------------------------

SMALL = {"type": "object", "properties": {"total": {"type": "number"}}}


@pytest.mark.parametrize(
    ("change", "status", "says"),
    [
        ({"schema_id": "sch_x"}, 400, "mutually exclusive"),
        ({"schema": None}, 400, "either page_schema or schema_id"),
        ({"file": None}, 400, "either file, file_url or checkpoint_id"),
        ({"file": None, "file_url": ""}, 400, "either file, file_url or checkpoint_id"),
        ({"schema_version": 1}, 400, "only valid with schema_id"),
        ({"schema": "invoice number, total"}, 400, "is not JSON"),
        ({"schema": '{"properties": {"a": {"const": NaN}}}'}, 400, "NaN is not JSON"),
        ({"schema": '{"properties": {"\\ud800": {}}}'}, 400, "surrogate"),
        ({"schema": '{"properties": ' * 201 + "{}" + "}" * 201}, 400, "nested deeper than 200"),
        ({"schema": "[]"}, 400, "JSON object"),
        ({"schema": "null"}, 400, "JSON object"),
        ({"schema": {"total": {"type": "number"}}}, 400, "'properties' key"),
        ({"schema": {"type": "object", "properties": ["total"]}}, 400, "must be an object"),
        ({"processing_location": "eu"}, 400, "uploads are rejected"),
        ({"page_range": "all"}, 400, "comma separated"),
        ({"page_range": "1-"}, 400, "comma separated"),
        ({"file": ("empty.pdf", b"", "application/pdf")}, 400, "empty"),
        ({"file": ("invoice.pdf", b"MZ\x90\x00", "application/pdf")}, 400, "Invalid file type. Only PDF files"),
        ({"schema": None, "schema_id": "sch_k8Hx9mP2nQ4v"}, 404, "schema not found"),
        ({"checkpoint_id": "chk_k8Hx9mP2nQ4v"}, 404, "Checkpoint not found"),
    ],
)
def test_a_request_that_breaks_one_rule_is_refused_with_a_reason(api, change, status, says):
    answer = api.submit(**change)

    assert answer.status_code == status
    assert says in answer.json()["detail"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("max_pages", "many"),
        ("max_pages", "2.5"),
        ("max_pages", "9" * 5000),
        ("schema_version", "latest"),
        ("workflowstepdata_id", "one"),
        ("save_checkpoint", "maybe"),
        ("skip_cache", "null"),
    ],
)
def test_a_field_of_the_wrong_type_is_refused_as_fastapi_does(api, field, value):
    answer = api.submit(**{field: value})

    assert answer.status_code == 422
    (error,) = answer.json()["detail"]
    assert error["loc"] == ["body", field]
    assert error.keys() >= {"type", "loc", "msg"}


@pytest.mark.parametrize("key", [None, "", "wrong-key", EMULATOR_KEY + " x"])
def test_without_the_right_key_every_call_is_refused_in_the_documented_words(emulator, key):
    words = "Invalid API key provided. Set the X-API-Key header to your API key."
    with Api(emulator, key=key) as stranger:
        calls = [stranger.submit(), stranger.http.get(f"{EXTRACT}/req_1"), stranger.http.get(SAVED)]

    assert [(call.status_code, call.json()) for call in calls] == [(401, {"detail": words})] * 3


@pytest.mark.parametrize(
    "change",
    [
        {"extraction_mode": "accurate"},
        {"mode": "telepathic"},
        {"output_format": "docx"},
        {"language": "en"},
        {"page_range": "3-1"},
        {"page_range": " 0 , 2 - 4 ,, 99 "},
        {"max_pages": -1},
        {"max_pages": 2**70},
        {"webhook_url": "not a url"},
        {"save_checkpoint": "True"},
        {"save_checkpoint": "true", "skip_cache": "False"},
        {"schema_id": "", "page_range": "", "max_pages": "", "processing_location": ""},
        {"file_url": "https://example.com/a.pdf"},
        {"file": None, "file_url": "https://example.com/a.pdf", "processing_location": "eu"},
        {"schema": {"properties": {}}},
    ],
    ids=str,
)
def test_what_the_contract_leaves_open_is_accepted(api, change):
    answer = api.submit(**change)

    assert answer.status_code == 200, answer.text
    assert answer.json()["request_check_url"].startswith(str(api.http.base_url).rstrip("/") + EXTRACT + "/")


@pytest.mark.parametrize(
    "start",
    [
        b"%PDF-1.4",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
        b"II*\x00",
        b"MM\x00*",
        b"RIFF\x10\x00\x00\x00WEBPVP8 ",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\n<!-- saved --><!DOCTYPE HTML><p>",
        b"<html lang=en>",
    ],
)
def test_documents_are_known_by_their_content_whatever_they_are_called(api, start):
    assert api.submit(file=("upload", start + bytes(100), "text/plain")).status_code == 200


def test_a_file_over_the_limit_is_refused_as_too_large():
    with Emulator(max_file_bytes=1000) as small, Api(small) as api:
        assert api.submit(file=("a.pdf", b"%PDF-".ljust(1000), "")).status_code == 200
        assert api.submit(file=("a.pdf", b"%PDF-".ljust(1001), "")).status_code == 413


def test_a_wrong_method_is_answered_with_the_right_one(api):
    answer = api.http.get(EXTRACT)

    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


# ---- nasty bodies --------------------------------------------------------------------------------------------------


def part(name: bytes, value: bytes, more: bytes = b"") -> bytes:
    return b'--b\r\nContent-Disposition: form-data; name="' + name + b'"' + more + b"\r\n\r\n" + value + b"\r\n"


FORM = "multipart/form-data; boundary=b"
GOOD = part(b"page_schema", b'{"properties": {"a": {"type": "string"}}}') + part(b"file_url", b"https://example.com/")
END = b"--b--\r\n"


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (FORM, b""),
        (FORM, b"no form at all"),
        (FORM, GOOD),  # without its end
        ("multipart/form-data", GOOD + END),
        (FORM, b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n" + END),
        (FORM, GOOD + part(b"max_pages", b"\x00") + END),
        (FORM, part(b"page_schema", b"\xff\xfe{") + END),
        (FORM, part(b"page_schema", b"\xff\xfe", b'; filename="\xff.json"') + END),
        (FORM, GOOD + part(b"file", b"%PDF-1.4") + END),
        (FORM, GOOD + part(b"page_range", b"0-" + b"9" * 9000) + END),
        (FORM, GOOD + part(b"page_range", b"0-9," * 100_000) + END),
        (FORM, part(b"x", b"y") * 1_001 + END),
        (FORM, part(b"page_schema", b"[" * 100_000) + END),
        (FORM, part(b"page_schema", b"x" * 2_000_000) + END),
        (FORM + "; charset=utf-7", GOOD + part(b"max_pages", b"+2AA-") + END),
        (FORM + "; charset=utf-7", part(b"file_url", b"x") + part(b"page_schema", b"+2AA-") + END),
        (FORM + "; charset=undefined", GOOD + END),
        ("application/x-www-form-urlencoded", b"%ff%fe=&&==;%"),
        ("application/json", b"{"),
        (";;=", GOOD),
    ],
)
def test_no_body_however_malformed_makes_it_fail(api, content_type, body):
    answer = api.http.post(EXTRACT, content=body, headers={"content-type": content_type})

    assert answer.status_code < 500
    if answer.status_code == 200:
        assert api.poll(answer)["status"] == "processing"
        assert api.poll(answer)["status"] == "complete"
    else:
        assert answer.json().keys() == {"detail"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"name": "x", "schema_json": {"properties": {"a": NaN}}}',
        b'{"name": "\\ud800", "schema_json": {"properties": {}}}',
        b'{"name": "", "schema_json": {"properties": {}}}',
        b'{"name": "x", "schema_json": {}}',
        b'{"name": "x", "schema_json": ' + b'{"properties": ' * 5_000,
        b"\xff",
    ],
)
def test_a_saved_schema_is_not_made_from_a_malformed_body(api, body):
    answer = api.http.post(SAVED, content=body)

    assert answer.status_code in {400, 422}
    assert answer.json().keys() == {"detail"}


# ---- from submission to result -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "suffixes"),
    [
        (None, {"_citations", "_meta"}),
        ("balanced", {"_citations", "_meta"}),
        ("fast", {"_citations", "_score"}),
        ("turbo", set()),
    ],
)
def test_a_result_fills_every_field_and_conforms_once_its_siblings_are_peeled(api, mode, suffixes):
    mixed = extraction(api.result(polls=3, **({} if mode is None else {"extraction_mode": mode})))

    plain = peel(mixed, INVOICE_NAMES)
    assert Judge(INVOICE).accepts(plain)
    assert plain.keys() == INVOICE["properties"].keys()
    for fields in (mixed, mixed["seller"], *mixed["lines"]):
        names = fields.keys() & INVOICE_NAMES
        assert fields.keys() == names | {name + suffix for name in names for suffix in suffixes}


def test_a_result_is_processing_first_and_costs_and_scores_come_after_it_is_complete():
    with Emulator(polls=2) as emulator, Api(emulator) as api:
        submitted = api.submit(extraction_mode="fast")
        states = [api.poll(submitted) for _ in range(4)]

    assert [state["status"] for state in states] == ["processing", "processing", "complete", "complete"]
    first, second = states[2:]
    assert first["extraction_score_average"] is None
    assert first["total_cost"] is None
    assert "total_amount_score" not in extraction(first)
    score = extraction(second)["total_amount_score"]
    assert 1 <= score["score"] <= 5
    assert 1 <= second["extraction_score_average"] <= 5
    assert second["cost_breakdown"] == {"final_cost_cents": second["total_cost"]}


def test_a_field_whose_name_looks_like_a_sibling_stays_a_field(api):
    schema = {
        "type": "object",
        "properties": {
            "credit": {"type": "string"}, "credit_score": {"type": "integer"}, "notes_meta": {"type": "string"},
        },
        "additionalProperties": False,
    }  # fmt: skip
    mixed = extraction(api.result(schema=schema, extraction_mode="fast", polls=3))

    assert isinstance(mixed["credit_score"], int)
    assert mixed.keys() == {
        "credit", "credit_citations", "credit_score", "credit_score_citations", "credit_score_score",
        "notes_meta", "notes_meta_citations", "notes_meta_score",
    }  # fmt: skip


FAN_OUT = {
    **{f"d{level}": {"oneOf": [{"$ref": f"#/$defs/d{level + 1}"}] * 2} for level in range(30)},
    "d30": {"type": "string"},
}
"""Two ways at each of thirty levels: a validator would try a thousand million of them."""


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "object", "properties": {"total": {"type": "money"}}},
        {"type": "object", "properties": {"total": {"$ref": "#/$defs/Money"}}},
        {"type": "object", "properties": {"total": {"$ref": "https://example.com/money.json"}}},
        {"type": "object", "properties": {"total": {"type": "string", "pattern": "(("}}},
        {"type": "object", "properties": {"total": False}, "required": ["total"]},
        {"type": "object", "properties": {"total": {"type": "null", "enum": [1, 2]}}, "required": ["total"]},
        {"type": "array", "properties": {}, "items": {"type": "number"}},
        {"properties": {"total": {"$ref": "#/$defs/d0"}}, "$defs": FAN_OUT},
    ],
)  # fmt: skip
def test_a_schema_that_nothing_can_be_extracted_by_fails_late_with_a_reason(api, schema):
    result = api.result(schema=schema)

    assert (result["status"], result["success"], result["error_in"]) == ("failed", False, "VALIDATION")
    assert "page_schema" in result["error"]
    assert result["extraction_schema_json"] is None


@pytest.mark.parametrize(
    "properties",
    [
        {"node": {"$ref": "#/$defs/Node"}},
        {"shape": {"oneOf": [{"$ref": "#/$defs/Circle"}, {"$ref": "#/$defs/Square"}]}},
        {"both": {"allOf": [{"properties": {"a": {"type": "string"}}, "required": ["a"]}, {"required": ["b"]}]}},
        {"code": {"type": "string", "pattern": "^[0-9]{5}$", "description": "Postal code."}},
        {"text": {"type": "string", "minLength": 40, "maxLength": 41}},
        {"email": {"type": "string", "format": "email"}, "at": {"type": "string", "format": "date-time"}},
        {"tags": {"type": "array", "items": {"enum": ["a", "b", "c"]}, "uniqueItems": True, "minItems": 3}},
        {"pair": {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": False}},
        {"rate": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}},
        {"low": {"type": "integer", "maximum": -5, "multipleOf": 3}},
        {"huge": {"type": "number", "minimum": 10**400}},
        {"kept": {"const": {"a": [None]}}, "anything": True, "untyped": {}},
        {"numéro de page": {"type": ["null", "integer"]}},
        {"map": {"type": "object", "additionalProperties": {"type": "number"}, "minProperties": 2}},
        {"never": False},
    ],
)  # fmt: skip
def test_plausible_values_are_found_for_every_kind_of_schema(api, properties):
    node = {
        "type": "object",
        "properties": {"name": {"type": "string"}, "children": {"type": "array", "items": {"$ref": "#/$defs/Node"}}},
        "required": ["name", "children"],
    }
    kinds = {
        kind: {"type": "object", "properties": {"kind": {"const": kind}, "a": {"type": "number"}}, "required": ["kind"]}
        for kind in ("Circle", "Square")
    }  # fmt: skip
    schema = {"type": "object", "properties": properties, "$defs": {"Node": node, **kinds}}

    value = extraction(api.result(schema=schema, extraction_mode="turbo"))

    assert Judge(schema).accepts(value)
    assert value.keys() == properties.keys() - {"never"}


@pytest.mark.parametrize(
    ("fields", "pages"),
    [
        ({}, 3),
        ({"max_pages": 2}, 2),
        ({"max_pages": 50}, 3),
        ({"page_range": "0,2"}, 2),
        ({"page_range": "2-0,1", "max_pages": 1}, 3),
        ({"page_range": "1-9,9-99999999999999999999"}, 2),
        ({"file": None, "file_url": "https://example.com/a.pdf"}, 1),
    ],
)
def test_pages_are_counted_and_a_page_range_overrides_max_pages(api, fields, pages):
    assert api.result(**fields)["page_count"] == pages


@pytest.mark.parametrize(
    ("output_format", "filled"),
    [(None, "markdown"), ("html", "html"), ("json", "json"), ("chunks", "chunks"), ("docx", "markdown")],
)
def test_the_parsed_text_comes_in_the_format_asked_for(api, output_format, filled):
    result = api.result(**({} if output_format is None else {"output_format": output_format}))

    assert [name for name in ("markdown", "html", "json", "chunks") if result[name] is not None] == [filled]


def test_a_checkpoint_can_be_extracted_from_again_once_its_request_is_complete(api):
    saved = api.submit(save_checkpoint="true")
    assert api.result(polls=2)["checkpoint_id"] is None

    assert api.poll(saved)["status"] == "processing"
    checkpoint_id = api.poll(saved)["checkpoint_id"]

    assert checkpoint_id.startswith("chk_")
    assert api.result(file=None, checkpoint_id=checkpoint_id)["page_count"] == 3


def test_two_emulators_answer_alike_and_know_nothing_of_each_other(api):
    with Emulator() as one, Emulator() as other, Api(one) as first, Api(other) as second:
        ids = [client.submit().json()["request_id"] for client in (first, second)]
        assert ids[0] == ids[1]
        again = first.submit().json()["request_id"]
        assert second.http.get(f"{EXTRACT}/{again}").status_code == 404


# ---- saved schemas -------------------------------------------------------------------------------------------------


def amount(name: str) -> dict[str, Any]:
    return {"type": "object", "properties": {name: {"type": "number"}}, "required": [name]}


def test_a_saved_schema_is_extracted_by_at_the_version_asked_for(api):
    saved = api.http.post(SAVED, json={"name": "Invoice", "schema_json": amount("total")}).json()
    schema_id = saved["schema_id"]
    assert schema_id.startswith("sch_")
    assert (saved["version"], saved["archived"], saved["schema_json"]) == (1, False, amount("total"))

    change = {"schema_json": amount("gross"), "create_new_version": True}
    assert api.http.put(f"{SAVED}/{schema_id}", json=change).json()["version"] == 2

    def fields(**version: int) -> set[str]:
        return set(extraction(api.result(schema=None, schema_id=schema_id, extraction_mode="turbo", **version)))

    assert fields() == {"gross"}
    assert fields(schema_version=1) == {"total"}
    assert fields(schema_version=2) == {"gross"}
    assert api.submit(schema=None, schema_id=schema_id, schema_version=3).status_code == 404
    assert api.submit(schema=None, schema_id=schema_id, schema_version=0).status_code == 404

    in_place = api.http.put(
        f"{SAVED}/{schema_id}", json={"schema_json": amount("net"), "description": "net only"}
    ).json()
    assert (in_place["version"], in_place["description"]) == (2, "net only")
    assert fields(schema_version=2) == {"net"}
    assert api.http.get(f"{SAVED}/{schema_id}").json() == in_place


def test_saved_schemas_are_listed_newest_first_until_they_are_archived():
    with Emulator() as emulator, Api(emulator) as api:
        ids = [
            api.http.post(SAVED, json={"name": name, "schema_json": SMALL}).json()["schema_id"]
            for name in ("one", "two", "three")
        ]

        def listed(**query: Any) -> tuple[list[str], int]:
            answer = api.http.get(SAVED, params=query).json()
            return [schema["name"] for schema in answer["schemas"]], answer["total"]

        assert listed() == (["three", "two", "one"], 3)
        assert listed(limit=1, offset=1) == (["two"], 3)

        assert api.http.delete(f"{SAVED}/{ids[1]}").json()["archived"] is True
        assert listed() == (["three", "one"], 2)
        assert listed(include_archived=True) == (["three", "two", "one"], 3)
        assert api.submit(schema=None, schema_id=ids[1]).status_code == 404
        assert api.http.get(f"{SAVED}/{ids[1]}").status_code == 200
        assert api.http.get(f"{SAVED}/sch_unknown").status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "options"),
    [
        ("GET", SAVED, {"params": {"limit": 201}}),
        ("GET", SAVED, {"params": {"limit": 0}}),
        ("GET", SAVED, {"params": {"offset": -1}}),
        ("POST", SAVED, {"json": {"name": "x" * 201, "schema_json": SMALL}}),
        ("POST", SAVED, {"json": {"name": "", "schema_json": SMALL}}),
        ("POST", SAVED, {"json": {"name": "x", "schema_json": json.dumps(SMALL)}}),
        ("POST", SAVED, {"json": {"name": "x"}}),
    ],
)
def test_what_a_saved_schema_cannot_be_or_a_list_cannot_hold_is_malformed(api, method, path, options):
    answer = api.http.request(method, path, **options)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["msg"]


def test_a_saved_schema_is_extracted_by_again_once_it_is_no_longer_archived(api):
    schema_id = api.http.post(SAVED, json={"name": "x" * 200, "schema_json": SMALL}).json()["schema_id"]
    for archived, status in ((True, 404), (False, 200)):
        changed = api.http.put(f"{SAVED}/{schema_id}", json={"archived": archived}).json()
        assert (changed["archived"], changed["version"], changed["version_history"]) == (archived, 1, [])
        assert api.submit(schema=None, schema_id=schema_id, schema_version=1).status_code == status


# ---- serving -------------------------------------------------------------------------------------------------------


def test_it_listens_on_loopback_only_and_is_gone_after_its_block():
    with Emulator() as emulator:
        base_url = emulator.base_url
        assert base_url.startswith("http://127.0.0.1:")

    with pytest.raises(httpx.ConnectError):
        httpx.get(base_url)
    with pytest.raises(RuntimeError, match="inside its 'with' block"):
        assert emulator.base_url


def test_a_key_of_ones_own_opens_it():
    with Emulator(api_key="mine") as emulator, Api(emulator, key="mine") as api:
        assert api.submit().status_code == 200


def test_a_port_that_is_taken_is_named(emulator):
    port = int(emulator.base_url.rpartition(":")[2])

    with pytest.raises(InvalidConfiguration, match=f"port {port} cannot be used"), Emulator(port=port):
        pass
    with pytest.raises(InvalidConfiguration, match="port 70000 cannot be used"):
        serve(port=70_000)


def test_it_serves_in_the_foreground_until_it_is_interrupted():
    program = "from pageschema.emulator import serve; serve(ready=lambda url: print(url, flush=True))"
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        try:
            base_url = process.stdout.readline().strip()
            assert httpx.get(f"{base_url}{EXTRACT}/x", headers={"X-API-Key": EMULATOR_KEY}).status_code == 404
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0


def test_a_misspelt_fault_is_answered_with_the_nearest():
    with pytest.raises(InvalidConfiguration, match="did you mean never-completes"):
        create_app(faults=["never-complete"])


@pytest.mark.parametrize("absent", ["fastapi", "uvicorn", "python_multipart"])
def test_without_the_extra_it_says_what_to_install(monkeypatch, absent):
    monkeypatch.setitem(sys.modules, absent, None)

    with pytest.raises(MissingExtra, match=r"pip install 'pageschema\[emulator\]'"):
        create_app()


# ---- faults --------------------------------------------------------------------------------------------------------

IDS = re.compile(r"(req|chk|sch)_[0-9a-f_]+")


def show(answer: httpx.Response) -> tuple[Any, ...]:
    """Return what a client sees of an answer, less what differs from run to run."""
    text = IDS.sub(r"\1", answer.text).replace(str(answer.url.copy_with(path="", query=None)), "")
    return answer.status_code, answer.headers["content-type"], text


def follow(api: Api, **fields: Any) -> tuple[Any, ...]:
    """Return what is seen of a submission and of three polls."""
    try:
        submitted = api.submit(**fields)
    except httpx.ReadTimeout:
        return ("silence",)
    seen = [show(submitted)]
    request_id = submitted.json().get("request_id") if submitted.status_code == 200 else None
    if request_id is not None:
        seen += [show(api.http.get(f"{EXTRACT}/{request_id}")) for _ in range(3)]
    return tuple(seen)


def as_stranger(api: Api, key: str | None) -> tuple[Any, ...]:
    headers = {} if key is None else {"X-API-Key": key}
    with httpx.Client(base_url=api.http.base_url, headers=headers) as client:
        return show(client.post(EXTRACT, files={"page_schema": (None, json.dumps(SMALL)), "file": PDF}))


NUMBERED = {"type": "object", "properties": {"numéro": {"type": "integer"}}, "required": ["numéro"]}
RECURSIVE = {
    "type": "object",
    "properties": {"part": {"$ref": "#/$defs/Part"}},
    "required": ["part"],
    "$defs": {"Part": {"properties": {"parts": {"type": "array", "items": {"$ref": "#/$defs/Part"}}}}},
}
PROBES: dict[str, Any] = {
    "valid": follow,
    "both schemas": lambda api: follow(api, schema_id="sch_x"),
    "no schema": lambda api: follow(api, schema=None),
    "no source": lambda api: follow(api, file=None),
    "lone version": lambda api: follow(api, schema_version=1),
    "text for schema": lambda api: follow(api, schema="total, date"),
    "bare map": lambda api: follow(api, schema={"total": {"type": "number"}}),
    "list for schema": lambda api: follow(api, schema="[]"),
    "upload with location": lambda api: follow(api, processing_location="eu"),
    "no key": lambda api: as_stranger(api, None),
    "wrong key": lambda api: as_stranger(api, "wrong-key"),
    "words for number": lambda api: follow(api, max_pages="many"),
    "words for version": lambda api: follow(api, schema=None, schema_id="sch_x", schema_version="latest"),
    "words for range": lambda api: follow(api, page_range="all"),
    "range": lambda api: follow(api, page_range="0-1", max_pages=1),
    "python boolean": lambda api: follow(api, skip_cache="True"),
    "empty field": lambda api: follow(api, page_range=""),
    "unknown id": lambda api: show(api.http.get(f"{EXTRACT}/unknown")),
    "invalid schema": lambda api: follow(api, schema={"properties": {"a": {"type": "money"}}}),
    "eight ids": lambda api: len({api.submit().json().get("request_id") for _ in range(8)}),
    "non-ascii schema": lambda api: follow(api, schema=NUMBERED),
    "recursive schema": lambda api: follow(api, schema=RECURSIVE),
}
EXTRACTED = {"valid", "range", "python boolean", "empty field", "non-ascii schema", "recursive schema"}
TAKEN = EXTRACTED | {"invalid schema"}
REFUSED = PROBES.keys() - TAKEN - {"eight ids"}
DIFFERENCES: dict[str, set[str]] = {
    "accepts-both-schemas": {"both schemas"},
    "accepts-no-schema": {"no schema"},
    "accepts-no-source": {"no source"},
    "accepts-version-without-schema-id": {"lone version"},
    "accepts-any-text-as-schema": {"text for schema"},
    "accepts-schema-without-properties": {"bare map"},
    "accepts-upload-with-location": {"upload with location"},
    "accepts-any-key": {"no key", "wrong key"},
    "accepts-words-for-numbers": {"words for number"},
    "accepts-any-page-range": {"words for range"},
    "refuses-non-ascii-schema": {"non-ascii schema"},
    "refuses-python-booleans": {"python boolean"},
    "crashes-on-recursive-schema": {"recursive schema"},
    "crashes-on-empty-field": {"empty field"},
    "html-error-page": set(REFUSED),
    "success-without-request-id": TAKEN | {"eight ids"},
    "echoes-key": REFUSED - {"no key", "unknown id", "words for number", "words for version"},
    "leaks-trace": {"text for schema", "bare map", "list for schema"},
    "reuses-request-id": {"eight ids"},
    "foreign-check-url": set(TAKEN),
    "never-completes": set(TAKEN),
    "swaps-results": {"non-ascii schema", "recursive schema"},
    "drops-required-field": set(EXTRACTED),
    "number-as-text": EXTRACTED - {"recursive schema"},
    "answers-unknown-id": {"unknown id"},
    "hangs": {"range"},
}


def observe(*faults: str) -> dict[str, Any]:
    # Only silence is waited for; nothing else of what a fault does takes time.
    with Emulator(faults=faults) as emulator, Api(emulator, timeout=2 if "hangs" in faults else 30) as api:
        return {name: probe(api) for name, probe in PROBES.items()}


@pytest.fixture(scope="module")
def honest():
    return observe()


def test_an_honest_emulator_takes_and_refuses_what_the_table_says(honest):
    statuses = {
        name: seen[0][0] if isinstance(seen[0], tuple) else seen[0]
        for name, seen in honest.items()
        if name != "eight ids"
    }

    assert {name for name, status in statuses.items() if status == 200} == TAKEN
    assert {name for name, status in statuses.items() if 400 <= status < 500} == REFUSED
    assert honest["eight ids"] == 8


@pytest.mark.parametrize("name", DIFFERENCES)
def test_a_fault_changes_what_it_says_and_nothing_else(honest, name):
    faulty = observe(name)

    assert {probe for probe in PROBES if faulty[probe] != honest[probe]} == DIFFERENCES[name]


def test_a_crash_looks_like_the_servers_own():
    with Emulator(faults=["crashes-on-recursive-schema"]) as emulator, Api(emulator) as api:
        answer = api.submit(schema=RECURSIVE)

    assert (answer.status_code, answer.text) == (500, "Internal Server Error")
    assert answer.headers["content-type"].startswith("text/plain")


def test_faults_can_be_combined():
    with Emulator(faults=["accepts-no-schema", "never-completes"]) as emulator, Api(emulator) as api:
        assert api.result(schema=None, polls=5)["status"] == "processing"


def test_every_fault_has_its_own_file_its_place_in_the_tuple_and_a_check_that_sees_it():
    names = [fault.name for fault in FAULTS]
    files = {path.stem for path in Path(faults_package.__file__).parent.glob("*.py")} - {"__init__"}

    assert {name.replace("-", "_") for name in names} == files
    assert set(names) >= DIFFERENCES.keys()
    assert all(fault.summary.endswith(".") and fault.trips for fault in FAULTS)
