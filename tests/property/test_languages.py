"""Laws of languages, over patterns of all that is understood, held to the judge and to two other readers."""

from __future__ import annotations

import re
from itertools import islice, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pageschema.errors import InvalidSchema
from pageschema.schema import Judge
from pageschema.solver.languages import Language, region

LETTERS = "abx1_- \n"
TEXTS = st.text(st.sampled_from(LETTERS), max_size=6)
FOREIGN = st.text(st.sampled_from(LETTERS + "AKé\t\r٣\u2028\ufeff\u0085\u017f\u212a中\u200d😀]^&[\\"), max_size=6)

PLAIN = st.sampled_from(["a", "b", "x", "1", "[ab]", "[a-c1]", "[0-9]", "[a-z]", "ab", "ba"])
SHARED = st.sampled_from(["_", " ", ".", r"\d", r"\w", r"\s", r"\D", r"\W", r"\S", "[^a]", r"[^\d_]", r"\-", r"\n"])
ODD = st.sampled_from(
    [
        "é",
        "K",
        "[^é]",
        "[à-ü]",
        r"\u0061",
        r"\x62",
        r"\u{78}",
        r"\cJ",
        "[a&&b]",
        "[a[b]",
        "[x~~]",
        "[_-a]",
        r"[\w-]",
        "]",
    ]
)
ASSERTIONS = st.sampled_from(["^", "$", r"\b", r"\B"])
LOOKS = ["(?=", "(?!", "(?<=", "(?<!"]
FLAGGED = ["(?i:", "(?s:", "(?-i:"]


def expressions(*leaves, groups=("(", "(?:"), counts=("*", "+", "?", "{2}", "{1,3}", "{0,2}", "{2,}", "*?")):
    """Expressions of *leaves* and what is made of them."""

    def compound(inner):
        return st.one_of(
            st.lists(inner, max_size=4).map("".join),
            st.lists(inner, min_size=2, max_size=3).map(lambda branches: f"(?:{'|'.join(branches)})"),
            st.builds("{}{})".format, st.sampled_from(groups), inner),
            st.builds("(?:{}){}".format, inner, st.sampled_from(counts)),
        )

    return st.recursive(st.one_of(*leaves), compound, max_leaves=8)


WHOLE = st.sampled_from(["{}", "^{}", "{}$", "^(?:{})$", "^{}$"])
SIMPLE = expressions(PLAIN)
READABLE = st.builds(str.format, WHOLE, expressions(PLAIN, SHARED, ASSERTIONS))
PATTERNS = st.builds(
    str.format, WHOLE, expressions(PLAIN, SHARED, ODD, ASSERTIONS, groups=("(", "(?:", *LOOKS, *FLAGGED))
)


def language_of(pattern):
    language = Language.of_pattern(pattern)
    assume(language is not None)
    return language


@given(PATTERNS, st.lists(FOREIGN | TEXTS, max_size=20))
@settings(max_examples=400, deadline=None)
def test_a_language_holds_what_the_judge_takes(pattern, texts):
    language = language_of(pattern)
    try:
        judge = Judge({"pattern": pattern})
    except InvalidSchema:
        assume(False)
    for text in (*texts, *islice(language.words(), 8)):
        assert language.accepts(text) == judge.accepts(text)


@given(READABLE, st.lists(TEXTS, max_size=20))
@settings(max_examples=300, deadline=None)
def test_a_language_holds_what_python_takes_where_the_two_dialects_agree(pattern, texts):
    language = language_of(pattern)
    compiled = re.compile(re.sub(r"(?<!\\)\$", r"\\Z", pattern), re.ASCII)
    for text in (*texts, *(word for word in islice(language.words(), 8) if word.isascii())):
        if text or r"\B" not in pattern:  # Before 3.14, Python's \B does not match the empty string.
            assert language.accepts(text) == bool(compiled.search(text))


@given(PATTERNS, PATTERNS, st.lists(FOREIGN | TEXTS, max_size=20))
@settings(max_examples=300, deadline=None)
def test_a_language_falls_into_what_another_holds_and_what_it_does_not(one, other, texts):
    left, right = language_of(one), language_of(other)
    both, rest = left.intersect(right), left.without(right)
    assume(both is not None and rest is not None)
    for text in (*texts, *islice(left.words(), 5), *islice(right.words(), 5)):
        assert both.accepts(text) == (left.accepts(text) and right.accepts(text))
        assert rest.accepts(text) == (left.accepts(text) and not right.accepts(text))
    overlap = both.intersect(rest)
    assert overlap is None or overlap.empty
    assert min(30, both.count(30) + rest.count(30)) == left.count(30)
    again = region([one], [other])
    assert again is None or again.empty == rest.empty


@given(PATTERNS, st.sampled_from([(0, 0), (0, 2), (1, 3), (3, 3), (2, None), (4, 70)]))
@settings(max_examples=200, deadline=None)
def test_a_window_of_lengths_cuts_out_the_words_of_these_lengths(pattern, window):
    low, high = window
    whole, part = language_of(pattern), region([pattern], [], low=low, high=high)
    assume(part is not None)
    outside = whole.without(part)
    assume(outside is not None)
    for word in islice(whole.words(), 30):
        within = low <= len(word) and (high is None or len(word) <= high)
        assert part.accepts(word) == within
        assert outside.accepts(word) != within
    assert all(low <= len(word) and (high is None or len(word) <= high) for word in islice(part.words(), 30))
    if not part.empty:
        assert part.shortest == len(next(part.words()))


@given(PATTERNS, st.sets(TEXTS, max_size=3))
@settings(max_examples=200, deadline=None)
def test_words_are_distinct_and_grow_and_are_what_is_counted(pattern, avoid):
    language = language_of(pattern)
    words = list(islice(language.words(), 40))
    assert all(map(language.accepts, words))
    assert [len(word) for word in words] == sorted(map(len, words))
    assert len(set(words)) == len(words) == language.count(40)
    assert language.empty == (not words)
    if language.count(41) < 41:
        assert language.longest == (len(words[-1]) if words else None)
    assert list(islice(language.words(avoid=avoid), 20)) == [word for word in words if word not in avoid][:20]


@given(READABLE)
@settings(max_examples=100, deadline=None)
def test_no_word_is_forgotten(pattern):
    narrow = region([pattern, "^[ab1\n]{0,3}$"], [])
    assume(narrow is not None)
    language = language_of(pattern)
    every = ("".join(letters) for length in range(4) for letters in product("ab1\n", repeat=length))
    assert list(narrow.words()) == [word for word in every if language.accepts(word)]


@given(SIMPLE, SIMPLE)
@settings(max_examples=100, deadline=None)
def test_inclusion_is_what_another_library_finds(one, other):
    greenery = pytest.importorskip("greenery")
    left, right = (language_of(f"^(?:{expression})$") for expression in (one, other))
    rest = left.without(right)
    assume(rest is not None)
    theirs, others = (greenery.parse(re.sub(r"\(\?:|\*\?", lambda m: m.group()[0], each)) for each in (one, other))
    assert rest.empty == (theirs.to_fsm() - others.to_fsm()).empty()


@given(st.sets(FOREIGN, max_size=8), st.lists(FOREIGN, max_size=8))
@settings(max_examples=100, deadline=None)
def test_listed_words_and_no_others_are_a_language(words, texts):
    language = Language.of_words(words)
    assert set(language.words()) == words
    outside = Language.everything().without(language)
    assert all(language.accepts(text) == (text in words) != outside.accepts(text) for text in texts)
