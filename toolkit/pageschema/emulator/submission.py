"""What one request to /extract holds once it is read, and what refusing it looks like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pageschema.emulator.upload import Upload


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """The form fields that the emulator acts on; an absent or empty field is None.

    Of upstream's fields, `workflowstepdata_id` and `model_override_settings` change nothing here and are left out;
    `mode`, `skip_cache` and `webhook_url` matter to faults only.
    """

    page_schema: str | None = None
    schema_id: str | None = None
    schema_version: int | None = None
    upload: Upload | None = None
    file_url: str | None = None
    checkpoint_id: str | None = None
    max_pages: int | None = None
    page_range: str | None = None
    output_format: str | None = None
    extraction_mode: str | None = None
    processing_location: str | None = None
    save_checkpoint: bool = False
    skip_cache: bool = False
    mode: str = "fast"
    webhook_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A request turned away: the status, the ``detail``, and the rule that did it ("" for the framework's own)."""

    status: int
    detail: Any
    rule: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


CRASH = Refusal(status=500, detail="Internal Server Error")
"""What a server sends when its own code fails; only faults do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One HTTP answer. `content` is text where `media_type` is given, and otherwise a value to be written as JSON."""

    content: Any
    status: int = 200
    media_type: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
