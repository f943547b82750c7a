"""PS213 unused-definition."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import Names, field
from pageschema.schema import Place

_DEFINITIONS = ("$defs", "definitions")


def _find(subject: Subject) -> Iterator[Flaw]:
    definitions = [place for place in subject.places if place.keyword in _DEFINITIONS]
    if not definitions:
        return
    used = _used(subject) | _meant(subject, definitions)
    for place in definitions:
        if place.pointer not in used and not _stands_in_unused(place, used):
            yield Flaw(
                pointer=place.pointer,
                message=f"{field(place)} is referred to by nothing",
                remedy="drop it, or refer to it from the field it was meant for",
            )


def _meant(subject: Subject, definitions: list[Place]) -> set[str]:
    """Return the definitions that references narrowly miss: those are mended at the reference."""
    lost = [reference.text for reference in subject.references if reference.target is None]
    by_name = {str(place.key): place.pointer for place in reversed(definitions)}
    names = Names(by_name) if lost else None
    found: set[str] = set()
    for text in lost:
        name = unquote(text.rstrip("/").rpartition("/")[2].lstrip("#")).removesuffix(".json")
        near = names.near(name) if names is not None and name else None
        found |= {by_name[near]} if near is not None else set()
    return found


def _used(subject: Subject) -> set[str]:
    """Return the pointers of what the root leads to, and of all that stands around it."""
    used: set[str] = set()
    stack = [subject.places[0]]
    while stack:
        place = stack.pop()
        if place.pointer not in used:
            used.add(place.pointer)
            stack += [child for child in subject.children_of(place) if child.keyword not in _DEFINITIONS]
            stack += [reference.target for reference in subject.references_at(place) if reference.target is not None]
            if place.keyword not in ("", *_DEFINITIONS) and place.parent is not None:
                stack += _around(place, used)
    return used


def _around(place: Place, used: set[str]) -> list[Place]:
    """Return the definition that *place* is a part of: who refers to a part of it uses it."""
    around = place.parent
    while around is not None and around.keyword not in _DEFINITIONS:
        around = around.parent
    return [around] if around is not None and around.pointer not in used else []


def _stands_in_unused(place: Place, used: set[str]) -> bool:
    around = place.parent
    while around is not None:
        if around.keyword in _DEFINITIONS and around.pointer not in used:
            return True
        around = around.parent
    return False


UNUSED_DEFINITION = LintRule(
    code="PS213",
    name="unused-definition",
    severity=Severity.NOTE,
    summary="a definition that nothing refers to",
    why=(
        "It is sent with every request, and the model that extracts reads it as though it were asked for. It is what "
        "an edit leaves behind, or the sign of a reference that was forgotten."
    ),
    source="JSON Schema 2020-12 core, section 8.2.4. sourcemeta/jsonschema, rule orphan_definitions.",
    bad="""\
{
  "type": "object",
  "properties": {
    "seller": {"type": "string", "description": "Who sends the invoice"}
  },
  "$defs": {
    "Party": {
      "type": "object",
      "properties": {"name": {"type": "string", "description": "The registered name"}}
    }
  }
}
""",
    flagged=("/$defs/Party",),
    good="""\
{
  "type": "object",
  "properties": {
    "seller": {"$ref": "#/$defs/Party", "description": "Who sends the invoice"}
  },
  "$defs": {
    "Party": {
      "type": "object",
      "properties": {"name": {"type": "string", "description": "The registered name"}}
    }
  }
}
""",
    find=_find,
)
