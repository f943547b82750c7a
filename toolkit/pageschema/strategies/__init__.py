"""The one place that builds Hypothesis strategies: requests, page schemas, extractions, and documents to upload."""

from pageschema.strategies.breakages import BREAKAGES
from pageschema.strategies.broken import Broken, breakages_of, broken_extractions
from pageschema.strategies.documents import UPLOADS
from pageschema.strategies.drafts import broken_drafts, extract_requests, field_values, minimal_draft, valid_drafts
from pageschema.strategies.hunting import hunt
from pageschema.strategies.instances import extractions
from pageschema.strategies.schemas import page_schemas
from pageschema.strategies.schemas import values as page_schema_values
from pageschema.strategies.wire import MALFORMED_IDS, WireCase, wire_cases

__all__ = [
    "BREAKAGES",
    "MALFORMED_IDS",
    "UPLOADS",
    "Broken",
    "WireCase",
    "breakages_of",
    "broken_drafts",
    "broken_extractions",
    "extract_requests",
    "extractions",
    "field_values",
    "hunt",
    "minimal_draft",
    "page_schema_values",
    "page_schemas",
    "valid_drafts",
    "wire_cases",
]
