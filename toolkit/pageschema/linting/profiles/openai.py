"""OpenAI's Structured Outputs with ``strict: true``."""

from pageschema.finding import Severity
from pageschema.linting.profile import Limits, Profile

_NAMED = "is among the keywords that strict mode names as not supported"
_ABSENT = "is not among the keywords that strict mode supports"

OPENAI = Profile(
    name="openai",
    title="OpenAI, Structured Outputs, strict",
    about="A schema that is not of this form is refused with status 400. A field that may be absent is one of null.",
    sources=(
        (
            "OpenAI, Structured Outputs, Supported schemas, as kept by github.com/UnitVectorY-Labs/jsonschemaprofiles, "
            "docs/OPENAI.md (baseline 202602)."
        ),
        (
            "github.com/1nder-labs/schemalint, profile openai.so.2026-04-30: 10 levels (tried on 2026-06-16; older "
            "pages have 5), an object without properties is refused."
        ),
        (
            "openai-python 3.57.0, to_strict_json_schema: takes defaults of null away, requires all properties, and "
            "leaves nothing beside $ref."
        ),
        (
            "Answers with status 400: '$ref cannot have keywords' (github.com/vectorize-io/hindsight, pull request "
            "3944, 2026-08-31), 'is not a valid format' (github.com/can1357/oh-my-pi, issue 206, 2026-02-28)."
        ),
    ),
    date="2026-08-31",
    severities={
        "response-suffix-collision": None,
        "free-form-object": Severity.ERROR,
        "untyped-array": Severity.ERROR,
        "untyped-field": Severity.ERROR,
    },
    unsupported={
        **dict.fromkeys(("allOf", "not", "if", "then", "else", "dependentRequired", "dependentSchemas"), _NAMED),
        **dict.fromkeys(
            (
                "oneOf", "contains", "minContains", "maxContains", "uniqueItems", "propertyNames", "patternProperties",
                "unevaluatedProperties", "unevaluatedItems", "minProperties", "maxProperties", "prefixItems",
                "discriminator",
            ),
            _ABSENT,
        ),
    },
    values={"format": ("date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid")},
    root_unsupported=("anyOf",),
    lone_references=True,
    closes_objects=True,
    requires_all=True,
    left_out=("default",),
    limits=Limits(levels=10, properties=5_000, options=1_000, text=120_000, long_enum=(250, 15_000)),
    form="all fields required, optional ones take null, every object closed, no default, `oneOf` as `anyOf`",
    bad="""\
{
  "type": "object",
  "properties": {
    "number": {"type": "string", "description": "As printed"},
    "total": {"type": "number", "description": "The amount due", "not": {"const": 0}}
  },
  "required": ["number"]
}
""",
    flagged=(
        ("open-object", ""),
        ("optional-field", "/properties/total"),
        ("unsupported-keyword", "/properties/total/not"),
    ),
    good="""\
{
  "type": "object",
  "properties": {
    "number": {"type": "string", "description": "As printed"},
    "total": {"type": ["number", "null"], "description": "The amount due", "minimum": 0}
  },
  "required": ["number", "total"],
  "additionalProperties": false
}
""",
)  # fmt: skip
