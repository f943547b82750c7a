"""The conformance schema: what the API may return for a page schema, as a JSON Schema of its own.

An extraction is read by taking the API's own keys off and null for absent (`peeling`). Here the page schema is
rewritten instead, so that one compiled validator takes an extraction as it came: with keys beside each declared field,
in their shapes, and null where a field is not required.

What the result takes is right, always. What it does not take is wrong where the result is *exact*. Some keywords cannot
be said of an object with keys beside its fields (two items differ that are equal once read; there are more properties
than fields): there no object is taken, and whoever asks has to read the extraction.
"""

from pageschema.conformance.admitting.here import CannotAdmit
from pageschema.conformance.admitting.writing import Writing

__all__ = ["CannotAdmit", "Writing"]
