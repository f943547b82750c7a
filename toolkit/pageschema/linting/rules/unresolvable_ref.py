"""PS203 unresolvable-ref."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote

from pageschema.finding import Severity
from pageschema.linting.edits import put
from pageschema.linting.references import Reference
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import Names, quoted
from pageschema.pointer import parse


def _lost(subject: Subject) -> Iterator[tuple[Reference, str | None]]:
    """Yield each reference that names nothing here, and the one that was probably meant."""
    lost = [reference for reference in subject.references if reference.target is None]
    if not lost:
        return
    definitions = {
        str(place.key): place.pointer
        for place in reversed(subject.places)
        if place.keyword in ("$defs", "definitions") and place.pointer.count("/") == 2
    }
    names = Names(definitions)
    for reference in lost:
        name = unquote(reference.text.rstrip("/").rpartition("/")[2].lstrip("#")).removesuffix(".json")
        near = names.near(name) if name else None
        yield reference, None if near is None else "#" + quote(definitions[near], safe="/~!$&'()*+,;=:@")


def _find(subject: Subject) -> Iterator[Flaw]:
    for reference, near in _lost(subject):
        shown = quoted(reference.text)
        if reference.is_outside:
            message = f"{shown} is in another document, and references are never fetched"
            remedy = "copy the schema it names under '$defs', and refer to it as '#/$defs/…'"
        else:
            message = f"{shown} leads to no schema"
            remedy = f"add {quoted(_last(reference.text))} under '$defs', or write out the schema in its place"
        yield Flaw(
            pointer=reference.pointer,
            message=message,
            remedy=f"did you mean {quoted(near)}?" if near else remedy,
            fixable=near is not None,
        )


def _last(text: str) -> str:
    fragment = unquote(text.rpartition("#")[2])
    return parse(fragment)[-1] if fragment.startswith("/") else fragment or text


def _fix(subject: Subject) -> Any:
    root = subject.fresh_value()
    for reference, near in _lost(subject):
        if near is not None:
            put(root, reference.pointer, near)
    return root


UNRESOLVABLE_REF = LintRule(
    code="PS203",
    name="unresolvable-ref",
    severity=Severity.ERROR,
    summary="a `$ref` that names nothing in the page schema: missing, on the web, or in a file",
    why=(
        "Only the text of the page schema is sent, and nobody fetches what it points to. A field with such a reference "
        "has no schema at all. It happens when a schema is taken out of a larger document, or when its `$defs` are "
        "moved."
    ),
    source=(
        "JSON Schema 2020-12 core, section 8.2.3. datalab-to/marker #780: `$defs` discarded while `$ref` stayed. "
        "firecrawl/firecrawl #3988: a wrapped schema whose `#/$defs/…` dangle."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "seller": {"$ref": "#/definitions/Party", "description": "Who sends the invoice"},
    "buyer": {"$ref": "https://example.com/party.json", "description": "Who pays it"}
  },
  "$defs": {
    "Party": {
      "type": "object",
      "properties": {"name": {"type": "string", "description": "The registered name"}}
    }
  }
}
""",
    flagged=("/properties/seller/$ref", "/properties/buyer/$ref"),
    good="""\
{
  "type": "object",
  "properties": {
    "seller": {"$ref": "#/$defs/Party", "description": "Who sends the invoice"},
    "buyer": {"$ref": "#/$defs/Party", "description": "Who pays it"}
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
    fix=_fix,
)
