"""Strings within a length window that match every pattern and format asked for and none that is barred."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice, product

from jsonschema_rs import canonical as views

from pageschema.solver import formats, regex
from pageschema.solver.languages import Language, enclosing, is_disputed, region
from pageschema.solver.outcome import EMPTY, Candidate, Outcome, distinct

LETTERS = "abc0 "
LONGEST = 100_000
TRIES = 200
LOOKED_AT = 100
DISPUTED = "validators and ECMA-262 differ on what a '.' takes, or on where a word ends"


def strings(view: views.StringView | None, accepts: Callable[[str], bool], want: int) -> Outcome:
    """Return strings of *view*, short ones first; None is any string.

    Args:
        view: The facets.
        accepts: Judges a candidate where patterns or formats are at stake.
        want: How many.
    """
    if view is None:
        return Outcome(candidates=tuple(Candidate(text) for text in islice(_plain(0, None), want)))
    low, high = view.min_length or 0, view.max_length
    if high is not None and high < low:
        return EMPTY
    if view.patterns or view.excluded_patterns or high == 0:
        language = region(view.patterns, view.excluded_patterns, low=low, high=high)
        if any(map(is_disputed, (*view.patterns, *view.excluded_patterns))):
            return _undisputed(language, view, accepts, want)
        if language is not None and (language.empty or not (view.formats or view.excluded_formats)):
            return _words(language, view, accepts, want)
    return _proposed(view, accepts, want)


def _undisputed(
    language: Language | None, view: views.StringView, accepts: Callable[[str], bool], want: int
) -> Outcome:
    """Return strings on which the judge and ECMA-262 agree, who do not on what a ``.`` takes and where a word ends."""
    low, high = view.min_length or 0, view.max_length
    strict = region(view.patterns, view.excluded_patterns, low=low, high=high, ecma=True)
    if language is None or strict is None:
        return _proposed(view, accepts, want)
    if language.empty and strict.empty:
        return EMPTY
    if view.formats or view.excluded_formats:
        return _proposed(view, accepts, want)
    common = language.intersect(strict)
    if common is None or common.empty:
        return Outcome(reason=DISPUTED)
    return replace(_words(common, view, accepts, want), exhausted=False)


def _words(language: Language, view: views.StringView, accepts: Callable[[str], bool], want: int) -> Outcome:
    """Return words of *language*, which has all strings that the patterns and lengths leave."""
    words = list(islice(language.words(avoid=view.excluded), want + 1))
    if any(word.endswith("\n") for word in words[:want]):
        # Python lets ``$`` match before the last line end, so jsonschema may not confirm these.
        further = islice(language.words(avoid=view.excluded), want + LOOKED_AT)
        words = sorted(further, key=lambda word: word.endswith("\n"))[: want + 1]
    bound = want + len(view.excluded) + 1
    complete = len(words) <= want and language.count(bound) < bound
    found = tuple(Candidate(word) for word in words[:want] if accepts(word))
    agreed = len(found) == len(words[:want])
    reason = "" if found or (complete and agreed) else f"no string was found for {_facets(view)}"
    return Outcome(candidates=found, exhausted=complete and agreed, reason=reason)


def _proposed(view: views.StringView, accepts: Callable[[str], bool], want: int) -> Outcome:
    """Return strings that are tried one by one, where formats or what is no regular language are at stake."""
    low, high = _window(view)
    if high is not None and high < low:
        return EMPTY
    if low > LONGEST:
        return Outcome(reason=f"only strings of {low} characters and more come into question")
    barred = {*view.excluded}
    judged = bool(view.patterns or view.excluded_patterns or view.formats or view.excluded_formats)
    proposed = (text for text in islice(_proposals(view, low, high), TRIES) if text not in barred)
    right = (Candidate(text) for text in proposed if not judged or accepts(text))
    found = tuple(islice(distinct(right), want))
    return Outcome(candidates=found, reason="" if found else f"no string was found for {_facets(view)}")


def _proposals(view: views.StringView, low: int, high: int | None) -> Iterator[str]:
    if view.patterns or view.excluded_patterns:
        around = enclosing(view.patterns, view.excluded_patterns, low=low, high=high)
        yield from islice(around.words() if around is not None else (), TRIES // 4)
    for name in view.formats:
        for sample in formats.SAMPLES.get(name, ()):
            if low <= len(sample) and (high is None or len(sample) <= high):
                yield sample
    # A string that is longer than a barred pattern can match is sure to escape it.
    beyond = {longest + 1 for _, longest in map(regex.lengths, view.excluded_patterns) if longest is not None}
    for least in (low, *sorted(n for n in beyond if low < n <= (LONGEST if high is None else high))):
        for pattern in view.patterns:
            yield from islice(regex.proposals(pattern, low=least, high=high), TRIES // 4)
        if not view.patterns:
            yield from islice(_plain(least, high), TRIES // 4)
    if not view.patterns and view.excluded_patterns and high != 0:
        yield from (character * max(1, low) for character in regex.ALPHABET)


def _window(view: views.StringView) -> tuple[int, int | None]:
    """Return the least and the greatest length that the facets leave."""
    windows = [(view.min_length or 0, view.max_length), *map(regex.lengths, view.patterns)]
    return max(low for low, _ in windows), min((high for _, high in windows if high is not None), default=None)


def _plain(low: int, high: int | None) -> Iterator[str]:
    """Yield strings from *low* characters on, the alphabetically first ones of each length."""
    top = low + 3 if high is None else min(high, low + 3)
    for length in range(low, top + 1):
        tail = min(length, 2)
        for letters in product(LETTERS, repeat=tail):
            yield "a" * (length - tail) + "".join(letters)


def _facets(view: views.StringView) -> str:
    parts = [f"pattern '{pattern}'" for pattern in view.patterns]
    parts += [f"not pattern '{pattern}'" for pattern in view.excluded_patterns]
    parts += [f"format '{name}'" for name in view.formats]
    return " and ".join(parts) or "the length"
