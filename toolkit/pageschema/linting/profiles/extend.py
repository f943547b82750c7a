"""Extend, extraction, API version 2026-02-09."""

from pageschema.finding import Severity
from pageschema.linting.profile import Limits, Profile

_COMPOSED = "is not supported: a schema has neither compositions nor definitions"

EXTEND = Profile(
    name="extend",
    title="Extend, 2026-02-09",
    about=(
        "Every field of one value takes null, and so does every enum: without, the schema is refused with 400. An item "
        "of an array is the other way round. Bounds are not known to be taken, and are not written."
    ),
    sources=(
        "docs.extend.ai/2026-02-09/extraction/schema: JSON Schema Structure, Unsupported Features.",
        "github.com/datalab-to/omni_extract_bench, harness/dialects.py: the keys that its validator takes, and null.",
    ),
    date="2026-02-09",
    severities={"response-suffix-collision": None, "free-form-object": Severity.ERROR, "map-field": Severity.ERROR},
    unsupported=dict.fromkeys(("anyOf", "oneOf", "allOf", "$ref"), _COMPOSED),
    option_kinds=("string", "null"),
    bare_items=True,
    needs_null=True,
    name_pattern=("[A-Za-z0-9_-]+", "letters, digits, '_' and '-'"),
    limits=Limits(levels=5),
    left_out=(
        "pattern", "format", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
        "multipleOf", "minItems", "maxItems", "uniqueItems", "default", "const",
    ),
    form=(
        "every field of one value takes null, no item of an array does, bounds left out, a constant as an enum; "
        "keywords that only Extend knows are not written"
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "total due": {"type": ["number", "null"], "description": "With tax"},
    "currency": {"type": "string", "description": "As printed"}
  }
}
""",
    flagged=(("unsupported-name", "/properties/total due"), ("not-nullable", "/properties/currency")),
    good="""\
{
  "type": "object",
  "properties": {
    "total_due": {"type": ["number", "null"], "description": "With tax"},
    "currency": {"type": ["string", "null"], "description": "As printed"}
  }
}
""",
)  # fmt: skip
