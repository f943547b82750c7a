"""A profile: whom a page schema is sent to, and what is known of what they take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pageschema.finding import Severity
from pageschema.jsontext import JsonValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most of each that a schema may have; None where no limit is known.

    `levels` counts objects within objects, the root left out. `text` is the length of all names, enum values and
    constants, `strings` that with titles and descriptions, and `size` that of the whole JSON text. `long_enum` is
    how many values an enum may have, and how long all of them may be together if it has more. `optional` fields are
    not required, `unions` have several types or ``anyOf``.
    """

    levels: int | None = None
    properties: int | None = None
    options: int | None = None
    text: int | None = None
    strings: int | None = None
    size: int | None = None
    long_enum: tuple[int, int] | None = None
    optional: int | None = None
    unions: int | None = None
    name: int | None = None
    description: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What one API takes, as data that rules read; `bad` and `good` are examples that a test holds it to.

    Attributes:
        date: When the sources were last seen to say so.
        severities: Of rules that weigh differently here; None switches a rule off.
        unsupported: What becomes of each keyword that is refused or ignored, completing "'pattern' …".
        values: The only values that some keywords may have.
        root_unsupported: Keywords that are refused at the root alone.
        option_kinds: The kinds that a value of an enum, or a constant, may be of; empty where any may.
        pattern_constructs: What a pattern may not have: a regular expression for its beginning, ``(?=``, and its name.
        lone_references: A ``$ref`` must have no keyword beside it.
        chosen_null: An array that may be null says so with ``anyOf``, not with a list of types.
        bare_items: An item of an array that is one value must not take null.
        closes_objects: Every object must say ``additionalProperties: false``.
        requires_all: Every field must be required; one that may be absent takes null.
        needs_null: Every field of one value must take null.
        takes_recursion: Whether a schema may refer to itself.
        name_pattern: What the names of fields must match, and in words.
        left_out: Keywords that are taken, but that `generate` does not write.
        form: What `generate` writes, in a sentence; "" where the API has no form that a JSON Schema could have.
    """

    name: str
    title: str
    about: str
    sources: tuple[str, ...]
    date: str
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    unsupported: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, tuple[JsonValue, ...]] = field(default_factory=dict)
    root_unsupported: tuple[str, ...] = ()
    option_kinds: tuple[str, ...] = ()
    pattern_constructs: Mapping[str, str] = field(default_factory=dict)
    lone_references: bool = False
    chosen_null: bool = False
    bare_items: bool = False
    closes_objects: bool = False
    requires_all: bool = False
    needs_null: bool = False
    takes_recursion: bool = True
    name_pattern: tuple[str, str] | None = None
    left_out: tuple[str, ...] = ()
    limits: Limits = Limits()
    form: str = ""
    bad: str
    flagged: tuple[tuple[str, str], ...]
    good: str
