"""Decoding a request as the contract reads it: bytes on the wire in, every legal reading out.

The upstream leaves some spellings open: an empty part may be an absent one, ``+5`` may be an integer, the first or the
last of two equal parts may count. Each choice is a *reading*; the oracle rejects only what is wrong in all of them, and
accepts only what can be read in no other way and is written as everybody writes it.

Source: RFC 7578 (multipart/form-data); facts observed of FastAPI, which the upstream's 422 body is made by.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from pageschema import jsontext
from pageschema.contract import documents
from pageschema.contract.exchange import Part, Request
from pageschema.errors import InvalidJSON, InvalidSchema
from pageschema.schema import duplicates
from pageschema.solver import Instance, find_instance

MAX_READINGS = 16
MAX_PARTS = 1_000
MAX_FIELD_BYTES = 500_000
MAX_FILE_BYTES, MAX_FILE_PAGES = 200_000_000, 7_000
"""Bounds on a document. Source: DD/docs/common/limits."""
MAX_PLAIN_SCHEMA_BYTES = 64_000
MAX_PLAIN_DEPTH = 48

_ABSENT: Final = object()
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,8})\Z")
_LOOSE_INTEGER = re.compile(r"\s*[+-]?(?:[\d_]+(?:\.0*)?(?:[eE]\+?\d+)?|0[xXoObB][0-9a-fA-F]+)\s*\Z")
"""What some language's usual way to read an integer takes: Python's, JavaScript's, JSON's."""
_LOOSE_BOOLEANS = frozenset({"0", "1", "f", "false", "n", "no", "off", "on", "t", "true", "y", "yes"})
_PLAIN_RANGE = re.compile(r"[0-9]{1,4}(?:-[0-9]{1,4})?(?:,[0-9]{1,4}(?:-[0-9]{1,4})?)*\Z")

_NAMED = re.compile(r'form-data;\s*name=(?P<name>"[^"\\%]*"|[A-Za-z0-9_.-]+)(?P<rest>(?:\s*;.*)?)\Z', re.DOTALL)
"""A disposition whose name every parser reads alike."""
_NAME_AGAIN = re.compile(r";\s*name\s*\*?=", re.IGNORECASE)
_FILENAME = re.compile(r'(?:\s*;\s*filename="[^"\\/\x00-\x1f]*")?\s*\Z')
"""A file name as clients write it, and no path."""
_USUAL_TYPE = re.compile(r"multipart/form-data; ?boundary=[A-Za-z0-9'()+_,./:=?-]+\Z")
_BOUNDARY = re.compile(r"(?:^|;)\s*boundary\s*=", re.IGNORECASE)
_IDENTITY_ENCODINGS = frozenset({"7bit", "8bit", "binary"})
_PLAIN_TEXT = re.compile(r'text/plain(?:\s*;\s*charset="?utf-8"?)?\s*\Z', re.IGNORECASE)
_CHARSET = re.compile(r'charset="?(?!utf-8\b|us-ascii\b)', re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The readings of one request, the likeliest first, or the reason why the contract cannot read it at all.

    `odd` says what about its spelling a provider may refuse, though no clause speaks of it.
    """

    readings: tuple[dict[str, Any], ...] = ()
    opaque: str | None = None
    odd: str | None = None


def decode(request: Request, field_types: Mapping[str, str]) -> Decoded:
    """Return every legal reading of *request*. It never raises, whatever the bytes.

    Args:
        field_types: For each declared form field ``integer``, ``boolean``, ``string`` or ``binary``.

    Returns:
        Readings as the overlay describes them: ``headers``, and for a form ``fields``, ``files``, ``derived``.
    """
    headers = {name.lower(): value.encode("utf-8", "replace").decode() for name, value in request.headers}
    if len(headers) < len(request.headers):
        return Decoded(opaque="a header stands twice")
    media_type, _, parameters = headers.get("content-type", "").partition(";")
    headers["content-type"] = media_type.strip().lower()
    if headers["content-type"] == "application/x-www-form-urlencoded":
        return Decoded(opaque="a form that is not multipart")
    if headers["content-type"] != "multipart/form-data":
        if headers["content-type"].startswith("multipart/"):
            return Decoded(opaque="multipart, but no form-data")
        return Decoded(readings=({"headers": headers},))
    segments = _segments(request.body, parameters)
    if isinstance(segments, str):
        return Decoded(opaque=segments)
    odd = None if _USUAL_TYPE.match(request.header("content-type") or "") else "its content type is spelled unusually"
    return _readings(headers, segments, field_types, odd)


def read_parts(body: bytes, parameters: str) -> list[Part] | str:
    """Return the parts of a multipart body, or the reason why they cannot be told."""
    segments = _segments(body, parameters)
    return segments if isinstance(segments, str) else [segment.part for segment in segments]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Segment:
    """A part as it stands in the body; `odd` says what about its frame or headers is unusual."""

    part: Part
    odd: str | None


def _segments(body: bytes, parameters: str) -> list[_Segment] | str:
    import multipart

    _, options = multipart.parse_options_header("multipart/form-data;" + parameters)
    boundary = options.get("boundary", "")
    if not boundary or len(_BOUNDARY.findall(parameters)) != 1:
        return "no boundary, or more than one"
    if options.get("charset", "utf-8").lower() != "utf-8":
        return "a charset other than UTF-8"
    found: list[_Segment] = []
    content = bytearray()
    head: Any = None
    try:
        mark = b"--" + boundary.encode()
        closing = mark + b"--"
        framed = body.startswith(mark) and body.removesuffix(b"\r\n").endswith(closing) and body.count(closing) == 1
        frame = None if framed else "text stands around the parts"
        with multipart.PushMultipartParser(boundary, strict=True, max_segment_count=MAX_PARTS) as parser:
            for event in parser.parse(body):
                if event is None:
                    segment = _segment(head, bytes(content), frame)
                    if isinstance(segment, str):
                        return segment
                    found.append(segment)
                elif isinstance(event, (bytes, bytearray)):
                    content += event
                else:
                    head, content = event, bytearray()
    except (multipart.MultipartError, UnicodeError) as error:
        return f"a malformed multipart body: {jsontext.clip(str(error))}"
    return found


def _segment(head: Any, content: bytes, frame: str | None) -> _Segment | str:
    """Return the part under *head* with what is odd about it, or why it may be another part than it seems."""
    dispositions = [value for name, value in head.headerlist if name == "Content-Disposition"]
    named = _NAMED.match(dispositions[0]) if len(dispositions) == 1 else None
    if named is None or _NAME_AGAIN.search(named["rest"]):
        return "a part whose name can be read in more than one way"
    if head.header("Content-Transfer-Encoding", "binary").lower() not in _IDENTITY_ENCODINGS:
        return "a part with a transfer encoding, which RFC 7578 has done away with"
    part = Part(name=head.name, content=content, filename=head.filename, content_type=head.header("content-type"))
    if part.filename is None and _CHARSET.search(part.content_type or "") and not content.isascii():
        return "a part in a charset other than UTF-8"
    odd = frame
    if not _FILENAME.match(named["rest"]):
        odd = f"the file name of {jsontext.clip(part.name)} is spelled in an unusual way"
    elif not named["name"].startswith('"'):
        odd = f"the name of {jsontext.clip(part.name)} stands without quotes"
    return _Segment(part=part, odd=odd)


def _readings(
    headers: dict[str, str], segments: Iterable[_Segment], field_types: Mapping[str, str], odd: str | None
) -> Decoded:
    choices: dict[str, list[Any]] = {}
    for segment in segments:
        part, name = segment.part, jsontext.clip(segment.part.name)
        if len(part.content) > MAX_FIELD_BYTES and part.filename is None:
            return Decoded(opaque=f"the field {name} is larger than {MAX_FIELD_BYTES:,} bytes")
        if part.name not in field_types and part.name.partition("[")[0].lower() in field_types:
            return Decoded(opaque=f"{name} may be read as a field of a name like it")
        declared = field_types.get(part.name, "string")
        values = _values(part, declared)
        if values is None:
            return Decoded(opaque=f"the field {name} is not UTF-8 text")
        unusual = segment.odd or _oddity(part, declared)
        if unusual:
            values = [*values, _ABSENT]
        if part.name in choices:
            unusual = f"{name} stands twice"
        odd = odd or unusual
        known = choices.setdefault(part.name, [])
        known += [value for value in values if value not in known]
        if len(known) > MAX_READINGS:
            break
    total = 1
    for known in choices.values():
        total *= len(known)
        if total > MAX_READINGS:
            return Decoded(opaque="more readings than can be weighed")
    combinations = itertools.product(*choices.values())
    return Decoded(
        readings=tuple(_reading(headers, dict(zip(choices, values, strict=True))) for values in combinations), odd=odd
    )


def _oddity(part: Part, declared: str) -> str | None:
    """Return what about a part, though legal, a provider may refuse or read as no part at all."""
    name = jsontext.clip(part.name)
    if declared == "binary":
        if len(part.content) > MAX_FILE_BYTES or documents.pages(part.content) > MAX_FILE_PAGES:
            return f"{name} is beyond the limits of one request, {MAX_FILE_BYTES:,} bytes and {MAX_FILE_PAGES:,} pages"
        return None if part.filename else f"{name} has no file name"
    if part.filename is not None:
        return f"{name} is sent like a file"
    if not part.content:
        return f"{name} is empty, which may mean absent"
    if part.content_type is not None and not _PLAIN_TEXT.match(part.content_type):
        return f"{name} is sent as {jsontext.clip(part.content_type, 40)}"
    return None


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


_LENIENT = _Json(value={"properties": {}}, plain=False)
"""Stands for what a parser less strict than ours may find in a text."""


def _values(part: Part, declared: str) -> list[Any] | None:
    """Return what the part may mean, the likeliest first; None where it is not text though it should be."""
    if declared == "binary":
        return [
            _Upload(
                facts={
                    "filename": part.filename or "",
                    "content_type": (part.content_type or "").partition(";")[0].strip().lower(),
                    "kind": documents.kind(part.content),
                    "size": len(part.content),
                    "pages": documents.pages(part.content),
                }
            )
        ]
    try:
        text = part.content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return [_ABSENT, *_typed(part.name, text, declared)] if text == "" else _typed(part.name, text, declared)


def _typed(name: str, text: str, declared: str) -> list[Any]:
    if name == "page_schema":
        return list(_page_schemas(text))
    if declared == "integer":
        if _INTEGER.match(text):
            return [int(text)]
        if text == "null":  # The contract's integers may be null, for which a form has no other spelling.
            return [text, _ABSENT]
        return [0, text] if _LOOSE_INTEGER.match(text) else [text]
    if declared == "boolean":
        if text in {"true", "True"}:
            return [True]
        if text in {"false", "False"}:
            return [False]
        return [True, text] if text.strip().lower() in _LOOSE_BOOLEANS else [text]
    return [text]


@lru_cache(maxsize=256)
def _page_schemas(text: str) -> tuple[Any, ...]:
    """Return what a page_schema may hold; the values are shared and must not be modified."""
    try:
        value = jsontext.parse(text, max_depth=jsontext.MAX_SCHEMA_DEPTH)
    except InvalidJSON:
        return (_LENIENT, text) if _may_be_json(text) else (text,)
    repeats = next(duplicates(text), None) is not None
    found: tuple[Any, ...] = (_Json(value=value, plain=not repeats and _is_plain_schema(value, text)),)
    if repeats:  # Which of two equal keys counts is up to the parser.
        found += (_LENIENT,)
    return (*found, _ABSENT) if value is None else found


def _may_be_json(text: str) -> bool:
    """Whether a lenient parser may take what the strict one refuses: NaN, a BOM, great depth, lone surrogates."""
    try:
        json.loads(text.removeprefix("\ufeff"), strict=False)
    except json.JSONDecodeError:
        return False
    except (ValueError, RecursionError):
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
        return isinstance(find_instance({**value, "type": "object"}), Instance)
    except (InvalidJSON, InvalidSchema, RecursionError):
        return False


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
