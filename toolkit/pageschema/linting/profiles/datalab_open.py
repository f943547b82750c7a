"""The open extraction model lift, run by oneself."""

from pageschema.finding import Severity
from pageschema.linting.profile import Profile

_AVOID = "is to be avoided: a decoder that cannot compile it drops the whole guarantee"
_DROPPED = "is dropped before decoding, and decides nothing"

DATALAB_OPEN = Profile(
    name="datalab-open",
    title="Datalab lift, open model",
    about=(
        "The decoder skips a schema that it cannot compile, and the answer is then bound to nothing: what only weakens "
        "an extraction elsewhere is an error here. Leaves take null, whatever the schema says."
    ),
    sources=(
        (
            "README of github.com/datalab-to/lift: avoid enum, anyOf/oneOf, $ref, additionalProperties; the decoder "
            "skips schemas it can't compile, which weakens the output guarantee."
        ),
        (
            "Measured with json-schema-to-pydantic 0.4.11, which lift compiles schemas with: an array without items, a "
            "tuple, a property without type and look-around in a pattern are refused; if and patternProperties are "
            "dropped."
        ),
    ),
    date="2026-06-19",
    severities={
        "unsupported-keyword": Severity.WARNING,
        "untyped-field": Severity.ERROR,
        "untyped-array": Severity.ERROR,
        "tuple": Severity.ERROR,
        "unportable-pattern": Severity.ERROR,
    },
    unsupported={
        "enum": _AVOID,
        "anyOf": _AVOID,
        "oneOf": _AVOID,
        "$ref": _AVOID,
        "additionalProperties": _AVOID,
        "if": _DROPPED,
        "patternProperties": _DROPPED,
    },
    form="that of datalab; enums and unions stay, and are named as warnings",
    bad="""\
{
  "type": "object",
  "properties": {
    "kind": {"type": "string", "description": "What it is", "enum": ["invoice", "receipt", "other"]},
    "tags": {"type": "array", "description": "Stamps on the page"}
  }
}
""",
    flagged=(("unsupported-keyword", "/properties/kind/enum"), ("untyped-array", "/properties/tags")),
    good="""\
{
  "type": "object",
  "properties": {
    "kind": {"type": "string", "description": "Whether it is an invoice, a receipt or something else"},
    "tags": {"type": "array", "description": "Stamps on the page", "items": {"type": "string"}}
  }
}
""",
)
