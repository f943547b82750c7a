"""What a rule looks at: a schema as text and as value, walked, resolved and judged once for all rules."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from pageschema import jsontext
from pageschema.errors import CannotGenerate, InvalidJSON, InvalidSchema
from pageschema.finding import Origin
from pageschema.linting.graph import Shape, shape
from pageschema.linting.profile import Profile
from pageschema.linting.profiles.datalab import DATALAB
from pageschema.linting.references import KEYWORDS, Reference, survey
from pageschema.schema import ModelFacts, PageSchema, Place, Position

WIDEST = 10_000
"""Steps for one instance, past which nothing is judged: such a schema is no one's honest work."""

SAME_INSTANCE = frozenset(
    {"allOf", "anyOf", "dependencies", "dependentSchemas", "else", "if", "not", "oneOf", "then"}
)  # fmt: skip
"""Keywords whose schemas judge the very instance that the schema around them judges."""

_NO_FIELDS = frozenset({"$defs", "definitions", "contains", "contentSchema", "if", "not", "propertyNames"})
"""Keywords whose schemas ask for no value: definitions count where they are referred to, the rest are conditions."""

_ALL_OF = frozenset({"allOf"})
_BESIDE = SAME_INSTANCE - {"not"}
_REFERRING = {through: through.union(KEYWORDS) for through in (_ALL_OF, _BESIDE)}
_LARGEST_TEAM = 128
_NO_FACTS = ModelFacts()


class Team(NamedTuple):
    """The schemas that judge one instance together; `is_whole` is False where some of them are not known."""

    places: tuple[Place, ...]
    is_whole: bool


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One schema under lint.

    Where `unreadable` is set, `text` is all there is. `model_schema` is set where the text was generated from a model:
    findings then point at fields, and the model is what to mend. `refused` is all there is of a model without one.
    `profile` says whom it is sent to. `has_duplicate_keys` tells that a key stands twice in some object.
    """

    text: str
    value: jsontext.JsonValue = None
    unreadable: InvalidJSON | None = None
    file: str | None = None
    has_lines: bool = True
    model_schema: PageSchema | None = None
    refused: CannotGenerate | None = None
    profile: Profile = DATALAB
    has_duplicate_keys: bool = False

    @classmethod
    def read(cls, schema: PageSchema | CannotGenerate | jsontext.JsonValue, *, where: str = "") -> Subject:
        """Return the subject for a page schema, a JSON text (str or bytes) or a JSON value.

        Raises:
            InvalidSchema: A value is not made of JSON types.
        """
        if isinstance(schema, CannotGenerate):
            return cls(text="", refused=schema, has_lines=False)
        if isinstance(schema, PageSchema):
            subject = cls.read(schema.text, where=where or schema.origin.file or "")
            return replace(subject, model_schema=schema) if schema.origins or schema.origin.model else subject
        if not isinstance(schema, (str, bytes)):
            return replace(cls.read(_written(schema), where=where), has_lines=False)
        text = schema if isinstance(schema, str) else schema.decode("utf-8", errors="replace")
        try:
            try:
                value = jsontext.parse(schema, max_depth=jsontext.MAX_SCHEMA_DEPTH, unique_keys=True)
                repeats = False
            except InvalidJSON:
                value = jsontext.parse(schema, max_depth=jsontext.MAX_SCHEMA_DEPTH)
                repeats = True
        except InvalidJSON as error:
            return cls(text=text, unreadable=error, file=where or None)
        return cls(text=text, value=value, file=where or None, has_duplicate_keys=repeats)

    def with_value(self, value: jsontext.JsonValue) -> Subject:
        """Return the subject for another value, written the way this one's text is."""
        return self.with_text(_rewritten(self.text, value))

    def with_text(self, text: str) -> Subject:
        """Return the subject for another text of the same file."""
        return replace(self.read(text, where=self.file or ""), has_lines=self.has_lines, profile=self.profile)

    def fresh_value(self) -> Any:
        """Return a copy of the value, free to be changed."""
        return jsontext.parse(self.text, max_depth=jsontext.MAX_SCHEMA_DEPTH)

    @property
    def facts(self) -> ModelFacts:
        """What is known of the model that the text was generated from; nothing where there is none."""
        return self.model_schema.facts if self.model_schema is not None else _NO_FACTS

    def places_of(self, written: Origin) -> list[Place]:
        """Return every place of a field of the model: a model that is used twice stands there twice."""
        return [place for place in self.fields if self.origin(place.pointer, None) == written]

    def origin(self, where: str, at: Position | None) -> Origin:
        """Return the origin of a finding at the pointer *where*, which stands in the text at *at*."""
        if self.model_schema is not None:
            return self.model_schema.origin_of(where)
        if at is None or not self.has_lines:
            return Origin(file=self.file)
        return Origin(file=self.file, line=at.line, column=at.column)

    @property
    def is_mendable(self) -> bool:
        """Whether the text can be written anew: not where a model writes it, and not where that would drop a key."""
        return self.model_schema is None and self.unreadable is None and not self.has_duplicate_keys

    @cached_property
    def _survey(self) -> tuple[tuple[Place, ...], tuple[Reference, ...]]:
        return survey(self.value)

    @property
    def places(self) -> tuple[Place, ...]:
        """Every subschema, in the order of the text; the root first."""
        return self._survey[0]

    @property
    def references(self) -> tuple[Reference, ...]:
        """Every ``$ref``, in the order of the text."""
        return self._survey[1]

    @cached_property
    def by_pointer(self) -> Mapping[str, Place]:
        """Every subschema by its pointer."""
        return {place.pointer: place for place in self.places}

    @cached_property
    def _children(self) -> Mapping[str, list[Place]]:
        found: defaultdict[str, list[Place]] = defaultdict(list)
        for place in self.places:
            if place.parent is not None:
                found[place.parent.pointer].append(place)
        return found

    @cached_property
    def _holders(self) -> Mapping[str, list[Place]]:
        found: defaultdict[str, list[Place]] = defaultdict(list)
        for place in self.places:
            if isinstance(place.schema, dict):
                for keyword in place.schema:
                    found[keyword].append(place)
        return found

    @property
    def keywords(self) -> AbstractSet[str]:
        """The keys of all schemas, keywords or not."""
        return self._holders.keys()

    def holding(self, *keywords: str) -> Sequence[Place]:
        """Return the schemas that have one of *keywords* at least, in the order of `places`."""
        lists = [self._holders[keyword] for keyword in keywords if keyword in self._holders]
        if len(lists) < 2:
            return lists[0] if lists else ()
        wanted = {place.pointer for places in lists for place in places}
        return [place for place in self.places if place.pointer in wanted]

    def asked_holding(self, *keywords: str) -> list[Place]:
        """Return those of `asked` that have one of *keywords* at least."""
        return [place for place in self.holding(*keywords) if place.pointer in self._asked]

    @cached_property
    def _references_at(self) -> Mapping[str, list[Reference]]:
        found: defaultdict[str, list[Reference]] = defaultdict(list)
        for reference in self.references:
            found[reference.place.pointer].append(reference)
        return found

    def children_of(self, place: Place) -> Sequence[Place]:
        """Return the schemas directly within *place*."""
        return self._children.get(place.pointer, ())

    def references_at(self, place: Place) -> Sequence[Reference]:
        """Return the references that *place* itself holds."""
        return self._references_at.get(place.pointer, ())

    def leads_to(self, place: Place) -> list[Place]:
        """Return the schemas right below *place* that a value is extracted for, and those that it refers to."""
        following = [child for child in self._children.get(place.pointer, ()) if child.keyword not in _NO_FIELDS]
        if place.pointer in self._references_at:
            following += [r.target for r in self._references_at[place.pointer] if r.target is not None]
        return following

    @cached_property
    def asked(self) -> tuple[Place, ...]:
        """Every schema that a value is extracted for: what the root leads to, conditions left out."""
        return tuple(place for place in self.places if place.pointer in self._asked)

    @cached_property
    def _asked(self) -> AbstractSet[str]:
        root = self.places[0]
        seen = {root.pointer}
        stack = [root]
        while stack:
            for child in self.leads_to(stack.pop()):
                if child.pointer not in seen:
                    seen.add(child.pointer)
                    stack.append(child)
        return seen

    @cached_property
    def fields(self) -> tuple[Place, ...]:
        """Every declared property that a value is extracted for.

        A property that a branch (``allOf``, ``then``, …) only narrows is none: the object around it declares it.
        """
        return tuple(place for place in self.asked if place.is_property and not _narrows(place))

    @cached_property
    def required(self) -> frozenset[str]:
        """The pointers of the fields that may not be left out of their object, as it or an ``allOf`` around it says."""
        names: dict[str, frozenset[str]] = {}
        for place in self.asked:
            listed = place.schema.get("required") if isinstance(place.schema, dict) else None
            if isinstance(listed, list):
                names[place.pointer] = frozenset(name for name in listed if isinstance(name, str))
        found: set[str] = set()
        for place in self.fields if names else ():
            around = place.parent
            while around is not None:
                if place.key in names.get(around.pointer, ()):
                    found.add(place.pointer)
                around = around.parent if around.keyword == "allOf" else None
        return frozenset(found)

    def team(self, place: Place) -> Team:
        """Return *place* and all that judges the same instance: its references and branches, ``not`` left out."""
        known = self._teams.get(place.pointer)
        if known is None:
            known = self._teams[place.pointer] = self._gather(place)
        return known

    @cached_property
    def _teams(self) -> dict[str, Team]:
        return {}

    def all_of(self, place: Place) -> Team:
        """Return *place* and all that every instance of it satisfies besides: its references and ``allOf``."""
        known = self._alls.get(place.pointer)
        if known is None:
            known = self._alls[place.pointer] = self._gather(place, _ALL_OF)
        return known

    @cached_property
    def _alls(self) -> dict[str, Team]:
        return {}

    def _gather(self, start: Place, through: frozenset[str] = _BESIDE) -> Team:
        if not isinstance(start.schema, dict) or _REFERRING[through].isdisjoint(start.schema):
            return Team((start,), start.pointer not in self.shape.looping)
        found = {start.pointer: start}
        is_whole = True
        for place in (queue := [start]):  # grows while it is walked
            is_whole = is_whole and place.pointer not in self.shape.looping and not _has_odd_reference(place.schema)
            following = [child for child in self._children.get(place.pointer, ()) if child.keyword in through]
            for reference in self._references_at.get(place.pointer, ()):
                if reference.target is None:
                    is_whole = False
                else:
                    following.append(reference.target)
            for child in following:
                if child.pointer in found:
                    continue
                if len(found) == _LARGEST_TEAM:
                    return Team(places=tuple(found.values()), is_whole=False)
                found[child.pointer] = child
                queue.append(child)
        return Team(places=tuple(found.values()), is_whole=is_whole)

    def has_type(self, place: Place) -> bool:
        """Return whether something says what kind of value is asked for at *place*; a branch of null says nothing.

        Where a reference leads nowhere, or in a circle, the answer is yes: that is a finding of its own.
        """
        if isinstance(place.schema, dict) and "type" in place.schema:
            return True
        if any(_says_type(child.schema) for child in self.children_of(place) if child.keyword == "anyOf"):
            return True  # said in a branch, which is the most that most fields have
        team = self.team(place)
        return not team.is_whole or any(_says_type(member.schema) for member in team.places)

    @cached_property
    def shape(self) -> Shape:
        """The loops among the schemas, and how often a judge would walk them for one instance."""
        if not self.references:
            return Shape(width=0)  # each schema is walked once at most
        edges: defaultdict[str, list[str]] = defaultdict(list)
        seen: set[str] = set()
        for reference in self.references:
            place = reference.place
            if reference.target is not None:
                edges[place.pointer].append(reference.target.pointer)
            while place.keyword in SAME_INSTANCE and place.parent is not None and place.pointer not in seen:
                seen.add(place.pointer)
                edges[place.parent.pointer].append(place.pointer)
                place = place.parent
        return shape(dict(edges))

    @cached_property
    def is_recursive(self) -> bool:
        """Whether some schema leads back to itself, be it levels further down in an instance."""
        targets = {reference.target.pointer for reference in self.references if reference.target is not None}
        edges: dict[str, list[str]] = {}
        for reference in self.references:
            around: Place | None = reference.place if reference.target is not None else None
            while around is not None and reference.target is not None:
                if around.pointer in targets:
                    edges.setdefault(around.pointer, []).append(reference.target.pointer)
                around = around.parent
        return bool(shape(edges).loops)

    @cached_property
    def kept(self) -> dict[Any, Any]:
        """What modules of lint have worked out about this schema, for all the rules that want to know it."""
        return {}


def _has_odd_reference(schema: Any) -> bool:
    return isinstance(schema, dict) and any(not isinstance(schema.get(key, ""), str) for key in KEYWORDS)


def _says_type(schema: Any) -> bool:
    if isinstance(schema, bool):
        return not schema
    return "enum" in schema or "const" in schema or schema.get("type", "null") not in ("null", ["null"])


def _narrows(place: Place) -> bool:
    around = place.parent
    while around is not None and around.keyword in SAME_INSTANCE and around.parent is not None:
        around = around.parent
        properties = around.schema.get("properties")
        if isinstance(properties, dict) and place.key in properties:
            return True
    return False


def _written(value: jsontext.JsonValue) -> str:
    try:
        return json.dumps(value, separators=(",", ":"))
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidSchema(
            f"is not made of JSON values: {jsontext.clip(str(error), 160)}",
            remedy="use dict, list, str, int, float, bool and None only",
        ) from error


def _rewritten(text: str, value: jsontext.JsonValue) -> str:
    indent: int | str | None = None
    if "\n" in text.strip():
        second = text.strip().split("\n", 2)[1]
        indent = second[: len(second) - len(second.lstrip(" \t"))] or 2
    return jsontext.dumps(value, indent=indent) + text[len(text.rstrip()) :]
