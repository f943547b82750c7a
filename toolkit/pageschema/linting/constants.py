"""Constants of a model that an annotation has made fields of."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.linting.subject import Subject
from pageschema.schema import FieldFacts, Place


def constants(subject: Subject) -> Iterator[FieldFacts]:
    """Yield the fields whose names are written like constants, with a value, among fields whose names are not."""
    for facts in subject.facts.fields:
        place = subject.by_pointer.get(facts.pointer)
        if facts.is_sent and place is not None and _is_constant(facts, place):
            yield facts


def _is_constant(facts: FieldFacts, place: Place) -> bool:
    name = facts.origin.field or ""
    schema = place.schema
    if not (name.isupper() and ("_" in name or len(name) > 4) and place.key == name and isinstance(schema, dict)):
        return False
    if "default" not in schema or "description" in schema or place.parent is None:
        return False
    return not all(str(other).isupper() for other in place.parent.schema["properties"])
