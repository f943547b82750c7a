"""PS602 awkward-name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.vocabulary import KEYWORDS
from pageschema.linting.wording import field, quoted

LONGEST = 64


def _find(subject: Subject) -> Iterator[Flaw]:
    for place in subject.fields:
        name = str(place.key)
        what = _what(name) if name not in KEYWORDS else None  # a document may be about schemas
        if what is not None:
            better = _better(name)
            yield Flaw(
                pointer=place.pointer,
                message=f"{field(place)} {what}",
                remedy=f"call it {quoted(better)}" if better else "give it a name of letters, digits and '_'",
            )


def _what(name: str) -> str | None:
    if not name:
        return "has an empty name"
    if len(name) > LONGEST:
        return f"has a name of {len(name):,} characters"
    odd = next((char for char in name if not _is_plain(char)), None)
    if odd is not None:
        shown = "a space" if odd == " " else quoted(odd) if odd.isprintable() else f"the character U+{ord(odd):04X}"
        return f"has {shown} in its name"
    return "has a name that starts with a digit" if name[0].isdigit() else None


def _is_plain(char: str) -> bool:
    return char in "_-" or char.isalnum() or unicodedata.category(char) in ("Mn", "Mc")


def _better(name: str) -> str:
    """Return *name* as a person would write it for code to read, or nothing where that is not plain to see."""
    if len(name) > LONGEST:
        return ""
    plain = "".join(char if _is_plain(char) else "_" for char in name.strip())
    joined = "_".join(filter(None, plain.split("_")))
    return joined if joined and not joined[0].isdigit() else ""


AWKWARD_NAME = LintRule(
    code="PS602",
    name="awkward-name",
    severity=Severity.WARNING,
    summary="a name with a space or punctuation in it, with a leading digit, or of more than 64 characters",
    why=(
        "The model writes every name anew for each answer, and gets a slash or a double space slightly wrong: the "
        "field is then missing. Code reaches such a name only through quotes, and other extraction APIs refuse it. "
        "Letters of any script are fine."
    ),
    source=(
        "Extend and LandingAI ADE, schema references: letters, digits, `_` and `-`. Azure Content Understanding, "
        "service limits: 64 characters."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "Total (incl. VAT)": {"type": "number", "description": "The amount due, with tax"},
    "2nd_reminder": {"type": "string", "description": "The day of the second reminder"}
  }
}
""",
    flagged=("/properties/Total (incl. VAT)", "/properties/2nd_reminder"),
    good="""\
{
  "type": "object",
  "properties": {
    "total_with_tax": {"type": "number", "description": "The amount due, with tax"},
    "numéro_de_page": {"type": "integer", "description": "The page that it stands on"}
  }
}
""",
    find=_find,
)
