"""Anthropic's structured outputs and strict tools."""

from pageschema.finding import Severity
from pageschema.linting.profile import Limits, Profile

_REFUSED = "is not supported by structured outputs"
_ABSENT = "is not among the keywords that structured outputs take: the SDKs write it into the description"

ANTHROPIC = Profile(
    name="anthropic",
    title="Anthropic, structured outputs",
    about="What a grammar cannot hold is refused: bounds, lengths, recursion. The SDKs write bounds into descriptions.",
    sources=(
        (
            "platform.claude.com, Structured outputs, as kept by github.com/1nder-labs/schemalint, profile "
            "anthropic.so.2026-04-30."
        ),
        (
            "LangSchema 0.7.1, LangSchema.Converter.Anthropic: no recursion, at most 24 optional and 16 union "
            "parameters over all strict schemas; patterns without look-around, back-references and word boundaries."
        ),
        (
            "anthropic 2.13.0 (Python), transform_schema: what it keeps is taken, oneOf becomes anyOf, a schema "
            "without type is refused."
        ),
    ),
    date="2026-11",
    severities={"response-suffix-collision": None, "untyped-field": Severity.ERROR},
    unsupported=dict.fromkeys(
        (
            "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength",
            "maxItems", "uniqueItems", "contains", "prefixItems", "not", "if", "then", "else", "dependentRequired",
            "dependentSchemas", "discriminator",
        ),
        _REFUSED,
    )
    | dict.fromkeys(
        (
            "oneOf", "patternProperties", "propertyNames", "minProperties", "maxProperties", "minContains",
            "maxContains", "unevaluatedProperties", "unevaluatedItems",
        ),
        _ABSENT,
    ),
    option_kinds=("string", "number", "boolean", "null"),
    pattern_constructs={
        r"\(\?<?[=!]": "look-around",
        r"\\(?:[1-9]|k<)": "a back-reference",
        r"\\[bB]": "a word boundary",
    },
    values={
        "format": ("date-time", "time", "date", "duration", "email", "hostname", "uri", "ipv4", "ipv6", "uuid"),
        "minItems": (0, 1),
    },
    closes_objects=True,
    takes_recursion=False,
    limits=Limits(optional=24, unions=16),
    form="every object closed, bounds and lengths left out, `oneOf` as `anyOf`",
    bad="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "description": "The amount due", "minimum": 0},
    "lines": {"type": "array", "description": "As billed", "items": {"type": "string"}, "minItems": 2}
  },
  "additionalProperties": false
}
""",
    flagged=(
        ("unsupported-keyword", "/properties/total/minimum"),
        ("unsupported-keyword", "/properties/lines/minItems"),
    ),
    good="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "description": "The amount due, never below zero"},
    "lines": {"type": "array", "description": "As billed", "items": {"type": "string"}}
  },
  "additionalProperties": false
}
""",
)  # fmt: skip
