"""A reference names another definition; what differs in it is told where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pageschema import jsontext
from pageschema.evolution.edit import Edit
from pageschema.evolution.kind import ChangeKind, Named
from pageschema.evolution.pairing import Pair


def _detect(pair: Pair, edits: Sequence[Edit]) -> Iterator[Named]:
    for edit in edits:
        if edit.keyword == "$ref" and not edit.added and not edit.removed:
            names = [jsontext.clip(reference.rpartition("/")[2], 60) for reference in (edit.before, edit.after)]
            told = f"the definition '{names[0]}' is now '{names[1]}'"
            yield Named(pointer=pair.after.pointer, message=told, edits=(edit,))


DEFINITION_RENAMED = ChangeKind(
    name="definition-renamed",
    summary="gives a definition another name; nothing that is valid changes",
    old={"properties": {"line": {"$ref": "#/$defs/Row"}}, "$defs": {"Row": {"type": "object"}}},
    new={"properties": {"line": {"$ref": "#/$defs/Line"}}, "$defs": {"Line": {"type": "object"}}},
    backward="yes",
    forward="yes",
    detect=_detect,
    silent=True,
)
