"""Where each ``$ref`` of a schema leads, without ever fetching anything.

Source: JSON Schema 2020-12 core, section 8.2 (``$id``, ``$anchor``, ``$ref``); RFC 6901, section 6.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote, urldefrag, urljoin

from pageschema import pointer
from pageschema.schema import Place, children, walk
from pageschema.schema.walking import MANY, NAMED

KEYWORDS = ("$ref", "$dynamicRef")
_NAMING = frozenset({"$id", "$anchor", "$dynamicAnchor"})


class Reference(NamedTuple):
    """One reference: the place that holds it, its text, and the schema it names.

    Without a `target`, `is_outside` tells whether it names another document or nothing at all.
    """

    place: Place
    keyword: str
    text: str
    target: Place | None = None
    is_outside: bool = False

    @property
    def pointer(self) -> str:
        """Where the reference itself stands."""
        return pointer.join(self.place.pointer, self.keyword)


def survey(root: Any) -> tuple[tuple[Place, ...], tuple[Reference, ...]]:
    """Return every subschema of *root* and every reference in them, in the order of the text.

    Schemas that only a reference leads to (``#/components/schemas/Line``) come after those that stand in a position
    for schemas.
    """
    places = list(walk(root))
    known = {place.pointer: place for place in places}
    resolver = _Resolver(places)
    references: list[Reference] = []
    for place in places:  # grows while it is walked
        for keyword in KEYWORDS:
            text = place.schema.get(keyword) if isinstance(place.schema, dict) else None
            if not isinstance(text, str):
                continue
            target, is_outside = None, False
            try:
                where = resolver.resolve(place, text)
            except _Outside:
                is_outside = True
            except (LookupError, ValueError):
                pass  # names nothing
            else:
                if where not in known:
                    strays = [stray for stray in _strays(root, where) if stray.pointer not in known]
                    known |= {stray.pointer: stray for stray in strays}
                    places += strays
                target = known.get(where)
            references.append(Reference(place=place, keyword=keyword, text=text, target=target, is_outside=is_outside))
    return tuple(places), tuple(references)


class _Outside(LookupError):
    """A reference names a document that is not this schema."""


class _Resolver:
    """Resolves reference texts to pointers within one schema."""

    def __init__(self, places: list[Place]) -> None:
        self._root = places[0]
        self._bases: dict[str, tuple[str, Place]] = {"": ("", self._root)}
        self._resources: dict[str, Place] = {"": self._root}
        self._anchors: dict[tuple[str, str], Place] = {}
        for place in places:
            if isinstance(place.schema, dict) and not _NAMING.isdisjoint(place.schema):
                self._note(place, place.schema)

    def _note(self, place: Place, schema: dict[str, Any]) -> None:
        identifier = schema.get("$id")
        if isinstance(identifier, str) and not identifier.startswith("#"):
            uri, _ = urldefrag(urljoin(self._base(place)[0], identifier))
            self._bases[place.pointer] = (uri, place)
            self._resources.setdefault(uri, place)
        for keyword in ("$anchor", "$dynamicAnchor", "$id"):
            anchor = schema.get(keyword)
            if isinstance(anchor, str) and (keyword != "$id" or anchor.startswith("#")):
                self._anchors.setdefault((self._base(place)[0], anchor.removeprefix("#")), place)

    def _base(self, place: Place | None) -> tuple[str, Place]:
        if len(self._bases) == 1:
            return self._bases[""]
        while place is not None:
            if place.pointer in self._bases:
                return self._bases[place.pointer]
            place = place.parent
        return self._bases[""]

    def resolve(self, place: Place, text: str) -> str:
        """Return the pointer of what *text* names when it stands at *place*.

        Raises:
            LookupError, ValueError: It names nothing here; `_Outside` where it names another document.
        """
        base, resource = self._base(place)
        if text.startswith("#"):
            uri, fragment = base, text[1:]
        else:
            uri, fragment = urldefrag(urljoin(base, text))
            if uri not in self._resources:
                raise _Outside(text)
            resource = self._resources[uri]
        fragment = unquote(fragment)
        if not fragment:
            return resource.pointer
        if fragment.startswith("/"):
            pointer.resolve(resource.schema, fragment)
            return resource.pointer + pointer.build(pointer.parse(fragment))
        return self._anchors[uri, fragment].pointer


def _strays(root: Any, where: str) -> Iterator[Place]:
    """Yield the schemas at and below a pointer that is no position for a schema."""
    schema = pointer.resolve(root, where)
    if not isinstance(schema, (dict, bool)):
        return
    stack = [Place(pointer=where, schema=schema)]
    if where.rpartition("/")[2] in NAMED | MANY:
        return  # a map of schemas, not a schema
    while stack:
        place = stack.pop()
        yield place
        stack.extend(reversed(list(children(place))))
