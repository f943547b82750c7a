"""The body of a poll: still processing, complete, or failed late.

Source: DD/docs/recipes/structured-extraction/api-overview and DD/api-reference for the fields; costs, and the scores of
fast mode, are null on the first complete poll and filled on a later one, as Datalab's own benchmark code expects.
"""

from __future__ import annotations

from typing import Any

from pageschema import jsontext
from pageschema.emulator.extraction import Extraction, Unextractable
from pageschema.emulator.siblings import SUFFIXES, with_siblings
from pageschema.emulator.store import Job

PROCESSING: dict[str, Any] = {"status": "processing", "success": None, "error": None}
CENTS_A_PAGE = {"turbo": 0.3, "fast": 0.6, "balanced": 2.5, "accurate": 2.5}
"""Source: DD/docs/recipes/structured-extraction: $6 and $25 for 1,000 pages; the price of turbo is not published."""


def mode_used(asked: str | None) -> str:
    """Return the extraction mode that a request runs in: balanced unless it names another that there is."""
    return asked if asked in SUFFIXES else "balanced"


def compose_result(job: Job, outcome: Extraction | Unextractable, *, settled: bool) -> dict[str, Any]:
    """Return the result of a job that has come to its end.

    Args:
        job: The request.
        outcome: What was extracted, or why nothing could be.
        settled: Whether what comes later (scores, costs) is there.
    """
    body: dict[str, Any] = {
        "status": "failed",
        "success": False,
        "error": None,
        "error_in": None,
        "extraction_schema_json": None,
        "extraction_score_average": None,
        "extraction_mode": job.extraction_mode,
        "result_url": None,
        "expires_in": None,
        "output_format": job.output_format,
        **_parsed_text(job.output_format),
        "images": {},
        "metadata": {"page_stats": [{"page_id": page, "num_blocks": 12} for page in range(min(job.pages, 100))]},
        "page_count": job.pages,
        "runtime": 1.25,
        "versions": {"emulator": "1"},
        "parse_quality_score": 4.5,
        "checkpoint_id": None,
        "segmentation_results": None,
        "evaluation": None,
        "total_cost": None,
        "cost_breakdown": None,
    }
    if isinstance(outcome, Unextractable):
        body |= {"error": outcome.error, "error_in": "VALIDATION"}
        return body
    enriched = with_siblings(outcome.value, outcome.schema, mode=job.extraction_mode, scored=settled)
    body |= {
        "status": "complete",
        "success": True,
        "extraction_schema_json": jsontext.dumps(enriched.value, indent=None),
        "extraction_score_average": enriched.score_average,
        "checkpoint_id": job.checkpoint_id if job.save_checkpoint else None,
    }
    if settled:
        cents = round(job.pages * CENTS_A_PAGE[job.extraction_mode], 4)
        body |= {"total_cost": cents, "cost_breakdown": {"final_cost_cents": cents}}
    return body


def late_failure(job: Job) -> dict[str, Any]:
    """Return the result of a request that was taken and then not served, as where too many pages are in flight.

    Source: DD/docs/common/limits.
    """
    error = "Page rate limit exceeded. Please wait for the pages in flight, and send the request again."
    return compose_result(job, Unextractable(error=error), settled=False) | {"error_in": "OTHER"}


def _parsed_text(output_format: str) -> dict[str, Any]:
    """Return the parsed document in the format asked for (markdown where it is none that there is)."""
    forms: dict[str, Any] = {
        "markdown": "# Emulated document\n\nNothing of the document is read here.\n",
        "html": "<h1>Emulated document</h1>\n<p>Nothing of the document is read here.</p>\n",
        "json": {"block_type": "Document", "children": []},
        "chunks": {"blocks": [], "page_info": {}},
    }
    asked = {part.strip() for part in output_format.split(",")} & forms.keys() or {"markdown"}
    return {name: form if name in asked else None for name, form in forms.items()}
