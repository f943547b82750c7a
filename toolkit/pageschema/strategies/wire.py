"""Requests that say the usual in an unusual way on the wire, or break off: what no form field and no clause speaks of.

Each differs from the smallest valid request in one place. What the contract says of it the oracle knows; on most it is
silent, and a server may take or refuse them, but must stand them.

Source: RFC 7578 (multipart/form-data), RFC 2046 5.1 (boundaries), RFC 6266 (file names), RFC 9110 8.3 (media types).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from pageschema import jsontext
from pageschema.contract import KEY_PLACEHOLDER, Part, Request, multipart
from pageschema.strategies.drafts import minimal_draft

FORM = "multipart/form-data"
BOUNDARY = "----pageschema7MA4YWxkTrZu0gW"
OVERSIZE = 600_000
MANY_FIELDS = 400
MALFORMED_IDS = ("..", "a/b", "\x00", "%", "req_" + "x" * 2_000, "ид", "1' OR '1'='1", "{request_id}")
"""Ids that no endpoint gives out, each to be quoted into the path of one segment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WireCase:
    """A request and, in a few words, what is unusual about it."""

    name: str
    request: Request


def wire_cases() -> Iterator[WireCase]:
    """Yield every case; the same bytes every time."""
    made: tuple[Iterator[tuple[str, Request]], ...] = (_headers(), _order(), _parts(), _names(), _values(), _frames())
    for cases in made:
        for name, request in cases:
            yield WireCase(name=name, request=request)


def _base() -> tuple[Part, Part]:
    draft = minimal_draft()
    text = jsontext.dumps(draft.fields["page_schema"]["json"], indent=None)
    return Part(name="page_schema", content=text.encode()), Part(name="file", **draft.files["file"])


def _request(*parts: Part, **headers: str) -> Request:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return multipart(parts, headers={"x-api-key": KEY_PLACEHOLDER, "content-type": FORM} | named)


def _raw(body: bytes, content_type: str = f"{FORM}; boundary={BOUNDARY}") -> Request:
    headers = (("x-api-key", KEY_PLACEHOLDER), ("content-type", content_type))
    return replace(_request(*_base()), headers=headers, body=body)


def _framed(*heads_and_contents: tuple[str, bytes], newline: bytes = b"\r\n") -> bytes:
    """Return a body whose parts have heads of their own."""
    mark = b"--" + BOUNDARY.encode()
    body = b"".join(
        mark + newline + head.replace("\r\n", newline.decode()).encode() + newline * 2 + content + newline
        for head, content in heads_and_contents
    )
    return body + mark + b"--" + newline


def _disposed(disposition: str, *more: str) -> str:
    return "\r\n".join([f"Content-Disposition: form-data; {disposition}", *more])


def _headers() -> Iterator[tuple[str, Request]]:
    base = _request(*_base())
    for name, change in (("upper", str.upper), ("title", str.title)):
        yield f"header names in {name} case", replace(base, headers=tuple((change(n), v) for n, v in base.headers))
    body = _framed(*_plain())
    yield "a media type in capitals", _raw(body, f"Multipart/Form-Data; boundary={BOUNDARY}")
    yield "a quoted boundary", _raw(body, f'{FORM}; boundary="{BOUNDARY}"')
    yield "a boundary and a charset", _raw(body, f"{FORM}; charset=utf-8; boundary={BOUNDARY}")
    yield "a charset that is not UTF-8", _raw(body, f"{FORM}; charset=utf-16; boundary={BOUNDARY}")
    yield "another boundary than that of the body", _raw(body, f"{FORM}; boundary=another")
    yield "no boundary", _raw(body, FORM)
    yield "an empty boundary", _raw(body, f"{FORM}; boundary=")
    yield "multipart of another kind", _raw(body, f"multipart/mixed; boundary={BOUNDARY}")
    yield "a form that says it is JSON", _raw(body, "application/json")
    yield "a form that says it is any bytes", _raw(body, "application/octet-stream")
    fields = {part.name: part.content.decode() for part in _base()[:1]} | {"file_url": "https://files.invalid/a.pdf"}
    yield "a form that is URL-encoded", _raw(urlencode(fields).encode(), "application/x-www-form-urlencoded")
    yield "a form of JSON", _raw(jsontext.dumps(fields, indent=None).encode(), "application/json; charset=utf-8")
    yield "no body", _raw(b"")
    yield "many headers", replace(base, headers=(*base.headers, *((f"x-more-{n}", "1") for n in range(60))))


def _plain() -> tuple[tuple[str, bytes], tuple[str, bytes]]:
    schema, file = _base()
    named = _disposed(f'name="file"; filename="{file.filename}"', "Content-Type: application/pdf")
    return (_disposed('name="page_schema"'), schema.content), (named, file.content)


def _order() -> Iterator[tuple[str, Request]]:
    schema, file = _base()
    yield "the file before the fields", _request(file, schema)
    pages = Part(name="max_pages", content=b"1")
    yield "the file between the fields", _request(schema, file, pages)
    for part in (schema, file, pages):
        others = [other for other in (schema, file) if other.name != part.name]
        yield f"{part.name} twice", _request(part, part, *others)
    yield "two values of max_pages", _request(pages, replace(pages, content=b"many"), schema, file)


def _parts() -> Iterator[tuple[str, Request]]:
    schema, file = _base()
    yield "a field with a plain content type", _request(replace(schema, content_type="text/plain; charset=utf-8"), file)
    yield "a field that says it is JSON", _request(replace(schema, content_type="application/json"), file)
    yield (
        "a field in Latin-1",
        _request(schema, file, Part(name="mode", content=b"f\xe4st", content_type="text/plain; charset=iso-8859-1")),
    )
    yield "a field sent like a file", _request(replace(schema, filename="schema.json"), file)
    yield "a file without a name", _request(schema, replace(file, filename=None))
    yield "a file with an empty name", _request(schema, replace(file, filename=""))
    yield "a file without a content type", _request(schema, replace(file, content_type=None))
    yield "a file of an unknown content type", _request(schema, replace(file, content_type="application/x-none"))
    yield "a file of no bytes", _request(schema, replace(file, content=b""))
    yield "a file that says it is another kind", _request(schema, replace(file, content_type="image/png"))
    yield "a file cut in half", _request(schema, replace(file, content=file.content[: len(file.content) // 2]))
    yield "a part of no name", _request(schema, file, Part(name="", content=b"x"))
    yield "a field with brackets", _request(replace(schema, name="page_schema[]"), file)
    yield "a field in capitals", _request(replace(schema, name="PAGE_SCHEMA"), file)
    unknown = (Part(name=f"field_{number}", content=b"1") for number in range(MANY_FIELDS))
    yield "hundreds of unknown fields", _request(schema, file, *unknown)
    large = Part(name="model_override_settings", content=b'{"a": "' + b"a" * OVERSIZE + b'"}')
    yield "an oversize field", _request(schema, file, large)
    yield "an oversize name", _request(schema, file, Part(name="n" * 20_000, content=b"1"))


def _names() -> Iterator[tuple[str, Request]]:
    schema, file = _base()
    for what, name in (
        ("outside ASCII", "Überweisung 合計.pdf"),
        ("with spaces", "an invoice of today.pdf"),
        ("that is a path", "../../etc/invoice.pdf"),
        ("of great length", "i" * 5_000 + ".pdf"),
        ("with a NUL", "in\x00voice.pdf"),
    ):
        yield f"a file name {what}", _request(schema, replace(file, filename=name))
    for what, disposition in (
        ("encoded by RFC 5987", "filename*=UTF-8''%C3%9Cberweisung.pdf"),
        ("given in both ways", "filename=\"invoice.pdf\"; filename*=UTF-8''%C3%9Cberweisung.pdf"),
        ("with an escaped quote", r'filename="in\"voice.pdf"'),
        ("without quotes", "filename=invoice.pdf"),
        ("that does not end", 'filename="invoice.pdf'),
    ):
        head = _disposed(f'name="file"; {disposition}', "Content-Type: application/pdf")
        yield f"a file name {what}", _raw(_framed(_plain()[0], (head, file.content)))
    yield "a field name without quotes", _raw(_framed((_disposed("name=page_schema"), schema.content), _plain()[1]))


def _values() -> Iterator[tuple[str, Request]]:
    schema, file = _base()
    for what, name, content in (
        ("a NUL in a field", "mode", b"fa\x00st"),
        ("bytes that are not UTF-8 in a field", "mode", b"\xff\xfe"),
        ("bytes that are not UTF-8 in a URL", "file_url", b"https://files.invalid/\xff"),
        ("an overlong UTF-8 sequence", "mode", b"\xc0\xaf"),
    ):
        yield what, _request(schema, file, Part(name=name, content=content))
    for what, content in (
        ("a NUL in a page_schema", b'{"properties": {"a\x00": {"type": "string"}}}'),
        ("an escaped NUL in a page_schema", b'{"properties": {"a\\u0000": {"type": "string"}}}'),
        ("half a surrogate pair in a page_schema", b'{"properties": {"a\\ud800": {"type": "string"}}}'),
        ("half a pair as bytes in a page_schema", b'{"properties": {"a\xed\xa0\x80": {"type": "string"}}}'),
        ("a page_schema in Latin-1", '{"properties": {"Währung": {"type": "string"}}}'.encode("latin-1")),
        ("a page_schema in UTF-16", '{"properties": {"total": {"type": "number"}}}'.encode("utf-16")),
        ("spaces around a page_schema", b"\r\n \t" + schema.content + b"\r\n"),
        ("text after a page_schema", schema.content + b" and so on"),
        ("a huge number in a page_schema", b'{"properties": {"a": {"type": "number", "maximum": 1e999}}}'),
    ):
        yield what, _request(replace(schema, content=content), file)


def _frames() -> Iterator[tuple[str, Request]]:
    body = _framed(*_plain())
    end = b"--" + BOUNDARY.encode() + b"--\r\n"
    # The file stands first: Starlette never closes a file in which the body ends.
    file_first = _framed(*reversed(_plain()))
    yield "a body cut off in a head", _raw(body[:70])
    yield "a body cut off in a field", _raw(file_first[: -len(end) - 40])
    yield "a body without its end", _raw(file_first.removesuffix(end))
    yield "a body without its last dashes", _raw(body.removesuffix(b"--\r\n") + b"\r\n")
    yield "text before the first part", _raw(b"This is a form.\r\n" + body)
    yield "text after the last part", _raw(body + b"That was a form.\r\n")
    yield "lines that end with LF alone", _raw(_framed(*_plain(), newline=b"\n"))
    schema, file = _plain()
    for what, head in (
        ("without a disposition", "Content-Type: text/plain"),
        ("with two dispositions", schema[0] + "\r\n" + _disposed('name="mode"')),
        ("in base64", f"{schema[0]}\r\nContent-Transfer-Encoding: base64"),
        ("with a folded header", 'Content-Disposition: form-data;\r\n name="page_schema"'),
        ("with a header that is none", f"{schema[0]}\r\nno header"),
        ("with many headers", f"{schema[0]}\r\n" + "\r\n".join(f"X-More-{n}: 1" for n in range(100))),
    ):
        yield f"a part {what}", _raw(_framed((head, schema[1]), file))
