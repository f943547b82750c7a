"""PS410 deep-nesting."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema import jsontext
from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field
from pageschema.schema import Place

DEEPEST = 5


def _find(subject: Subject) -> Iterator[Flaw]:
    if not subject.references and all(place.pointer.count("/properties/") <= DEEPEST for place in subject.fields):
        return
    if len(subject.holding("properties")) <= DEEPEST:
        return  # no field stands in more objects than there are
    found = levels(subject, DEEPEST)
    said: set[tuple[str, ...]] = set()
    for place, names in found[DEEPEST] if len(found) > DEEPEST else []:
        if names[:-1] in said:
            continue
        said.add(names[:-1])
        yield Flaw(
            pointer=place.pointer,
            message=f"{field(place)} stands {len(names)} levels deep: {jsontext.clip('.'.join(names), 80)}",
            remedy="lift the objects in between: fields of one object, with longer names",
        )


def levels(subject: Subject, deepest: int) -> list[list[tuple[Place, tuple[str, ...]]]]:
    """Return the fields by how many objects they stand in, root first, each where it is least deep, with its path.

    A field that is met again further down, in a schema that refers to itself, is not counted again, and nothing is
    that is more than one level below *deepest*.
    """
    found: list[list[tuple[Place, tuple[str, ...]]]] = []
    seen = {""}
    fields = {place.pointer for place in subject.fields}
    outer: list[tuple[Place, tuple[str, ...]]] = [(subject.places[0], ())]
    while outer and len(found) <= deepest:
        inner: list[tuple[Place, tuple[str, ...]]] = []
        for holder, names in outer:
            within = (place for place in _within(subject, holder, seen) if place.pointer in fields)
            inner += [(place, (*names, str(place.key))) for place in within]
        found.append(inner)
        outer = inner
    return found


def _within(subject: Subject, holder: Place, seen: set[str]) -> Iterator[Place]:
    """Yield the properties right below *holder*, through references, branches and items."""
    stack = [holder]
    while stack:
        for place in subject.leads_to(stack.pop()):
            if place.pointer in seen:
                continue
            seen.add(place.pointer)
            if place.is_property:
                yield place
            else:
                stack.append(place)


DEEP_NESTING = LintRule(
    code="PS410",
    name="deep-nesting",
    severity=Severity.WARNING,
    summary="a field more than five objects deep",
    why=(
        "With each level the model has to hold more of the structure open at once, and values slip into the object "
        "beside the one they belong to. Flat names say the same: `seller_address_city`."
    ),
    source=(
        'Datalab\'s documentation, structured extraction: "keep schemas as flat as possible". Other extraction APIs '
        "refuse more: LandingAI and Extend from the sixth level on, LlamaExtract from the eighth."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "contract": {"type": "object", "description": "The contract", "properties": {
      "parties": {"type": "object", "description": "Who signs it", "properties": {
        "seller": {"type": "object", "description": "Who sells", "properties": {
          "office": {"type": "object", "description": "Where they sit", "properties": {
            "address": {"type": "object", "description": "As printed", "properties": {
              "city": {"type": "string", "description": "Without the postal code"}
            }}
          }}
        }}
      }}
    }}
  }
}
""",
    flagged=(
        "/properties/contract/properties/parties/properties/seller/properties/office/properties/address/properties/city",
    ),
    good="""\
{
  "type": "object",
  "properties": {
    "seller_office_city": {"type": "string", "description": "Without the postal code"}
  }
}
""",
    find=_find,
)
