"""Proving an extraction against the page schema it was asked for with.

What the API returns is not an instance of that schema: keys of its own stand beside each field, and null for what it
did not find. `check_extraction` reads it as it is meant, and says what is left to act on.
"""

from pageschema.conformance.check import ExtractionMismatch, assert_extraction, check_extraction
from pageschema.conformance.conforming import Conformance, conformance_schema
from pageschema.conformance.peeling import Peeled, peel
from pageschema.conformance.result import Extracted, read_result
from pageschema.conformance.violation import Violation

__all__ = [
    "Conformance",
    "Extracted",
    "ExtractionMismatch",
    "Peeled",
    "Violation",
    "assert_extraction",
    "check_extraction",
    "conformance_schema",
    "peel",
    "read_result",
]
