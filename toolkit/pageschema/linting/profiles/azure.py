"""Azure Content Understanding, which takes a field schema of its own."""

from pageschema.linting.profile import Limits, Profile

_NO_PART = "has no place in a field schema"

AZURE = Profile(
    name="azure",
    title="Azure Content Understanding, 2025-11-01",
    about=(
        "An analyzer has a `fieldSchema`, which is no JSON Schema, but can be written from one that keeps to names, "
        "types, descriptions and enums."
    ),
    sources=(
        "learn.microsoft.com, azure/ai-services/content-understanding/service-limits: General limits.",
        (
            "datalab-to/omni_extract_bench, providers/azure_cu.py: how JSON Schemas are mapped; unions and "
            "references are not."
        ),
    ),
    date="2025-11-01",
    severities={"response-suffix-collision": None},
    unsupported=dict.fromkeys(("anyOf", "oneOf", "allOf", "$ref"), _NO_PART),
    name_pattern=(r"[^\x00-,/:-@\[-^`{-\x7f\s]+", "letters, digits, '.', '-' and '_'"),
    limits=Limits(name=64, description=1_024),
    bad="""\
{
  "type": "object",
  "properties": {
    "seller": {"$ref": "#/$defs/Party", "description": "Who sends it"}
  },
  "$defs": {
    "Party": {
      "type": "object",
      "properties": {"name": {"type": "string", "description": "The registered name"}}
    }
  }
}
""",
    flagged=(("unsupported-keyword", "/properties/seller/$ref"),),
    good="""\
{
  "type": "object",
  "properties": {
    "seller": {
      "type": "object",
      "description": "Who sends it",
      "properties": {"name": {"type": "string", "description": "The registered name"}}
    }
  }
}
""",
)
