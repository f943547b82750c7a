"""Small real documents to upload: each opens in a viewer, none holds anything.

Source: ISO 32000-1, 7.5 (PDF file structure); RFC 2083 (PNG); ECMA-376 part 2 (OPC, for DOCX).
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any


def pdf(pages: int = 1) -> bytes:
    """Return a PDF of blank A4 pages."""
    kids = " ".join(f"{number + 3} 0 R" for number in range(pages))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        *(["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"] * pages),
    ]
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, text in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode("ascii")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode("ascii")
    out += b"".join(f"{offset:010} 00000 n \n".encode("ascii") for offset in offsets)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode("ascii")
    return bytes(out)


def png() -> bytes:
    """Return a PNG of one white pixel."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\x00\xff")) + chunk(b"IEND", b"")
    )


def docx() -> bytes:
    """Return a Word document with one empty paragraph; the same bytes every time."""
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    members = {
        "[Content_Types].xml": (
            f'<Types xmlns="{package}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="r1" Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": (
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            "<w:body><w:p/></w:body></w:document>"
        ),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0)), text)
    return buffer.getvalue()


def upload(filename: str, content_type: str, content: bytes) -> Mapping[str, Any]:
    """Return an upload as a `Draft` holds it."""
    return {"filename": filename, "content_type": content_type, "content": content}


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
UPLOADS: tuple[Mapping[str, Any], ...] = (
    upload("invoice.pdf", "application/pdf", pdf()),
    upload("statement.pdf", "application/pdf", pdf(3)),
    upload("scan.png", "image/png", png()),
    upload("letter.docx", WORD, docx()),
    upload("Überweisung 2026.pdf", "application/pdf", pdf(2)),
)
"""The smallest first."""
