"""Proving an extraction against the page schema it was asked for with.

What the API returns is not an instance of that schema: keys of its own stand beside each field, and null for what it
did not find. `check_extraction` reads it as it is meant, and says what is left to act on.
"""

from pageschema.conformance.check import CheckOptions, ExtractionMismatch, assert_extraction, check_extraction
from pageschema.conformance.conforming import Conformance, conformance_schema
from pageschema.conformance.evidence import Evidence, FieldEvidence, evidence_of
from pageschema.conformance.peeling import Peeled, peel
from pageschema.conformance.result import Extracted, read_result
from pageschema.conformance.shape import Shape, Shapes
from pageschema.conformance.violation import Violation, cut
from pageschema.conformance.wording import path

__all__ = [
    "CheckOptions",
    "Conformance",
    "Evidence",
    "Extracted",
    "ExtractionMismatch",
    "FieldEvidence",
    "Peeled",
    "Shape",
    "Shapes",
    "Violation",
    "assert_extraction",
    "check_extraction",
    "conformance_schema",
    "cut",
    "evidence_of",
    "path",
    "peel",
    "read_result",
]
