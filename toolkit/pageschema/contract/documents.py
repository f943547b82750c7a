"""What an uploaded file is, by its first and last bytes: only a whole document of a known kind has a kind."""

from __future__ import annotations

import re

_PDF_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_TAIL = 2_048
"""Bytes at the end in which a whole document says that it ends."""


def kind(content: bytes) -> str:
    """Return pdf, png, jpeg, webp, docx, pptx, or other: also for a document that is cut off or encrypted.

    Source: ISO 32000-1, 7.5; RFC 2083; ISO 10918-1, B.1; RFC 9649; ECMA-376 part 2.
    """
    tail = content[-_TAIL:]
    if content.startswith(b"%PDF-"):
        return "pdf" if b"startxref" in tail and b"%%EOF" in tail and b"/Encrypt" not in content else "other"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png" if content.endswith(b"IEND\xaeB`\x82") else "other"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg" if content.endswith(b"\xff\xd9") else "other"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp" if int.from_bytes(content[4:8], "little") == len(content) - 8 else "other"
    if content.startswith(b"PK\x03\x04") and b"PK\x05\x06" in tail:
        return "docx" if b"word/" in content else "pptx" if b"ppt/" in content else "other"
    return "other"


def pages(content: bytes) -> int:
    """Return how many pages a PDF surely has, at least one; for any other document one."""
    return max(1, len(_PDF_PAGE.findall(content))) if content.startswith(b"%PDF-") else 1
