"""PageSchema: the JSON Schema that is sent in the form field ``page_schema``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pageschema import jsontext
from pageschema.errors import InvalidSchema
from pageschema.finding import Origin
from pageschema.schema.facts import ModelFacts
from pageschema.schema.ignores import KEYWORD, without_ignores


@dataclass(frozen=True, kw_only=True)
class PageSchema:
    """A page schema, as text and as value.

    `text` is exactly what is sent. `value` is what it holds: an object with an object ``properties``. Equality and hash
    go by the text. `origins` gives, for the pointer of each property, definition and enum value that came from a model,
    where it is written. `facts` are what lint wants to know of that model besides.
    """

    text: str
    value: dict[str, Any] = field(compare=False, repr=False)
    name: str = field(default="", compare=False)
    origin: Origin = field(default_factory=Origin, compare=False)
    origins: Mapping[str, Origin] = field(default_factory=dict, compare=False, repr=False)
    facts: ModelFacts = field(default_factory=ModelFacts, compare=False, repr=False)

    @property
    def digest(self) -> str:
        """SHA-256 of the text in UTF-8, lower-case hexadecimal."""
        return jsontext.digest(self.text)

    @classmethod
    def parse(cls, text: str | bytes, *, name: str = "", where: str = "") -> PageSchema:
        """Read a page schema from JSON text.

        Where the text asks lint to be quiet (``x-pageschema-ignore``), it is written anew without that: what is sent
        does not say it.

        Raises:
            InvalidJSON: The text is not JSON, or past a bound (200 levels).
            InvalidSchema: The root is not an object with an object ``properties``, which /extract requires.
        """
        value = jsontext.parse(text, where=where, max_depth=jsontext.MAX_SCHEMA_DEPTH, unique_keys=True)
        require_properties(value, where=where)
        decoded = text.decode("utf-8") if isinstance(text, bytes) else text
        if KEYWORD in decoded and (sent := without_ignores(value)) != value:
            value, decoded = sent, jsontext.dumps(sent) + "\n"
        return cls(text=decoded, value=value, name=name, origin=Origin(file=where or None))

    @classmethod
    def from_value(
        cls,
        value: dict[str, Any],
        *,
        name: str = "",
        origin: Origin | None = None,
        origins: Mapping[str, Origin] | None = None,
        facts: ModelFacts | None = None,
    ) -> PageSchema:
        """Write *value* as a page schema: two spaces of indent, keys in the order given, a final line feed.

        ``x-pageschema-ignore`` is left out.

        Raises:
            InvalidSchema: The root is not an object with an object ``properties``.
        """
        require_properties(value, where=name)
        text = jsontext.dumps(value) + "\n"
        if KEYWORD in text and (sent := without_ignores(value)) != value:
            value, text = sent, jsontext.dumps(sent) + "\n"
        return cls(
            text=text,
            value=value,
            name=name,
            origin=origin or Origin(),
            origins=origins or {},
            facts=facts or ModelFacts(),
        )

    def origin_of(self, where: str) -> Origin:
        """Return the origin nearest to the pointer *where*, at it or above it, else that of the schema."""
        while where:
            if where in self.origins:
                return self.origins[where]
            where = where.rpartition("/")[0]
        return self.origin


def require_properties(value: Any, *, where: str = "") -> None:
    """Raise `InvalidSchema` unless *value* is an object with an object ``properties``.

    Source: upstream contract, ``page_schema``: "Must contain a 'properties' key."
    """
    if not isinstance(value, dict):
        raise InvalidSchema(
            f"a page schema is a JSON object, this is {_kind(value)}",
            where=where,
            remedy='write {"type": "object", "properties": {…}}',
        )
    if "properties" not in value:
        raise InvalidSchema(
            "has no top-level 'properties', which /extract requires",
            where=where,
            remedy='wrap the fields: {"type": "object", "properties": {…}}',
        )
    if not isinstance(value["properties"], dict):
        raise InvalidSchema(
            f"top-level 'properties' is {_kind(value['properties'])}, /extract requires an object",
            where=where,
            remedy='give each field a schema by name: {"total": {"type": "number"}}',
        )


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    kinds: dict[type, str] = {dict: "an object", list: "an array", str: "a string", bool: "a boolean"}
    return kinds.get(type(value), "a number")
