"""The form fields of POST /api/v1/extract, as upstream declares them to FastAPI.

Titles come from the parameters' names. The texts are upstream's, word for word: a test compares the OpenAPI document.
"""

from typing import Annotated

from fastapi import Cookie, File, Form, UploadFile

WosSession = Annotated[str, Cookie(alias="wos-session")]
ActiveTeam = Annotated[str, Cookie()]
FileUrl = Annotated[str | None, Form(description="Optional file URL. Provide either file/file_url or checkpoint_id.")]
CheckpointId = Annotated[
    str | None,
    Form(
        description="Checkpoint ID from a previous /convert request (with save_checkpoint=true). "
        "Skips re-parsing when provided."
    ),
]
PageSchemaText = Annotated[
    str | None,
    Form(
        description="The JSON schema for structured extraction. Generate with Pydantic .model_dump_json() or write "
        "manually. Must contain a 'properties' key. Mutually exclusive with schema_id.",
        json_schema_extra={
            "dashboard": {
                "description": "Valid Pydantic JSON schema defining the structured data to extract. Generate with "
                "YourModel.model_json_schema().",
                "type": "json",
            }
        },
    ),
]
SchemaId = Annotated[
    str | None,
    Form(description="ID of a saved extraction schema (e.g. sch_k8Hx9mP2nQ4v). Mutually exclusive with page_schema."),
]
SchemaVersion = Annotated[
    int | None,
    Form(
        description="Version number of the schema to use. Only valid with schema_id. If omitted, the latest version "
        "is used."
    ),
]
Mode = Annotated[
    str,
    Form(
        description="Output mode for parsing (only used when providing a file, not a checkpoint).",
        json_schema_extra={
            "choices": ["fast", "balanced", "accurate"],
            "dashboard": {"description": "Processing mode balancing speed and accuracy."},
        },
    ),
]
MaxPages = Annotated[int | None, Form(description="The maximum number of pages to process.")]
PageRange = Annotated[
    str | None,
    Form(
        description="The page range to process, comma separated like 0,5-10,20.",
        json_schema_extra={
            "dashboard": {
                "description": "Comma-separated page ranges to process, e.g. '0-2,4'. Leave empty for all pages."
            }
        },
    ),
]
OutputFormat = Annotated[
    str | None,
    Form(
        description="The output format for the parsed text alongside extraction results. Defaults to 'markdown'.",
        json_schema_extra={
            "dashboard": {
                "choices": ["markdown", "html", "json"],
                "description": "Output format for the parsed text alongside extraction results.",
                "type": "select",
            }
        },
    ),
]
SaveCheckpoint = Annotated[
    bool,
    Form(
        description="Save a checkpoint after processing for future extraction/segmentation calls.",
        json_schema_extra={"dashboard": {"description": "Save a checkpoint for later /extract or /segment calls."}},
    ),
]
SkipCache = Annotated[
    bool,
    Form(
        description="Skip the cache and re-run.",
        json_schema_extra={"dashboard": {"description": "Skip cache and re-run processing."}},
    ),
]
WebhookUrl = Annotated[str | None, Form(description="Optional webhook URL to call when the request is complete.")]
ProcessingLocation = Annotated[
    str | None,
    Form(
        description="Optional residency region override (e.g. us, eu). When provided, use file_url or direct-upload; "
        "multipart uploads are rejected. When omitted, the request uses the team's configured residency and profile."
    ),
]
WorkflowStepDataId = Annotated[
    int | None, Form(description="Optional workflow step data ID to associate with this request.")
]
ExtractionMode = Annotated[
    str | None,
    Form(
        description="Extraction mode: 'fast' (lowest latency and cost) or 'balanced' (higher accuracy with per-field "
        "verification, reasoning, and citations; slower). Defaults to 'balanced'."
    ),
]
ModelOverrideSettings = Annotated[str | None, Form()]
Document = Annotated[
    UploadFile | None,
    File(
        description="Input PDF, word document, powerpoint, or image file, uploaded as multipart form data.  Images "
        "must be png, jpg, or webp format."
    ),
]
