"""Uploads: which kind of document the bytes are, how many pages it has, and which of them a request asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_FILE_BYTES = 200 * 1024 * 1024
"""Source: DD/docs/common/limits, 200 MB for each type of file."""

COUNTED_BYTES = 16 * 1024 * 1024
"""Larger documents count as one page: nobody waits for a regular expression over 200 MB."""

_PDF_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)", re.IGNORECASE | re.DOTALL
)
_STARTS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"PK\x03\x04", "office"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
)
_PART = re.compile(r"\s*([0-9]+)\s*(?:-\s*([0-9]+)\s*)?", re.ASCII)
_LAST_PAGE = 10**9


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """An uploaded document. `kind` is None where the content is none of the types that the API takes."""

    size: int
    kind: str | None
    pages: int = 1
    too_large: bool = False


def kind_of(head: bytes) -> str | None:
    """Return the kind of document that starts with *head* (its first kilobyte), or None.

    Source: DD/platform/troubleshooting, the 400 for a wrong file type, which is told by content and not by name.
    """
    if b"%PDF-" in head[:1024]:
        return "pdf"
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    return "html" if _HTML.match(head) else None


def count_pages(content: bytes) -> int:
    """Return the number of page objects in a PDF, at least one; compressed object streams are not looked into."""
    return max(1, len(_PDF_PAGE.findall(content)))


def parse_range(text: str) -> list[tuple[int, int]] | None:
    """Return the page numbers of a ``page_range`` as closed intervals, or None where it is none.

    Spaces, empty parts, repeated and reversed ranges are taken: the contract says nothing against them.
    """
    parts = [part for part in text.split(",") if part.strip()]
    intervals = []
    for part in parts:
        match = _PART.fullmatch(part)
        if match is None:
            return None
        first = _number(match[1])
        last = first if match[2] is None else _number(match[2])
        intervals.append((min(first, last), max(first, last)))
    return intervals or None


def pages_asked(pages: int, *, page_range: str | None, max_pages: int | None) -> int:
    """Return how many of a document's *pages* a request asks for; ``page_range`` overrides ``max_pages``.

    Source: DD/docs/recipes/structured-extraction/handling-long-documents.
    """
    intervals = parse_range(page_range) if page_range else None
    if intervals is not None:
        asked = counted = 0  # Pages below `counted` have been looked at; one sweep, however many parts there are.
        for first, last in sorted(intervals):
            asked += max(0, min(last + 1, pages) - max(first, counted))
            counted = max(counted, last + 1)
        return asked
    return min(pages, max_pages) if max_pages is not None and max_pages > 0 else pages


def _number(digits: str) -> int:
    significant = digits.lstrip("0")
    return _LAST_PAGE if len(significant) > 9 else int(significant or "0")  # int() refuses 4,301 digits.
