"""PS413 long-description."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema import pointer
from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field
from pageschema.linting.words import description

LONGEST = 1_024


def _find(subject: Subject) -> Iterator[Flaw]:
    for place in subject.asked_holding("description"):
        length = len(description(place.schema))
        if length > LONGEST and place.pointer:  # What holds for the whole document belongs at the root.
            yield Flaw(
                pointer=pointer.join(place.pointer, "description"),
                message=f"the description of {field(place)} has {length:,} characters",
                remedy="keep what tells this field from its neighbours; what is for developers belongs in a comment",
            )


LONG_DESCRIPTION = LintRule(
    code="PS413",
    name="long-description",
    severity=Severity.WARNING,
    summary=f"a description of more than {LONGEST:,} characters",
    why=(
        "Every word of the schema is read with every page. What matters drowns in a page of text, which is mostly a "
        "docstring for developers, or a prompt for a whole document at a single field."
    ),
    source=(
        "Azure Content Understanding, service limits: 1,024 characters a description. The hand-made schemas of "
        "Datalab's own benchmark (datalab-to/omni_extract_bench) spend 300 to 900 on a field that is hard to tell."
    ),
    bad=f"""\
{{
  "type": "object",
  "properties": {{
    "total": {{
      "type": "number",
      "description": "{" ".join(["The amount due, with tax, in the currency of the document."] * 19)}"
    }}
  }}
}}
""",
    flagged=("/properties/total/description",),
    good="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "description": "The amount due, with tax, in the currency of the document."}
  }
}
""",
    find=_find,
)
