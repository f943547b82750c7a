"""Google's Gemini API, structured output."""

from pageschema.finding import Severity
from pageschema.linting.profile import Profile

_IGNORED = "is not among the keywords that Gemini reads, and is ignored"

GEMINI = Profile(
    name="gemini",
    title="Gemini, structured output",
    about=(
        "A keyword that is not read is ignored, and so binds nothing: a warning. Sources differ on `anyOf` and `$ref`, "
        "which older models refuse, so nothing is said of them. Models before 2.5 want `propertyOrdering`."
    ),
    sources=(
        (
            "ai.google.dev, Structured output, JSON Schema support (page of 2026-02-26), as kept by "
            "github.com/UnitVectorY-Labs/jsonschemaprofiles, docs/GEMINI.md."
        ),
        "gemini_ex, guides/structured_outputs.md: anyOf and references since November 2025.",
    ),
    date="2026-02-26",
    severities={"unsupported-keyword": Severity.WARNING, "response-suffix-collision": None},
    unsupported=dict.fromkeys(
        (
            "oneOf", "allOf", "not", "if", "then", "else", "const", "pattern", "minLength", "maxLength", "multipleOf",
            "exclusiveMinimum", "exclusiveMaximum", "uniqueItems", "contains", "patternProperties", "propertyNames",
            "minProperties", "maxProperties", "dependentRequired", "dependentSchemas", "default",
        ),
        _IGNORED,
    ),
    form="keywords that are ignored left out, `oneOf` as `anyOf`, a constant as an enum of one",
    bad="""\
{
  "type": "object",
  "properties": {
    "number": {"type": "string", "description": "As printed", "pattern": "^[0-9]+$"}
  }
}
""",
    flagged=(("unsupported-keyword", "/properties/number/pattern"),),
    good="""\
{
  "type": "object",
  "properties": {
    "number": {"type": "string", "description": "As printed, digits only"}
  }
}
""",
)  # fmt: skip
