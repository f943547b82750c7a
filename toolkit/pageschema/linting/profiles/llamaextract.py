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
    sources=("developers.llamaindex.ai, llamaparse/extract/guides/schema_design: Schema Restrictions.",),
    date="2026-09",
    severities={"unsupported-keyword": Severity.WARNING, "response-suffix-collision": None},
    unsupported={"format": _UNREAD, "default": _UNREAD},
    limits=Limits(levels=7, properties=5_000, text=120_000),
    form="formats and defaults left out",
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
