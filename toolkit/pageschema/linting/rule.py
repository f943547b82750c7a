"""A lint rule: what it flags, why that is bad, whence we know, and how to tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pageschema.finding import Origin, Severity
from pageschema.jsontext import JsonValue
from pageschema.linting.subject import Subject


class Flaw(NamedTuple):
    """What a rule has seen at one place; `lint` makes a `Finding` of it.

    `pointer` names the place to change. `line` is set only where the pointer alone does not say it, and `origin` where
    the place in the model is another than that of the property at the pointer.
    """

    pointer: str
    message: str
    remedy: str
    fixable: bool = False
    line: int | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LintRule:
    """A rule and its page: one file holds it, and a test holds it to its examples.

    `summary` completes "This rule flags …". `why` says what goes wrong, `source` whence we know. `bad` and `good` are
    JSON texts; `flagged` are the pointers in `bad`. `find` yields what is wrong with a schema, `fix` returns the value
    with all of it mended that it yielded as fixable. A fix is safe where nobody could have meant the other thing.

    `profile` is the one that the examples are linted for. A rule that `runs_code` runs that of the model to find out,
    in new processes even: it is not asked where nothing of it would be told.

    Two fields keep one fault at one finding. Where a rule that `ends` the run finds something, no later rule is asked:
    what is no page schema at all has no missing descriptions. A finding also drops those of the rules that it
    `silences`, at its pointer and at the schema it stands in: they would say the same fault less well.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    why: str
    source: str
    bad: str
    flagged: tuple[str, ...]
    good: str
    find: Callable[[Subject], Iterator[Flaw]]
    fix: Callable[[Subject], JsonValue] | None = None
    fix_is_safe: bool = False
    profile: str = "datalab"
    runs_code: bool = False
    ends: bool = False
    silences: tuple[str, ...] = ()
