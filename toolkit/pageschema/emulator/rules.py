"""What the API refuses, one small function a rule, in the order in which they are asked.

They are written from what Datalab documents, never from the contract's overlay: the emulator is what the oracle is
tried on, and code shared by both would agree with itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from pageschema import jsontext
from pageschema.emulator.store import Store
from pageschema.emulator.submission import Refusal, Submission
from pageschema.emulator.upload import parse_range
from pageschema.errors import InvalidJSON

WRONG_KEY = "Invalid API key provided. Set the X-API-Key header to your API key."
"""Source: DD/platform/troubleshooting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One reason to refuse a submission; `refuse` returns the refusal, or None where the rule is kept."""

    name: str
    refuse: Callable[[Submission, Store], Refusal | None]


def schema_text(submission: Submission, store: Store) -> str | None:
    """Return the schema that a submission extracts by, as JSON text; None where it names none that is known.

    ``page_schema`` counts where both are given, which only a fault lets through.
    """
    if submission.page_schema is not None:
        return submission.page_schema
    schema = store.schema_of(submission.schema_id or "", submission.schema_version)
    return None if schema is None else jsontext.dumps(schema, indent=None)


@lru_cache(maxsize=256)
def read_schema(text: str) -> jsontext.JsonValue | InvalidJSON:
    """Return what a ``page_schema`` text holds, or why it is no JSON."""
    try:
        return jsontext.parse(text, max_depth=jsontext.MAX_SCHEMA_DEPTH)
    except InvalidJSON as error:
        return error


def refuse_source_missing(submission: Submission, _: Store) -> Refusal | None:
    """CONTRACT file_url: "Provide either file/file_url or checkpoint_id."."""
    if submission.upload or submission.file_url or submission.checkpoint_id:
        return None
    return _bad("source-required", "Provide either file, file_url or checkpoint_id.")


def refuse_schema_missing(submission: Submission, _: Store) -> Refusal | None:
    """DD/docs/recipes/structured-extraction/api-overview: "one is required"."""
    if submission.page_schema is None and submission.schema_id is None:
        return _bad("schema-required", "Provide either page_schema or schema_id.")
    return None


def refuse_both_schemas(submission: Submission, _: Store) -> Refusal | None:
    """DD/docs/recipes/structured-extraction/saved-schemas: "If you pass both, the API returns a 400 error"."""
    if submission.page_schema is not None and submission.schema_id is not None:
        return _bad("schema-exclusive", "page_schema and schema_id are mutually exclusive.")
    return None


def refuse_lone_version(submission: Submission, _: Store) -> Refusal | None:
    """CONTRACT schema_version: "Only valid with schema_id."."""
    if submission.schema_version is not None and submission.schema_id is None:
        return _bad("schema-version-needs-schema-id", "schema_version is only valid with schema_id.")
    return None


def refuse_schema_text(submission: Submission, _: Store) -> Refusal | None:
    """LIFT skill: "Schema rejected (400): ensure it's a JSON object with `properties`"; here, that it is JSON."""
    if submission.page_schema is None:
        return None
    value = read_schema(submission.page_schema)
    return _bad("page-schema-json", f"page_schema: {value.what}.") if isinstance(value, InvalidJSON) else None


def refuse_schema_kind(submission: Submission, _: Store) -> Refusal | None:
    """The same sentence; here, that it is an object."""
    if submission.page_schema is None:
        return None
    value = read_schema(submission.page_schema)
    if isinstance(value, (dict, InvalidJSON)):
        return None
    return _bad("page-schema-object", "page_schema must be a JSON object.")


def refuse_missing_properties(submission: Submission, _: Store) -> Refusal | None:
    """CONTRACT page_schema: "Must contain a 'properties' key."."""
    if submission.page_schema is None:
        return None
    value = read_schema(submission.page_schema)
    if isinstance(value, dict) and "properties" not in value:
        return _bad("page-schema-properties", "page_schema must contain a 'properties' key.")
    return None


def refuse_properties_kind(submission: Submission, _: Store) -> Refusal | None:
    """JSON Schema 2020-12 core, 10.3.2.1: ``properties`` is an object."""
    if submission.page_schema is None:
        return None
    value = read_schema(submission.page_schema)
    if isinstance(value, dict) and not isinstance(value.get("properties", {}), dict):
        return _bad("page-schema-properties-object", "'properties' of page_schema must be an object.")
    return None


def refuse_upload_with_location(submission: Submission, _: Store) -> Refusal | None:
    """CONTRACT processing_location: "use file_url or direct-upload; multipart uploads are rejected"."""
    if submission.upload and submission.processing_location:
        return _bad(
            "upload-without-location", "Multipart uploads are rejected with processing_location. Use file_url instead."
        )
    return None


def refuse_page_range(submission: Submission, _: Store) -> Refusal | None:
    """CONTRACT page_range: "comma separated like 0,5-10,20"."""
    if submission.page_range is not None and parse_range(submission.page_range) is None:
        return _bad("page-range-syntax", "page_range must be comma separated like 0,5-10,20.")
    return None


def refuse_large_file(submission: Submission, _: Store) -> Refusal | None:
    """DD/platform/errors: 413 for a file over 200 MB."""
    if submission.upload and submission.upload.too_large:
        return Refusal(status=413, detail="File is too large. The limit is 200 MB.", rule="file-size")
    return None


def refuse_empty_file(submission: Submission, _: Store) -> Refusal | None:
    """No document, no pages; the SDK refuses it before sending."""
    if submission.upload and submission.upload.size == 0:
        return _bad("file-not-empty", "The uploaded file is empty.")
    return None


def refuse_file_type(submission: Submission, _: Store) -> Refusal | None:
    """DD/platform/troubleshooting: the type is told by content."""
    if submission.upload and submission.upload.kind is None:
        return _bad(
            "file-type",
            "Invalid file type. Only PDF files, word documents, spreadsheets, powerpoints, HTML files, "
            "and PNG, JPG, GIF, TIFF, WEBP images are supported.",
        )
    return None


def refuse_unknown_schema(submission: Submission, store: Store) -> Refusal | None:
    """DD/platform/errors: 404 for an unknown resource; an archived schema "cannot be used for new extractions"."""
    if submission.schema_id is None or schema_text(submission, store) is not None:
        return None
    what = "schema" if submission.schema_version is None else "schema or schema version"
    return Refusal(status=404, detail=f"Extraction {what} not found.", rule="schema-known")


def refuse_unknown_checkpoint(submission: Submission, store: Store) -> Refusal | None:
    """DD/platform/errors: 404 for an unknown or expired resource."""
    if submission.checkpoint_id is None or submission.checkpoint_id in store.checkpoints:
        return None
    return Refusal(status=404, detail="Checkpoint not found. It may have expired.", rule="checkpoint-known")


RULES = (
    Rule(name="source-required", refuse=refuse_source_missing),
    Rule(name="schema-required", refuse=refuse_schema_missing),
    Rule(name="schema-exclusive", refuse=refuse_both_schemas),
    Rule(name="schema-version-needs-schema-id", refuse=refuse_lone_version),
    Rule(name="page-schema-json", refuse=refuse_schema_text),
    Rule(name="page-schema-object", refuse=refuse_schema_kind),
    Rule(name="page-schema-properties", refuse=refuse_missing_properties),
    Rule(name="page-schema-properties-object", refuse=refuse_properties_kind),
    Rule(name="upload-without-location", refuse=refuse_upload_with_location),
    Rule(name="page-range-syntax", refuse=refuse_page_range),
    Rule(name="file-size", refuse=refuse_large_file),
    Rule(name="file-not-empty", refuse=refuse_empty_file),
    Rule(name="file-type", refuse=refuse_file_type),
    Rule(name="schema-known", refuse=refuse_unknown_schema),
    Rule(name="checkpoint-known", refuse=refuse_unknown_checkpoint),
)


def _bad(rule: str, detail: str) -> Refusal:
    return Refusal(status=400, detail=detail, rule=rule)
