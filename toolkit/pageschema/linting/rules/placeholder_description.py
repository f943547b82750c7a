"""PS605 placeholder-description."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pageschema import pointer
from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field, quoted
from pageschema.linting.words import description, stands_for_nothing, word_set, words_of, words_of_name
from pageschema.schema import Place

_EMPTY_WORDS = word_set(
    # What a template says in the place of a description, and the names of types.
    "todo fixme tbd tba xxx wip placeholder description desc field property attribute column key string str text "
    "number int integer float double boolean bool array list object dict value values example sample test lorem "
    "ipsum dolor foo bar baz none null undefined data the a an of this here your add insert write fill me in "
    "later to be added is no any na n some my type enum optional required date datetime new untitled beschreibung "
    "feld descripción campo descrição champ descrizione omschrijving описание поле"
)
_TELLING = word_set(
    "todo fixme tbd tba xxx placeholder description desc field lorem foo string str beschreibung descripción "
    "descrição descrizione omschrijving описание none null undefined na"
)
_BRACKETED = re.compile(r"[<\[{(][^<>\[\]{}()]{0,40}[>\]})]|[\s.\-_…?*~/]+|说明|描述|字段|説明", re.DOTALL)
_SLOT = re.compile(
    r"\{\{\s*[A-Za-z_][\w.|\- ]{0,60}\}\}|\$\{[A-Za-z_][\w.]{0,60}\}|<%=?.{1,60}?%>|%\([A-Za-z_]\w{0,60}\)s"
    r"|\{[A-Z][A-Z0-9]*_[A-Z0-9_]{1,60}\}"
)
"""What a template leaves where it was not filled."""
_MARKS = frozenset({"todo", "fixme", "tbd", "lorem"})
_MOST = 4
"""Words that stand for nothing, at most; longer texts begin with a mark or are empty words throughout."""
_LATER = word_set("added defined described detailed determined documented done filled written")
_LONGEST = 60
_FIRST = _EMPTY_WORDS | word_set("to not no unknown keine nicht unbekannt 说明 描述 字段 説明 n nil")
"""The words that a placeholder can begin with."""


def _find(subject: Subject) -> Iterator[Flaw]:
    for place in subject.asked_holding("description"):
        text = description(place.schema)
        slot = _SLOT.search(text) if "{" in text or "%" in text else None
        if slot is not None:
            yield Flaw(
                pointer=pointer.join(place.pointer, "description"),
                message=f"the description of {field(place)} has a slot that nothing was put into: {quoted(slot[0])}",
                remedy="write what was to stand there, or fill the template before the schema is sent",
            )
        elif text and len(text) <= _LONGEST and _is_placeholder(text, place):
            yield Flaw(
                pointer=pointer.join(place.pointer, "description"),
                message=f"the description of {field(place)} is a placeholder: {quoted(text)}",
                remedy="say what it is, where it stands and how it is written",
            )


def _is_placeholder(text: str, place: Place) -> bool:
    first = text.partition(" ")[0].strip(".,:;!'\"").casefold()
    if first.isalpha() and first not in _FIRST:
        return False
    telling = [word for word in text.split() if word.isalpha()]
    plain = first.isalpha() and first not in _MARKS
    if plain and len(telling) > _MOST and not _EMPTY_WORDS.issuperset(map(str.casefold, telling)):
        return False
    words = words_of(text)
    if set(words) <= set(words_of_name(str(place.key))) and words:
        return False  # repeats the name, which another rule flags
    if _BRACKETED.fullmatch(text) or (words and stands_for_nothing(text)):
        return True
    marked = words[:1] in (("todo",), ("fixme",), ("tbd",)) or words[:2] == ("lorem", "ipsum")
    is_unfinished = len(words) == 3 and words[:2] == ("to", "be") and words[2] in _LATER
    types = place.schema.get("type")
    is_type = words == (types,) or words in (("test",), ("sample",), ("example",))
    return marked or is_unfinished or is_type or (set(words) <= _EMPTY_WORDS and not _TELLING.isdisjoint(words))


PLACEHOLDER_DESCRIPTION = LintRule(
    code="PS605",
    name="placeholder-description",
    severity=Severity.WARNING,
    summary="a description that says nothing, or was not filled in: `string`, `TODO`, `...`, `as of {{ date }}`",
    why=(
        "It was left for later, or made by a tool, and now looks as if the field were described. To the model it says "
        "as little as none."
    ),
    source=(
        'Datalab\'s documentation, structured extraction, "Common schema pitfalls": a description on every field. '
        'datalab-to/lift: descriptions "meaningfully improve accuracy".'
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "description": "TODO"},
    "due": {"type": "string", "description": "string"}
  }
}
""",
    flagged=("/properties/total/description", "/properties/due/description"),
    good="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "description": "The amount due, with tax"},
    "due": {"type": "string", "description": "The day until which it is to be paid"}
  }
}
""",
    find=_find,
)
