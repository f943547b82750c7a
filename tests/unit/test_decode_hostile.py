import json

import pytest

from pageschema.contract import EXTRACT_PATH, KEY_PLACEHOLDER, Answer, Contract, Part, Request, multipart
from pageschema.contract.decode import MAX_FIELD_BYTES
from pageschema.strategies import UPLOADS

CONTRACT = Contract.load()
HEADERS = {"x-api-key": KEY_PLACEHOLDER, "content-type": "multipart/form-data"}
PLAIN_BODY = b"--x--\r\n"


def part(name, content="", **more):
    return Part(name=name, content=content.encode() if isinstance(content, str) else content, **more)


FILE = part("file", **UPLOADS[0])
SCHEMA = part("page_schema", '{"type": "object", "properties": {"total": {"type": "number"}}}')
NESTED = '{"properties": {"a": ' * 100_000
HOSTILE = {
    "thousands of parts": multipart([part(f"f{n}", "x") for n in range(5_000)], headers=HEADERS),
    "a part a thousand times": multipart([part("mode", str(n)) for n in range(999)], headers=HEADERS),
    "a file a thousand times": multipart(
        [part("file", str(n), filename=f"{n}.pdf") for n in range(999)], headers=HEADERS
    ),
    "a schema a thousand times": multipart(
        [part("page_schema", f'{{"properties": {{"f{n}": {{}}}}}}') for n in range(999)], headers=HEADERS
    ),
    "every field in doubt": multipart([part(name, "1") for name in CONTRACT.field_types], headers=HEADERS),
    "a megabyte in a field": multipart([FILE, part("page_schema", "x" * 1_000_000)], headers=HEADERS),
    "a long page range": multipart([FILE, SCHEMA, part("page_range", "1," * 200_000)], headers=HEADERS),
    "a long number": multipart([FILE, SCHEMA, part("max_pages", "9" * MAX_FIELD_BYTES)], headers=HEADERS),
    "spaces for a number": multipart([FILE, SCHEMA, part("max_pages", " " * 400_000 + "x")], headers=HEADERS),
    "underscores for a number": multipart([FILE, SCHEMA, part("max_pages", "_" * 400_000 + "x")], headers=HEADERS),
    "spaces for a boolean": multipart([FILE, SCHEMA, part("skip_cache", " " * 400_000)], headers=HEADERS),
    "brackets": multipart([FILE, part("page_schema", "[" * 400_000)], headers=HEADERS),
    "nested objects": multipart([FILE, part("page_schema", NESTED[:400_000])], headers=HEADERS),
    "quotes": multipart([FILE, part("page_schema", '"' * 400_000)], headers=HEADERS),
    "backslashes": multipart([FILE, part("page_schema", '{"' + "\\" * 400_000)], headers=HEADERS),
    "a large schema": multipart(
        [FILE, part("page_schema", json.dumps({"properties": {f"f{n}": {"type": "string"} for n in range(10_000)}}))],
        headers=HEADERS,
    ),
    "a schema that fans out": multipart(
        [
            FILE,
            part(
                "page_schema",
                json.dumps(
                    {
                        "properties": {"a": {"$ref": "#/$defs/0"}},
                        "$defs": {
                            str(n): {"allOf": [{"$ref": f"#/$defs/{n + 1}"}] * 2} if n < 60 else {"type": "string"}
                            for n in range(61)
                        },
                    }
                ),
            ),
        ],
        headers=HEADERS,
    ),
    "a costly pattern": multipart(
        [FILE, part("page_schema", json.dumps({"properties": {"a": {"pattern": "(a{0,1000}){0,1000}(?=b)"}}}))],
        headers=HEADERS,
    ),
    "pages in a PDF": multipart(
        [part("file", b"%PDF-" + b"/Type " * 500_000, filename="a.pdf"), SCHEMA], headers=HEADERS
    ),
    "boundaries": Request(
        method="POST",
        path=EXTRACT_PATH,
        headers=(("x-api-key", KEY_PLACEHOLDER), ("content-type", "multipart/form-data; boundary=x")),
        body=b"--x\r\n" * 100_000,
    ),
    "header options": Request(
        method="POST",
        path=EXTRACT_PATH,
        headers=(("x-api-key", KEY_PLACEHOLDER), ("content-type", "multipart/form-data" + '; a="\\' * 50_000)),
        body=PLAIN_BODY,
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_body_gets_a_ruling_and_is_never_accepted(name):
    assert CONTRACT.judge(HOSTILE[name]).answer in {Answer.UNSPECIFIED, Answer.REJECT}
