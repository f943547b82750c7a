"""The regular expressions of a schema: which compile, and which only some engines take.

Source: JSON Schema 2020-12 core, section 6.4: ECMA-262 with the u flag, and of it only what all engines share.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from typing import Any, NamedTuple

from pageschema import jsontext, pointer
from pageschema.linting.subject import Subject
from pageschema.schema import compiles

LONGEST = 10_000

_PLAIN = re.compile(
    r"\^?(?:(?:[A-Za-z0-9 _,:/-]|\\[dwsDWS.]|\[(?:a-z|A-Z|0-9|[a-zA-Z0-9_ ]){1,40}\])(?:[*+?]|\{\d{1,3}\})?){0,60}\$?"
)
"""What every engine compiles; most patterns of schemas are no more than this."""

_CLASS_AS_BOUND = re.compile(r"(?:\\.|[^\\])*?\\[dDwWsS]-.", re.DOTALL)
"""Inside brackets, a range that begins with a class, such as ``\\w-.``: ECMA-262 with the u flag refuses it."""

_COUNT = re.compile(r"(?<=[{,])\d{2,}(?=[,}])")
"""A count that may be more than the validator holds."""


class Pattern(NamedTuple):
    """One regular expression and where it stands: a ``pattern``, or a key of ``patternProperties``."""

    pointer: str
    text: str
    is_key: bool

    @property
    def shown(self) -> str:
        """The pattern in quotes, for a message."""
        return f"'{jsontext.clip(self.text)}'"


def patterns(subject: Subject) -> list[Pattern]:
    """Return every regular expression of the schema."""
    found: list[Pattern] | None = subject.kept.get(patterns)
    if found is None:
        found = subject.kept[patterns] = list(_patterns(subject))
    return found


def _patterns(subject: Subject) -> Iterator[Pattern]:
    for place in subject.holding("pattern", "patternProperties"):
        text = place.schema.get("pattern")
        if isinstance(text, str):
            yield Pattern(pointer=pointer.join(place.pointer, "pattern"), text=text, is_key=False)
        named = place.schema.get("patternProperties")
        for key in named if isinstance(named, dict) else ():
            yield Pattern(pointer=pointer.join(place.pointer, "patternProperties", key), text=key, is_key=True)


class Refusal(NamedTuple):
    """Why a pattern cannot be used, as a clause about it, and what to do."""

    clause: str
    remedy: str


def compile_error(text: str) -> Refusal | None:
    """Return why the validator, or every engine, refuses *text*, or None where they do not.

    A construct that belongs to one engine (see `foreign`) is no error: another rule speaks of it.
    """
    if _PLAIN.fullmatch(text):
        return None
    compiled = compiles(text)
    if compiled and not (len(text) <= LONGEST and _has_class_as_bound(text)):
        return None
    if len(text) > LONGEST:
        return Refusal(f"has {len(text):,} characters and does not compile", remedy="mend it, and say it shorter")
    if not compiled and compiles(_COUNT.sub("9", text)):
        return Refusal(
            "repeats more than the validator holds",
            remedy="lower its counts; how long a text may be is said with 'minLength' and 'maxLength'",
        )
    in_python = re.sub(r"\(\?<(?=[A-Za-z_])", "(?P<", re.sub(r"\\k<(\w+)>", r"(?P=\1)", text))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(in_python)
    except (re.error, RecursionError, OverflowError) as error:
        return _no_expression(jsontext.clip(str(error), 60))
    if in_python != text or any(foreign(text)):
        return None
    return _no_expression(
        "a brace without a count such as {0,3}" if "{" in text else "an escape that ECMA-262 does not have"
    )


def _no_expression(reason: str) -> Refusal:
    return Refusal(
        f"is no regular expression: {reason}",
        remedy=r"mend it; a literal ( [ { . - or \ needs a backslash, which JSON writes twice",
    )


def _has_class_as_bound(text: str) -> bool:
    return any(_CLASS_AS_BOUND.match(token["inside"] or "") for token in _TOKEN.finditer(text))


class Foreign(NamedTuple):
    """A part of a pattern that not every engine knows, and what to write instead."""

    text: str
    remedy: str


_TOKEN = re.compile(
    r"(?P<anchor>\\[AZz])|(?P<pair>\\u[Dd][89ABab]\w\w\\u[Dd][C-Fc-f]\w\w)|(?P<nul>\\0(?!\d))|\\[pPux]\{[^}\\]*\}|\\."
    r"|\[\^?\]?(?P<inside>(?:\\.|\[:\w+:\]|[^\]\\])*)\]|\[.*"
    r"|(?P<group>\(\?(?:[imsxuLa-]+[:)]|P[<=>]|#|>|<?[=!]|[|(&R]))|(?P<possessive>(?:[*+?]|\{\d+(?:,\d*)?\})\+)",
    re.DOTALL,
)
"""What is read as one. A bracket that nothing closes takes all that follows: were it passed over, each further one
would be looked for to the end again."""

_BACKSPACE = re.compile(r"(?:\\[^b]|[^\\])*\\b", re.DOTALL)


_LITERAL = re.compile(r"/\^?(.*[^\\])?/[dgimsuvy]*", re.DOTALL)


def _is_literal(text: str) -> bool:
    """Return whether *text* stands between slashes as JavaScript and Perl write it; ``/^`` matches nothing at all."""
    return text.startswith("/") and bool(_LITERAL.fullmatch(text)) and (text[1:2] == "^" or "$/" in text)


def foreign(text: str) -> Iterator[Foreign]:
    """Yield the parts of *text* that are not in every engine."""
    if _is_literal(text[:LONGEST]):
        yield Foreign(text="/", remedy="drop the slashes around it, and any flags behind")
    for match in _TOKEN.finditer(text[:LONGEST]):
        if match["anchor"]:
            yield Foreign(
                text=match["anchor"],
                remedy="write '^' for the start" if match["anchor"] == r"\A" else "write '$' for the end",
            )
        elif match["group"]:
            yield Foreign(text=match["group"], remedy=_instead(match["group"]))
        elif match["possessive"]:
            yield Foreign(text=match["possessive"], remedy="drop the second '+'")
        elif match["pair"]:
            yield Foreign(text=match["pair"], remedy="write the character itself")
        elif match["nul"]:
            yield Foreign(text=match["nul"], remedy=r"write \x00")
        elif match["inside"] and "[:" in match["inside"]:
            yield Foreign(text=match["inside"], remedy="list the characters: [A-Za-z]")
        elif match["inside"] and _BACKSPACE.match(match["inside"]):
            yield Foreign(
                text=r"[\b]", remedy=r"write \x08 for a backspace; outside of brackets \b is the edge of a word"
            )


def portable(text: str) -> str:
    r"""Return *text* with ``\A`` at its start and ``\Z`` or ``\z`` at its end in the form that all engines share."""
    text = re.sub(r"\A\\A", "^", text)
    return re.sub(r"(?<!\\)((?:\\\\)*)\\[Zz]\Z", r"\1$", text)


def _instead(group: str) -> str:
    if group.startswith("(?P"):
        return "use a plain group: (…)"
    if group in ("(?=", "(?!", "(?<=", "(?<!"):
        return "say it without look-around, or in the description"
    if group[2] in "imsxuLa-":
        return "spell both cases: [Aa]" if "i" in group else "drop the flag"
    return "use a plain group: (?:…)"


def replace_pattern(root: Any, pattern: Pattern, text: str) -> None:
    """Put *text* in place of *pattern* in the schema *root*."""
    holder = pointer.resolve(root, pattern.pointer.rpartition("/")[0])
    if pattern.is_key:
        renamed = {text if key == pattern.text else key: value for key, value in holder.items()}
        holder.clear()
        holder.update(renamed)
    else:
        holder["pattern"] = text
