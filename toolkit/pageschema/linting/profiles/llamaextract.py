"""LlamaIndex's LlamaExtract."""

from pageschema.finding import Severity
from pageschema.linting.profile import Limits, Profile

_UNREAD = "is not supported: say it in the description"

LLAMAEXTRACT = Profile(
    name="llamaextract",
    title="LlamaExtract",
    about=(
        "Names, types and descriptions matter; formats and defaults are not supported, and are to be said in the "
        "description. An older page of the documentation has 5 levels instead of 7."
    ),
    sources=(
        (
            "developers.llamaindex.ai, cloud/llamaextract/features/schema_design: Schema Restrictions: 7 levels, 5,000 "
            "properties, 120,000 characters of strings, descriptions too, 150,000 of JSON."
        ),
        (
            "github.com/datalab-to/omni_extract_bench, harness/providers/llamaextract.py: additionalProperties that is "
            "a schema is refused with status 400, and so is a list of types with array and null."
        ),
    ),
    date="2026-09",
    severities={"unsupported-keyword": Severity.WARNING, "response-suffix-collision": None},
    unsupported={"format": _UNREAD, "default": _UNREAD},
    chosen_null=True,
    values={"additionalProperties": (True, False)},
    limits=Limits(levels=7, properties=5_000, strings=120_000, size=150_000),
    form="formats, defaults and schemas of additional fields left out, an array that may be null as `anyOf`",
    bad="""\
{
  "type": "object",
  "properties": {
    "issued": {"type": "string", "description": "The date of issue", "format": "date"}
  }
}
""",
    flagged=(("unsupported-keyword", "/properties/issued/format"),),
    good="""\
{
  "type": "object",
  "properties": {
    "issued": {"type": "string", "description": "The date of issue, as YYYY-MM-DD"}
  }
}
""",
)
