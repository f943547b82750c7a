"""Short strings that a regular expression matches, and how long any such string is.

Strings are proposals: whoever asks has each confirmed by a validator. Lengths are facts, told only of expressions that
Python's parser, which reads them here, and ECMA-262 take for the same.
"""

from __future__ import annotations

import importlib
import re
import warnings
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product
from typing import Any

from pageschema.schema import Judge

ALPHABET = "a0A_- .,:/@#%!?~bB1\t\né中"
MAX_ALTERNATIVES = 6
MAX_LENGTH = 2_000
LONGEST_WIDTH = 1_000_000
"""Python's parser caps widths; far below that cap they are exact."""


def proposals(pattern: str, *, low: int = 0, high: int | None = None) -> Iterator[str]:
    """Yield strings that *pattern* probably matches, shortest shapes first.

    Args:
        pattern: An ECMA-262 regular expression, matched anywhere in a string.
        low: Least length wanted; repeats are lengthened, open ends are padded.
        high: Greatest length wanted.
    """
    tree = _parse(pattern)
    if tree is None:
        return
    seen = set()
    for extra in dict.fromkeys((0, 1, 2, low, max(0, low - 1), low // 2)):
        for text in islice(_sequence(tree, extra), 4 * MAX_ALTERNATIVES):
            for padded in (text, text + "a" * (low - len(text)), "a" * (low - len(text)) + text):
                if low <= len(padded) and (high is None or len(padded) <= high) and padded not in seen:
                    seen.add(padded)
                    yield padded


def lengths(pattern: str) -> tuple[int, int | None]:
    """Return the least and the greatest length of a string in which *pattern* matches; None is no bound."""
    if any(sign in pattern for sign in ("{,", "[]", "[^]")) or re.search(r"\(\?(?![:<])|\(\?<[=!]", pattern):
        return 0, None
    tree = _parse(pattern)
    if tree is None or not all(map(_is_plain, tree)):
        return 0, None
    width: Any = tree.getwidth()
    anchored = len(tree) > 1 and str(tree[0][1]) == "AT_BEGINNING" and str(tree[-1][1]) == "AT_END"
    return int(width[0]), int(width[1]) if anchored and width[1] < LONGEST_WIDTH else None


@lru_cache(maxsize=512)
def _parse(pattern: str) -> Any:
    """Return Python's parse tree of *pattern*, or None where it does not take it."""
    try:
        parser: Any = importlib.import_module("re._parser")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return parser.parse(re.sub(r"\(\?<(?![=!])", "(?P<", pattern), re.ASCII)
    except (re.error, RecursionError, OverflowError):
        return None


def _is_plain(item: tuple[Any, Any]) -> bool:
    name, argument = str(item[0]), item[1]
    if name in {"LITERAL", "NOT_LITERAL", "ANY", "IN"}:
        return True
    if name == "AT":
        return str(argument) in {"AT_BEGINNING", "AT_END"}
    if name == "BRANCH":
        return all(_is_plain(inner) for branch in argument[1] for inner in branch)
    if name == "SUBPATTERN":
        return all(map(_is_plain, argument[-1]))
    return name in {"MAX_REPEAT", "MIN_REPEAT"} and all(map(_is_plain, argument[-1]))


def _sequence(items: Any, extra: int) -> Iterator[str]:
    """Yield matches of a sequence; each repeat in turn, then all of them, are lengthened by *extra*."""
    parts = [list(islice(_item(item, 0), MAX_ALTERNATIVES)) for item in items]
    if not all(parts):
        return
    if not extra:
        for chosen in islice(product(*parts), 4 * MAX_ALTERNATIVES):
            yield "".join(chosen)
        return
    longer = [list(islice(_item(item, extra), MAX_ALTERNATIVES)) for item in items]
    for index, part in enumerate(longer):
        if part:
            yield "".join([*(one[0] for one in parts[:index]), part[0], *(one[0] for one in parts[index + 1 :])])
    if all(longer):
        yield "".join(part[0] for part in longer)


def _item(item: tuple[Any, Any], extra: int) -> Iterator[str]:
    name, argument = str(item[0]), item[1]
    if name == "LITERAL":
        yield chr(argument)
    elif name == "NOT_LITERAL":
        yield from (c for c in ALPHABET if c != chr(argument))
    elif name == "ANY":
        yield from "a0b"
    elif name == "IN":
        yield from _members(argument)
    elif name == "BRANCH":
        for branch in argument[1]:
            yield from islice(_sequence(branch, extra), 2)
    elif name == "SUBPATTERN":
        yield from _sequence(argument[-1], extra)
    elif name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
        yield from _repeat(*argument, extra=extra)
    elif name in {"AT", "ASSERT", "ASSERT_NOT"}:
        yield ""  # Whether it holds there is for the validator to say.


def _repeat(low: int, high: Any, body: Any, *, extra: int) -> Iterator[str]:
    counts = [min(int(low) + extra, int(high))] if extra else [int(low), min(int(low) + 1, int(high))]
    inner = list(islice(_sequence(body, 0), MAX_ALTERNATIVES))
    for count in dict.fromkeys(counts):
        if not count:
            yield ""
        for text in inner if count else ():
            if count * len(text) <= MAX_LENGTH:
                yield text * count
    if extra:
        for text in islice(_sequence(body, extra), 2):
            if int(low) * len(text) <= MAX_LENGTH:
                yield text * max(1, int(low))


def _members(items: list[tuple[Any, Any]]) -> Iterator[str]:
    """Yield members of a character class, plain ones first."""
    negated = bool(items) and str(items[0][0]) == "NEGATE"
    wanted = [c for c in ALPHABET if any(_holds(item, c) for item in items) != negated]
    yield from wanted
    if not negated:
        for item in items:
            if str(item[0]) == "LITERAL":
                yield chr(item[1])
            elif str(item[0]) == "RANGE":
                yield from (chr(item[1][0]), chr(item[1][1]))


def _holds(item: tuple[Any, Any], character: str) -> bool:
    name, argument = str(item[0]), item[1]
    if name == "LITERAL":
        return bool(ord(character) == argument)
    if name == "RANGE":
        return bool(argument[0] <= ord(character) <= argument[1])
    if name == "CATEGORY":
        inside = {
            "CATEGORY_DIGIT": re.match("[0-9]", character),
            "CATEGORY_WORD": re.match("[A-Za-z0-9_]", character),
            "CATEGORY_SPACE": re.match(r"\s", character),
        }
        kind = str(argument)
        return bool(inside[kind.replace("_NOT_", "_")]) != ("_NOT_" in kind)
    return False


@lru_cache(maxsize=4096)
def matches(pattern: str, text: str) -> bool:
    """Return whether *pattern* matches somewhere in *text*.

    Raises:
        InvalidSchema: The engine cannot tell.
    """
    return _judge(pattern).accepts(text)


@lru_cache(maxsize=512)
def _judge(pattern: str) -> Judge:
    return Judge({"pattern": pattern})
