import json

import pytest

from pageschema.contract import EXTRACT_PATH, KEY_PLACEHOLDER, Answer, Contract, Part, Request, multipart
from pageschema.contract.decode import read_parts
from pageschema.strategies import UPLOADS, minimal_draft

CONTRACT = Contract.load()
HEADERS = {"x-api-key": KEY_PLACEHOLDER, "content-type": "multipart/form-data"}
MINIMAL = minimal_draft()
SCHEMA_TEXT = '{"type": "object", "properties": {"total": {"type": "number"}}}'
ACCEPT, OPEN = "accept", "unspecified"


def part(name, content="", **more):
    return Part(name=name, content=content.encode() if isinstance(content, str) else content, **more)


FILE = part("file", UPLOADS[0]["content"], filename="invoice.pdf", content_type="application/pdf")
SCHEMA = part("page_schema", SCHEMA_TEXT)


def rule(*parts, headers=HEADERS, **resources):
    return CONTRACT.judge(multipart(parts, headers=headers), resources=resources)


def raw(body, content_type="multipart/form-data; boundary=x"):
    headers = (("x-api-key", KEY_PLACEHOLDER), ("content-type", content_type))
    return CONTRACT.judge(Request(method="POST", path=EXTRACT_PATH, headers=headers, body=body))


def frame(*parts, end="\r\n--x--\r\n"):
    """Return a body with the boundary x; each part is its header lines, an empty line and its content."""
    return b"\r\n".join(b"--x\r\n" + p for p in parts) + end.encode()


def framed(name, content, *headers):
    lines = [f'Content-Disposition: form-data; name="{name}"', *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + (content.encode() if isinstance(content, str) else content)


RAW_FILE = (
    b'Content-Disposition: form-data; name="file"; filename="invoice.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
    + UPLOADS[0]["content"]
)
RAW_SCHEMA = framed("page_schema", SCHEMA_TEXT)


# ---- values --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        *(("max_pages", text, ACCEPT) for text in ("1", "42", "7000")),
        *(
            ("max_pages", text, OPEN)
            for text in ("", "0", "-1", "+5", " 5", "5 ", "007", "5.0", "1_000", "1e3", "0x10", "null", "٣", "7001",
                         "2147483648", "9223372036854775808", "9" * 5_000)
        ),
        *(("max_pages", text, "max-pages-integer") for text in ("many", "2.5", "true", "1,000", "1 2", "-", "²")),
        *(("skip_cache", text, ACCEPT) for text in ("true", "false", "True", "False")),
        *(("skip_cache", text, OPEN) for text in ("", "1", "0", "yes", "no", "on", "off", "t", "TRUE", " true")),
        *(("skip_cache", text, "skip-cache-boolean") for text in ("maybe", "2", "null", "truth", "-1")),
        *(("page_range", text, ACCEPT) for text in ("0", "0-0")),
        *(
            ("page_range", text, OPEN)
            for text in ("", " ", "all", "0,", "0-", "-1", "1-0", "0,0", "0 , 0", "1", "99", "0\u20131", "²", "9" * 999)
        ),
        *(("page_range", text, "page-range-syntax") for text in ("one", "0-last", "a-b", "1;2")),
        *(("mode", text, ACCEPT) for text in ("fast", "balanced", "accurate")),
        *(("mode", text, OPEN) for text in ("", "turbo", "FAST", " fast", "\x00")),
        *(("extraction_mode", text, OPEN) for text in ("turbo", "accurate", "")),
        ("output_format", "chunks", OPEN),
        ("webhook_url", "https://hooks.example.com/done", OPEN),
        *(("webhook_url", text, OPEN) for text in ("", "http://127.0.0.1/", "file:///etc/passwd", "done")),
        ("processing_location", "eu", "upload-without-location"),
        ("processing_location", "mars", "upload-without-location"),
        ("processing_location", "", OPEN),
        ("schema_id", "sch_1", "schema-exclusive"),
        ("schema_id", "", OPEN),
        ("schema_version", "1", "schema-version-needs-schema-id"),
        ("schema_version", "", OPEN),
        ("checkpoint_id", "", OPEN),
        ("file_url", "", OPEN),
        ("workflowstepdata_id", "7", OPEN),
        ("model_override_settings", "", OPEN),
        ("language", "en", OPEN),
        ("Mode", "fast", OPEN),
        ("", "", OPEN),
    ],
)  # fmt: skip
def test_a_form_field_is_ruled_on_as_it_goes_over_the_wire(name, text, expected):
    ruling = rule(FILE, SCHEMA, part(name, text))
    if expected in {ACCEPT, OPEN}:
        assert (ruling.answer, ruling.clauses) == (expected, ())
    else:
        assert (ruling.answer, ruling.clauses) == ("reject", (expected,))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SCHEMA_TEXT, ACCEPT),
        (" \n" + SCHEMA_TEXT + "\n\t", ACCEPT),
        ('{"properties": {"numéro": {}}}', ACCEPT),
        (r'{"properties": {"num\u00e9ro": {}}}', ACCEPT),
        ('{"properties": {"a": {"$ref": "#/$defs/A"}}, "$defs": {"A": {"properties": {"b": {"$ref": "#"}}}}}', ACCEPT),
        ('{"properties": {"a": {"anyOf": [{"type": "string"}, {"type": "null"}], "default": null}}}', ACCEPT),
        ('{"properties": {"a": {"type": "string", "format": "unheard-of", "x-mine": 1}}}', ACCEPT),
        ('{"properties": {}}', OPEN),
        ('{"type": "array", "properties": {"a": {}}}', OPEN),
        ('{"type": ["object", "null"], "properties": {"a": {}}}', OPEN),
        ('{"properties": {"a": {"type": "money"}}}', OPEN),
        ('{"properties": {"a": {"pattern": "("}}}', OPEN),
        ('{"properties": {"a": {"$ref": "#/$defs/Gone"}}}', OPEN),
        ('{"properties": {"a": {"$ref": "https://example.com/a.json"}}}', OPEN),
        ('{"properties": {"a": false}, "required": ["a"]}', OPEN),
        ('{"$schema": "http://json-schema.org/draft-07/schema#", "properties": {"a": {}}}', OPEN),
        ('{"properties": {"a": {"const": "\\u0000"}}}', OPEN),
        ('{"properties": {"a": {"minimum": NaN}}}', OPEN),
        ('{"properties": {"a": {"minimum": 1e400}}}', OPEN),
        ('{"properties": {"a": {"minimum": ' + "9" * 5_000 + "}}}", OPEN),
        ('{"properties": {"a": {"const": "\\ud800"}}}', OPEN),
        ('{"properties": {"a\tb": {}}}', OPEN),
        ("\ufeff" + SCHEMA_TEXT, OPEN),
        ("NaN", OPEN),
        ('{"properties": {"a": ' * 150 + "{}" + "}}" * 150, OPEN),
        ('{"properties": {"a": ' * 400 + "{}" + "}}" * 400, OPEN),
        ('{"properties": {"a": {"description": "' + "x" * 70_000 + '"}}}', OPEN),
        ('{"properties": {"a": {}, "a": {"type": "string"}}}', OPEN),
        ('{"properties": {"a": {}}, "properties": 3}', OPEN),
        ('{"properties": 3, "properties": {"a": {}}}', OPEN),
        ("", "schema-required"),
        (" ", "page-schema-json"),
        ("total, date", "page-schema-json"),
        ("{'properties': {}}", "page-schema-json"),
        ("```json\n" + SCHEMA_TEXT + "\n```", "page-schema-json"),
        (SCHEMA_TEXT[:-1], "page-schema-json"),
        (SCHEMA_TEXT + "x", "page-schema-json"),
        (SCHEMA_TEXT + "// mine", "page-schema-json"),
        ("null", "page-schema-object"),
        ("[]", "page-schema-object"),
        ("true", "page-schema-object"),
        ("1", "page-schema-object"),
        (json.dumps(SCHEMA_TEXT), "page-schema-object"),
        ("{}", "page-schema-properties"),
        ('{"Properties": {"a": {}}}', "page-schema-properties"),
        ('{"total": {"type": "number"}}', "page-schema-properties"),
        ('{"properties": null}', "page-schema-properties-object"),
        ('{"properties": []}', "page-schema-properties-object"),
        ('{"properties": "a"}', "page-schema-properties-object"),
        ('{"properties": true}', "page-schema-properties-object"),
    ],
)  # fmt: skip
def test_a_page_schema_is_ruled_on_as_text(text, expected):
    ruling = rule(FILE, part("page_schema", text))
    if expected in {ACCEPT, OPEN}:
        assert (ruling.answer, ruling.clauses) == (expected, ())
    else:
        assert (ruling.answer, ruling.clauses) == ("reject", (expected,))


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        *(
            (part("file", u["content"], filename=u["filename"], content_type=u["content_type"]), ACCEPT)
            for u in UPLOADS
        ),
        (part("file", UPLOADS[0]["content"], filename="übersicht.pdf", content_type="application/pdf"), ACCEPT),
        (part("file", UPLOADS[0]["content"], filename='a"b.pdf', content_type="application/pdf"), ACCEPT),
        (part("file", UPLOADS[0]["content"], filename="a.pdf"), OPEN),
        (part("file", UPLOADS[0]["content"], filename="a.PDF", content_type="application/pdf"), OPEN),
        (part("file", UPLOADS[0]["content"], filename="a.png", content_type="application/pdf"), OPEN),
        (part("file", UPLOADS[0]["content"], filename="a.pdf", content_type="image/png"), OPEN),
        (part("file", UPLOADS[0]["content"][:-20], filename="a.pdf", content_type="application/pdf"), OPEN),
        (part("file", b"", filename="a.pdf", content_type="application/pdf"), OPEN),
        (part("file", b"hello", filename="a.txt", content_type="text/plain"), OPEN),
        (part("file", UPLOADS[0]["content"], filename="", content_type="application/pdf"), OPEN),
        (part("file", UPLOADS[0]["content"]), OPEN),
        (part("file", ""), OPEN),
        (part("File", UPLOADS[0]["content"], filename="a.pdf", content_type="application/pdf"), OPEN),
        (part("files", UPLOADS[0]["content"], filename="a.pdf", content_type="application/pdf"), "source-required"),
        (part("file", UPLOADS[0]["content"], filename="../a.pdf", content_type="application/pdf"), OPEN),
        (part("file", UPLOADS[0]["content"], filename="a\0.pdf", content_type="application/pdf"), OPEN),
    ],
)
def test_an_upload_is_accepted_only_where_it_is_a_whole_document_under_its_own_name_and_type(file, expected):
    ruling = rule(file, SCHEMA)
    if expected in {ACCEPT, OPEN}:
        assert (ruling.answer, ruling.clauses) == (expected, ())
    else:
        assert (ruling.answer, ruling.clauses) == ("reject", (expected,))


# ---- the wire ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((FILE, SCHEMA, part("mode", "fast")), ACCEPT),
        ((part("mode", "fast"), SCHEMA, FILE), ACCEPT),
        ((FILE, part("page_schema", SCHEMA_TEXT, content_type="text/plain; charset=utf-8")), ACCEPT),
        ((FILE, FILE, SCHEMA), OPEN),
        ((FILE, SCHEMA, SCHEMA), OPEN),
        ((FILE, SCHEMA, part("page_schema", "[]")), OPEN),
        ((FILE, part("page_schema", "[]"), SCHEMA), OPEN),
        ((FILE, SCHEMA, part("mode", "fast"), part("mode", "fast")), OPEN),
        ((FILE, SCHEMA, part("max_pages", "many"), part("max_pages", "2")), OPEN),
        ((FILE, part("page_schema", SCHEMA_TEXT, content_type="application/json")), OPEN),
        ((FILE, part("page_schema", SCHEMA_TEXT, content_type="text/plain; charset=iso-8859-1")), OPEN),
        ((FILE, part("page_schema", '{"properties": {"é": 1}}', content_type="text/plain; charset=iso-8859-1")), OPEN),
        ((FILE, part("page_schema", SCHEMA_TEXT, filename="schema.json")), OPEN),
        ((FILE, SCHEMA, part("mode", "fast", filename="mode")), OPEN),
        ((FILE, SCHEMA, part("max_pages", "many", filename="n")), OPEN),
        ((FILE, part("page_schema", b"\xff\xfe")), OPEN),
        ((FILE, part("page_schema", SCHEMA_TEXT.encode("utf-16"))), OPEN),
        ((FILE, SCHEMA, part("mode", b"\xe9")), OPEN),
        ((FILE, SCHEMA, part("max_pages", "many"), part("max_pages", "lots")), "reject"),
        ((FILE, part("page_schema", "[]", filename="schema.json")), "reject"),
        ((), "reject"),
        ((FILE,), "reject"),
        ((SCHEMA,), "reject"),
    ],
)  # fmt: skip
def test_parts_that_can_be_taken_in_two_ways_are_left_open_unless_both_are_wrong(parts, expected):
    assert rule(*parts).answer == expected


PLAIN_BODY = frame(RAW_FILE, RAW_SCHEMA)
FORM = ("content-type", "multipart/form-data; boundary=x")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (PLAIN_BODY, ACCEPT),
        (PLAIN_BODY.removesuffix(b"\r\n"), ACCEPT),
        (frame(RAW_FILE, RAW_SCHEMA.replace(b'name="page_schema"', b"name=page_schema")), OPEN),
        (frame(RAW_FILE.replace(b"Content-Disposition", b"content-disposition"), RAW_SCHEMA), ACCEPT),
        (b"", OPEN),
        (b"\x00" * 100, OPEN),
        (PLAIN_BODY[:-10], OPEN),
        (PLAIN_BODY[: len(PLAIN_BODY) // 2], OPEN),
        (PLAIN_BODY.replace(b"--x", b"--y"), OPEN),
        (PLAIN_BODY.replace(b"\r\n", b"\n"), OPEN),
        (b"\r\n" + PLAIN_BODY, OPEN),
        (b"preamble\r\n" + PLAIN_BODY, OPEN),
        (PLAIN_BODY + b"epilogue", OPEN),
        (PLAIN_BODY + PLAIN_BODY, OPEN),
        (frame(RAW_FILE, RAW_SCHEMA.replace(b"form-data", b"attachment")), OPEN),
        (frame(RAW_FILE, RAW_SCHEMA.replace(b'name="page_schema"', b'name="page_schema"; name="mode"')), OPEN),
        (frame(RAW_FILE, RAW_SCHEMA.replace(b'"page_schema"', b'"page\\_schema"')), OPEN),
        (frame(RAW_FILE, RAW_SCHEMA.replace(b'"page_schema"', b'"page%5Fschema"')), OPEN),
        (frame(RAW_FILE, RAW_SCHEMA.replace(b'"page_schema"', b'"page_schema\xff"')), OPEN),
        (frame(RAW_FILE, framed("page_schema", SCHEMA_TEXT, 'Content-Disposition: form-data; name="mode"')), OPEN),
        (frame(RAW_FILE, framed("page_schema", SCHEMA_TEXT, "Content-Transfer-Encoding: base64")), OPEN),
        (frame(RAW_FILE, framed("page_schema", SCHEMA_TEXT, *(f"X-{n}: 1" for n in range(50)))), OPEN),
        (frame(RAW_FILE, framed("page_schema", SCHEMA_TEXT, "X: " + "a" * 10_000)), OPEN),
        (frame(RAW_FILE.replace(b'filename="invoice.pdf"', b"filename*=utf-8''invoice.pdf"), RAW_SCHEMA), OPEN),
        (frame(RAW_FILE.replace(b'"invoice.pdf"', b'"invoice.pdf"; filename*=utf-8\'\'x.exe'), RAW_SCHEMA), OPEN),
        (frame(b"\r\n\r\n", RAW_SCHEMA), OPEN),
        (b"--x--\r\n", "reject"),
    ],
)  # fmt: skip
def test_a_body_is_accepted_only_in_a_form_that_every_parser_reads_alike(body, expected):
    assert raw(body).answer == expected


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [
        ("multipart/form-data; boundary=x", ACCEPT),
        ('Multipart/Form-Data; boundary="x"', OPEN),
        ("multipart/form-data; charset=utf-8; boundary=x", OPEN),
        ("multipart/form-data", OPEN),
        ("multipart/form-data; boundary=", OPEN),
        ("multipart/form-data; boundary=y", OPEN),
        ("multipart/form-data; boundary=x; boundary=y", OPEN),
        ("multipart/form-data; boundary=x; charset=iso-8859-1", OPEN),
        ("multipart/form-data; boundary=\u20ac", OPEN),
        ("multipart/form-data; boundary=\ud800", OPEN),
        ("multipart/form-data; boundary=" + "x" * 2_000, OPEN),
        ("application/x-www-form-urlencoded", OPEN),
        ("application/json", "reject"),
        ("application/pdf", "reject"),
        ("text/plain; boundary=x", "reject"),
        ("multipart/mixed; boundary=x", OPEN),
        ("", "reject"),
        ("\ud800", "reject"),
    ],
)
def test_the_content_type_says_how_the_body_is_read(content_type, expected):
    assert raw(PLAIN_BODY, content_type).answer == expected


def test_the_boundary_of_a_browser_is_one_boundary():
    boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW"
    body = PLAIN_BODY.replace(b"--x", b"--" + boundary.encode())
    assert raw(body, f"multipart/form-data; boundary={boundary}").answer is Answer.ACCEPT


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ((("X-Api-Key", KEY_PLACEHOLDER), ("Content-Type", "multipart/form-data; boundary=x")), ACCEPT),
        ((("x-api-key", KEY_PLACEHOLDER), ("x-api-key", "other"), FORM), OPEN),
        ((("x-api-key", KEY_PLACEHOLDER), ("X-API-KEY", KEY_PLACEHOLDER)), OPEN),
        ((("authorization", f"Bearer {KEY_PLACEHOLDER}"), FORM), "reject"),
        ((("x-api-key", KEY_PLACEHOLDER + " "), FORM), "reject"),
    ],
)  # fmt: skip
def test_the_key_counts_where_it_belongs_and_only_once(headers, expected):
    request = Request(method="POST", path=EXTRACT_PATH, headers=headers, body=PLAIN_BODY)
    assert CONTRACT.judge(request).answer == expected


# ---- encoding --------------------------------------------------------------------------------------------------------


def test_a_draft_is_encoded_to_the_same_bytes_every_time_and_names_the_key_by_its_placeholder():
    first, second = MINIMAL.encode(), minimal_draft().encode()
    assert first == second
    assert first.header("X-API-KEY") == KEY_PLACEHOLDER
    assert (first.method, first.path) == ("POST", EXTRACT_PATH)


def test_names_and_file_names_cannot_break_out_of_their_header():
    sent = multipart(
        [part('a"\r\nX-Evil: 1', "v"), part("file", "c", filename='x"; name="page_schema\r\n.pdf')], headers=HEADERS
    )
    assert b"\r\nX-Evil" not in sent.body
    assert b'name="page_schema' not in sent.body


def test_the_parts_of_a_request_can_be_read_back_and_a_broken_body_says_why_not():
    sent = multipart([FILE, SCHEMA], headers=HEADERS)
    parameters = sent.header("content-type").partition(";")[2]
    assert read_parts(sent.body, parameters) == [FILE, SCHEMA]
    assert read_parts(sent.body[:-30], parameters).startswith("a malformed multipart body")
    assert read_parts(sent.body, "") == "no boundary, or more than one"
