"""Extend, extraction, API version 2026-02-09."""

from pageschema.linting.profile import Limits, Profile

EXTEND = Profile(
    name="extend",
    title="Extend, 2026-02-09",
    about="Every field of one value takes null, and so does every enum: without, the schema is refused with 400.",
    sources=("docs.extend.ai/2026-02-09/extraction/schema: JSON Schema Structure.",),
    date="2026-02-09",
    severities={"response-suffix-collision": None},
    needs_null=True,
    name_pattern=("[A-Za-z0-9_-]+", "letters, digits, '_' and '-'"),
    limits=Limits(levels=5),
    form="every field of one value takes null; keywords that only Extend knows are not written",
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
)
