"""The hosted API, whose contract pageschema is about."""

from pageschema.linting.profile import Profile

DATALAB = Profile(
    name="datalab",
    title="Datalab, hosted API",
    about="The default: every rule as its page has it.",
    sources=("The contract of POST /api/v1/extract, and what the page of each rule names.",),
    date="2026-11",
    form="references inlined where that ends, an optional field left out of `required`, no default of null",
    bad='{"total": {"type": "number", "description": "The amount due"}}',
    flagged=(("bare-property-map", ""),),
    good='{"type": "object", "properties": {"total": {"type": "number", "description": "The amount due"}}}',
)
