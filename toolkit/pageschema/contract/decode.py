"""Decoding a request as the contract reads it: bytes on the wire in, every legal reading out.

The upstream leaves some spellings open: an empty part may be an absent one, ``+5`` may be an integer, the first or the
last of two equal parts may count. Each choice is a *reading*; the oracle rules only where all of them agree.

Source: RFC 7578 (multipart/form-data); facts observed of FastAPI, which the upstream's 422 body is made by.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pageschema import jsontext
from pageschema.contract.exchange import Part, Request
from pageschema.errors import InvalidJSON, InvalidSchema
from pageschema.schema import Judge, duplicates

MAX_READINGS = 16
MAX_FIELD_BYTES = 500_000
MAX_PLAIN_SCHEMA_BYTES = 64_000
MAX_PLAIN_DEPTH = 48

_ABSENT: Final = object()
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,8})\Z")
_LOOSE_INTEGER = re.compile(r"\s*[+-]?[\d_]+(?:\.0*)?\s*\Z")
_LOOSE_BOOLEANS = frozenset({"0", "1", "f", "false", "n", "no", "off", "on", "t", "true", "y", "yes"})
_PLAIN_RANGE = re.compile(r"[0-9]{1,4}(?:-[0-9]{1,4})?(?:,[0-9]{1,4}(?:-[0-9]{1,4})?)*\Z")
_PDF_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The readings of one request, or the reason why the contract cannot read it at all."""

    readings: tuple[dict[str, Any], ...] = ()
    opaque: str | None = None


def decode(request: Request, field_types: Mapping[str, str]) -> Decoded:
    """Return every legal reading of *request*.

    Args:
        field_types: For each declared form field ``integer``, ``boolean``, ``string`` or ``binary``.

    Returns:
        Readings as the overlay describes them: ``headers``, and for a form ``fields``, ``files``, ``derived``.
    """
    headers = {name.lower(): value for name, value in request.headers}
    if len(headers) < len(request.headers):
        return Decoded(opaque="a header stands twice")
    media_type, _, parameters = headers.get("content-type", "").partition(";")
    headers["content-type"] = media_type.strip().lower()
    if headers["content-type"] == "application/x-www-form-urlencoded":
        return Decoded(opaque="a form that is not multipart")
    if headers["content-type"] != "multipart/form-data":
        return Decoded(readings=({"headers": headers},))
    parts = read_parts(request.body, parameters)
    if isinstance(parts, str):
        return Decoded(opaque=parts)
    return _readings(headers, parts, field_types)


def read_parts(body: bytes, parameters: str) -> list[Part] | str:
    """Return the parts of a multipart body, or the reason why they cannot be told."""
    import multipart

    _, options = multipart.parse_options_header("multipart/form-data;" + parameters)
    if not options.get("boundary") or options.get("charset", "utf-8").lower() != "utf-8":
        return "no boundary, or a charset other than UTF-8"
    parts: list[Part] = []
    content = bytearray()
    segment: Any = None
    try:
        with multipart.PushMultipartParser(options["boundary"], strict=True, max_segment_count=1_000) as parser:
            for event in parser.parse(body):
                if event is None:
                    parts.append(_part(segment, bytes(content)))
                elif isinstance(event, (bytes, bytearray)):
                    content += event
                else:
                    segment, content = event, bytearray()
    except (multipart.MultipartError, UnicodeDecodeError) as error:
        return f"a malformed multipart body: {error}"
    return parts


def document_kind(content: bytes) -> str:
    """Return what the first bytes say a file is: pdf, png, jpeg, webp, docx, pptx, or other."""
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content.startswith(b"PK\x03\x04"):
        return "docx" if b"word/" in content else "pptx" if b"ppt/" in content else "other"
    return "other"


def _part(segment: Any, content: bytes) -> Part:
    return Part(
        name=segment.name,
        content=content,
        filename=segment.filename,
        content_type=segment.header("content-type"),
    )


def _readings(headers: dict[str, str], parts: Iterable[Part], field_types: Mapping[str, str]) -> Decoded:
    choices: dict[str, list[Any]] = {}
    for part in parts:
        if len(part.content) > MAX_FIELD_BYTES and part.filename is None:
            return Decoded(opaque=f"the field {jsontext.clip(part.name)} is larger than {MAX_FIELD_BYTES:,} bytes")
        values = _values(part, field_types.get(part.name, "string"))
        if values is None:
            return Decoded(opaque=f"the field {jsontext.clip(part.name)} is not UTF-8 text")
        choices.setdefault(part.name, []).extend(value for value in values if value not in choices.get(part.name, ()))
    total = 1
    for values in choices.values():
        total *= len(values)
    if total > MAX_READINGS:
        return Decoded(opaque="more readings than can be weighed")
    return Decoded(
        readings=tuple(
            _reading(headers, dict(zip(choices, combination, strict=True)))
            for combination in itertools.product(*choices.values())
        )
    )


def _reading(headers: dict[str, str], values: Mapping[str, Any]) -> dict[str, Any]:
    fields = {n: v for n, v in values.items() if v is not _ABSENT and not isinstance(v, _Upload)}
    files = {n: v.facts for n, v in values.items() if isinstance(v, _Upload)}
    derived: dict[str, Any] = {}
    if isinstance(fields.get("page_range"), str):
        pages = files.get("file", {}).get("pages", 1)
        derived["page_range"] = "plain" if _is_plain_range(fields["page_range"], pages) else "odd"
    if isinstance(fields.get("page_schema"), _Json):
        schema: _Json = fields["page_schema"]
        derived["page_schema"] = "plain" if schema.plain else "odd"
        fields["page_schema"] = {"json": schema.value}
    elif "page_schema" in fields:
        fields["page_schema"] = {"text": fields["page_schema"]}
    return {"headers": headers, "fields": fields, "files": files, "derived": derived}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Upload:
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Json:
    value: Any
    plain: bool


def _values(part: Part, declared: str) -> list[Any] | None:
    """Return what the part may mean, the likeliest first; None where it is not text though it should be."""
    if declared == "binary":
        upload = _Upload(
            facts={
                "filename": part.filename or "",
                "content_type": part.content_type or "",
                "kind": document_kind(part.content),
                "size": len(part.content),
                "pages": max(1, len(_PDF_PAGE.findall(part.content))),
            }
        )
        return [upload] if part.filename else [upload, _ABSENT]
    try:
        text = part.content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    values = _typed(part.name, text, declared)
    if text == "":
        values = [_ABSENT, *values]
    if part.filename is not None:
        values = [*values, _ABSENT]
    return values


def _typed(name: str, text: str, declared: str) -> list[Any]:
    if name == "page_schema":
        return _page_schemas(text)
    if declared == "integer":
        if _INTEGER.match(text):
            return [int(text)]
        return [0, text] if _LOOSE_INTEGER.match(text) else [text]
    if declared == "boolean":
        if text in {"true", "True"}:
            return [True]
        if text in {"false", "False"}:
            return [False]
        return [True, text] if text.strip().lower() in _LOOSE_BOOLEANS else [text]
    return [text]


def _page_schemas(text: str) -> list[Any]:
    try:
        value = jsontext.parse(text, max_depth=jsontext.MAX_SCHEMA_DEPTH)
    except InvalidJSON:
        return [_Json(value={"properties": {}}, plain=False), text] if _may_be_json(text) else [text]
    return [_Json(value=value, plain=_is_plain_schema(value, text))]


def _may_be_json(text: str) -> bool:
    """Whether a lenient parser may take what the strict one refuses: NaN, a BOM, great depth, lone surrogates."""
    try:
        json.loads(text.removeprefix("\ufeff"), strict=False)
    except RecursionError:
        return True
    except json.JSONDecodeError:
        return False
    except ValueError:
        return True
    return True


def _is_plain_schema(value: Any, text: str) -> bool:
    """Whether nothing about a page schema is out of the ordinary, so that a provider has no reason to refuse it."""
    if not (isinstance(value, dict) and isinstance(value.get("properties"), dict) and value["properties"]):
        return False
    if value.get("type", "object") != "object" or len(text) > MAX_PLAIN_SCHEMA_BYTES or "\\u0000" in text:
        return False
    if "$schema" in value and value["$schema"] != "https://json-schema.org/draft/2020-12/schema":
        return False
    try:
        jsontext.parse(text, max_depth=MAX_PLAIN_DEPTH)
        Judge(value)
    except (InvalidJSON, InvalidSchema):
        return False
    return next(duplicates(text), None) is None


def _is_plain_range(text: str, pages: int) -> bool:
    if not _PLAIN_RANGE.match(text):
        return False
    last = -1
    for part in text.split(","):
        first, _, end = part.partition("-")
        low, high = int(first), int(end or first)
        if low <= last or high < low:
            return False
        last = high
    return last < pages
