"""PS406 bytes-field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field, quoted

_FORMATS = frozenset({"binary", "byte", "bytes", "base64", "base64url", "base64url-encoded"})
_MEDIA = ("image/", "audio/", "video/", "application/pdf", "application/octet-stream")


def _find(subject: Subject) -> Iterator[Flaw]:
    for place in subject.asked_holding("format", "contentEncoding", "contentMediaType"):
        sign = _sign(place.schema)
        if sign is None:
            continue
        keyword, value = sign
        yield Flaw(
            pointer=place.pointer,
            message=f"{field(place)} asks for bytes ('{keyword}': {quoted(value)})",
            remedy=(
                "make it str if text is meant, or leave it out of the page schema with SkipJsonSchema"
                if subject.model_schema is not None
                else f"drop '{keyword}' if text is meant, else drop the field"
            ),
        )


def _sign(schema: Any) -> tuple[str, str] | None:
    if not isinstance(schema, dict):
        return None
    encoding, media = schema.get("contentEncoding"), schema.get("contentMediaType")
    if isinstance(schema.get("format"), str) and schema["format"].casefold() in _FORMATS:
        return "format", schema["format"]
    if isinstance(encoding, str) and encoding.casefold() not in ("7bit", "8bit"):
        return "contentEncoding", encoding
    return ("contentMediaType", media) if isinstance(media, str) and media.casefold().startswith(_MEDIA) else None


BYTES_FIELD = LintRule(
    code="PS406",
    name="bytes-field",
    severity=Severity.WARNING,
    summary="a field that asks for bytes: `format: binary`, `contentEncoding`, the `bytes` of Python",
    why=(
        "A model that reads pages writes text. Asked for the bytes of a signature or a logo, it makes them up; asked "
        "for text that is declared as bytes by mistake, it may encode it."
    ),
    source=(
        "JSON Schema 2020-12 validation, section 8: strings that hold encoded binary data. Found in 2 of 269 models of "
        "public repositories, as the file that the model itself was read from."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "logo": {"type": "string", "format": "binary", "description": "The logo of the seller"}
  }
}
""",
    flagged=("/properties/logo",),
    good="""\
{
  "type": "object",
  "properties": {
    "logo": {"type": "string", "description": "What the logo of the seller shows, in words"}
  }
}
""",
    find=_find,
)
