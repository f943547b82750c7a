"""PS603 confusable-names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field, quoted

_LOOKS = str.maketrans(
    # Cyrillic and Greek letters that are drawn like Latin ones.
    "авекмнорстухіјѕԁһԛԝАВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧαονρυ",
    "aBeкmHopcTyxijsdhqwABEKMHOPCTYXIJSABEZHIKMNOPTYXaovpu",
)
_JOINT = re.compile(r"(?<!\d)[\s_\-.]+|[\s_\-.]+(?!\d)")


def _find(subject: Subject) -> Iterator[Flaw]:
    for holder in subject.asked_holding("properties"):
        properties = holder.schema.get("properties") if isinstance(holder.schema, dict) else None
        if not isinstance(properties, dict) or len(properties) < 2:
            continue
        first: dict[str, str] = {}
        for name in properties:
            other = first.setdefault(_drawn(name), name)
            place = subject.by_pointer.get(_at(holder.pointer, name))
            if other != name and place is not None:
                yield Flaw(
                    pointer=place.pointer,
                    message=f"{field(place)} is hard to tell from {quoted(other)} beside it{_how(name, other)}",
                    remedy="keep one of the two, or give them names that say how they differ",
                )


def _at(where: str, name: str) -> str:
    return f"{where}/properties/{name.replace('~', '~0').replace('/', '~1')}"


def _drawn(name: str) -> str:
    """Return *name* without what a reader does not see, or does not heed: case, ``_`` between letters, the alphabet."""
    text = name if name.isascii() else unicodedata.normalize("NFKC", name).translate(_LOOKS)
    return _bare(text)


def _bare(name: str) -> str:
    if name.isalpha():
        return name.casefold()
    return _JOINT.sub("", name.casefold())


def _how(name: str, other: str) -> str:
    if unicodedata.normalize("NFC", name) == unicodedata.normalize("NFC", other):
        return " (the same letters, composed in another way)"
    if name.casefold() == other.casefold():
        return " (only their case differs)"
    return "" if _bare(name) == _bare(other) else " (letters of another alphabet that look the same)"


CONFUSABLE_NAMES = LintRule(
    code="PS603",
    name="confusable-names",
    severity=Severity.WARNING,
    summary="two fields of one object whose names differ in case, in `_` or in letters that look the same",
    why=(
        "To the model they are the same question twice: it answers under one of the two names, or splits the answers "
        "between them. Such a pair is mostly one field that was renamed and left behind."
    ),
    source="Unicode Technical Standard 39, section 4, confusable detection; JSON names are compared by code point.",
    bad="""\
{
  "type": "object",
  "properties": {
    "total_amount": {"type": "number", "description": "The amount due"},
    "totalAmount": {"type": "number", "description": "The amount due, with tax"}
  }
}
""",
    flagged=("/properties/totalAmount",),
    good="""\
{
  "type": "object",
  "properties": {
    "total_net": {"type": "number", "description": "The amount due, without tax"},
    "total_gross": {"type": "number", "description": "The amount due, with tax"}
  }
}
""",
    find=_find,
)
