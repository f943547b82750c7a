"""Patterns as regular languages: read as the judge reads them, decided exactly, shown by the friendliest words."""

from __future__ import annotations

from itertools import islice

import pytest

from pageschema.schema import Judge
from pageschema.solver.languages import Language, is_disputed, region
from pageschema.solver.languages.characters import EVERYTHING, invert
from pageschema.solver.languages.parser import parse
from pageschema.solver.languages.properties import members, word


def read(pattern):
    language = Language.of_pattern(pattern)
    assert language is not None
    return language


# What the judge reads otherwise than ECMA-262 (with the flag u) has it, and what people are unsure of.
READINGS = [
    (".", "\r", True),  # ECMA-262: no line terminator
    (".", "\u2028", True),  # the same
    (".", "\n", False),
    (r"^\d$", "\u0663", False),
    (r"^\w$", "é", False),
    (r"^\s$", "\ufeff", True),
    (r"^\s$", "\u00a0", True),
    (r"^\s$", "\u0085", False),
    (r"^\s$", "\u180e", False),
    (r"^(?!x)\d$", "\u0663", False),
    (r"^(?!x)[\w]$", "é", False),
    (r"^(?!x)\s$", "\ufeff", True),
    (r"\bé", "é", True),  # ECMA-262: é is no word character
    (r"\bb", "éb", False),  # the same
    (r"\b", "\u0663", True),  # the same
    ("^a$", "a\n", False),
    ("^(?!x)a$", "a\n", False),
    ("a|^b$", "b\n", False),
    ("(?:a$|b)c", "bc", True),
    ("a$b", "ab", False),
    ("$^", "", True),
    (r"^\Aa\z$", "a", True),  # ECMA-262: no such escapes
    (r"^\cJ$", "\n", True),
    (r"^[\cA-\cC]$", "\x02", True),
    (r"^\u0041\x42\u{43}$", "ABC", True),
    (r"^\/\-\ \_\@$", "/- _@", True),
    ("^]}$", "]}", True),  # ECMA-262: to be escaped
    ("^[a&&b]$", "&", True),
    ("^[~~a]$", "~", True),
    ("^[a-c--b]$", "-", True),
    ("^[+--]$", ",", True),
    ("^[[:alpha:]]$", ":]", True),
    ("^[[:alpha:]]$", "a", False),
    ("^[a[b]$", "[", True),
    (r"^[\w-]$", "-", True),
    ("^[a-z-9]$", "-", True),
    (r"^[^\S]$", "\u3000", True),
    (r"^(?i)k$", "K", None),
    ("(?i)^k$", "\u212a", True),  # ECMA-262: no flags that stand alone
    ("^(?i:s)$", "\u017f", True),
    ("^(?i:[^s])$", "\u017f", False),
    (r"^(?i:\w)$", "\u017f", True),
    ("^(?i:a(?-i:b))$", "AB", False),
    ("^(?i:a(?-i:b))$", "Ab", True),
    ("(?s)^.$", "\n", True),
    ("^(?s:.)$", "\n", True),
    ("^(?<year>a)(?P<month>b)$", "ab", True),
    (r"^\p{L}$", "é", True),
    (r"^\P{L}$", "é", False),
    (r"^\pL$", "é", True),  # ECMA-262: braces
    (r"^\p{Script=Greek}$", "\u03b1", True),
    (r"^\p{IsGreek}$", "\u03b1", True),  # ECMA-262: Script=Greek
    (r"^[^\p{Lu}\d]$", "É", False),
    ("^a{2,3}?$", "aaa", True),
    ("(?<=a+)b", "aab", True),
    ("(?<=^|,)b", "ab", False),
    ("(?<!a)b", "ab", False),
    ("(?:(?=ab)a|b)*c$", "abc", True),
    ("^(?:(?=ab)a|b)*c$", "ac", False),
    (r"^(?:\b|-)+a$", "-a", True),
    (r"\Bb", "b", False),
    ("^(?=.*a)(?!.*b).{2}$", "ac", True),
    ("^(?=.*a)(?!.*b).{2}$", "ab", False),
]


@pytest.mark.parametrize(("pattern", "text", "matches"), READINGS)
def test_a_pattern_means_what_the_judge_takes_it_for(pattern, text, matches):
    judged = Judge({"pattern": pattern}).accepts(text)
    language = Language.of_pattern(pattern)
    assert (None if language is None else language.accepts(text)) is matches
    assert matches in {None, judged}


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a)\1", r"(?<a>x)\k<a>",  # not regular
        r"\<a", r"\é", r"\Z", r"\h", r"\a", r"\e", r"\Q", r"\0", r"\07", r"[\b]", r"[\a]", "[]", "[^]", "[]a]",
        "a{,3}", "a{", "{", "a**", "a*+", "a{2}{3}", "a{3,2}", "^*", r"\b+", "(?=a)*", "*a",
        r"[\w-a]", r"[a-\w]", "[z-a]", "[a", "(a", "a)", r"a\\"[:-1],
        "(?m)^a$", "(?x)a b", "(?u)a", "(?#c)", "(?>a)", "(?|a)", "(?'n'a)", "(?ii:a)", "(?i-i:a)", "a(?i)b",
        "(?i)é", "(?i)[à-ü]", r"(?i)\p{L}",
        r"\uD83D\uDE00", r"\uD800", r"\u{110000}", r"\x{41}", r"\p{Nonsense}", r"\p{^L}",
        "(?<n>a)(?<n>b)", "(?<=(?=a))b",
        "(" * 200 + ")" * 200,
    ],
)  # fmt: skip
def test_what_is_not_certain_is_not_answered(pattern):
    assert Language.of_pattern(pattern) is None


@pytest.mark.parametrize(
    "pattern",
    [
        "(a|b)*a(a|b){20}",
        "^(x{1000}){1000}$",
        "(x{1000}){1000}",
        "^(a?){500}a{500}$",
        "^(?:(?:a{0,100}){0,100}){0,100}b$",
        "((((((((a?){9}){9}){9}){9}){9}){9}){9}){9}b",
        "^(?:(?!a.{30}b).)*$",
        "".join(f"(?=.*{letter})" for letter in "abcdefghijklmnop"),
        "(?<=a.{20})b",
    ],
)
def test_what_would_take_too_many_states_is_given_up(pattern):
    assert Language.of_pattern(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "shortest", "longest"),
    [
        ("((a*)*)*b", 1, None),
        ("^[a-z]{0,5000}$", 0, 5000),
        ("^a[a-z]{10,100000}b$", 12, 100_002),
        ("^(?:.{5}){0,2000}$", 0, 10_000),
        ("(.*)(.*)(.*)(.*)x", 1, None),
        ("^(([a-z])+.)+[A-Z]([a-z])+$", 4, None),
        ("|".join(f"^name {index} of {index * 7919 % 1000}$" for index in range(1000)), 11, 15),
    ],
)
def test_what_only_looks_costly_is_answered(pattern, shortest, longest):
    language = read(pattern)
    assert (language.shortest, language.longest) == (shortest, longest)


@pytest.mark.parametrize(
    ("old", "new", "witness"),
    [
        (r"^\d{4}-\d{2}-\d{2}$", r"^[0-9-]+$", None),
        (r"^\d{4}-\d{2}-\d{2}$", r"^\d{4}-(0[1-9]|1[0-2])-\d{2}$", "0000-00-00"),
        (r"^[A-Z]{2}[0-9]{2}[A-Z0-9]{1,30}$", r"^[A-Z]{2}[0-9]{2}[A-Z0-9]{1,34}$", None),
        (r"^[A-Z]{2}[0-9]{2}[A-Z0-9]{1,34}$", r"^[A-Z]{2}[0-9]{2}[A-Z0-9]{1,30}$", "AA00" + "A" * 31),
        (r"^[A-Z]{2}\d{2}(?:[A-Z0-9]{4}){2,7}[A-Z0-9]{0,3}$", r"^[A-Z]{2}\d{2}[A-Z0-9]{8,31}$", None),
        ("^(EUR|USD)$", "^[A-Z]{3}$", None),
        ("^[A-Z]{3}$", "^(EUR|USD)$", "AAA"),
        ("^[a-z]+$", "^[a-z]{1,9}$", "a" * 10),
        (r"^[\w.+-]+@[\w-]+\.[\w.-]+$", "@", None),
        ("@", r"^[^@\s]+@[^@\s]+$", "@"),
        ("^(?!x).*$", "^[^x]?", None),
        ("^(?=.*[0-9])[a-z0-9]{2,8}$", "[0-9]", None),
        ("[0-9]", "^(?=.*[0-9])[a-z0-9]{2,8}$", "0"),
        (r"\bcat\b", "cat", None),
        ("cat", r"\bcat\b", "acat"),
        ("^x-", "^x", None),
        (r"^\S*$", "^[^ ]*$", None),
        ("^[^ ]*$", r"^\S*$", "\t"),
        ("^.*$", r"^[^\n]*$", None),
        ("", "^.*$", "\n"),
        ("^[a-z]{0,5000}$", "^[a-z]{0,4999}$", "a" * 5000),
    ],
)
def test_inclusion_is_decided_and_refuted_by_the_friendliest_shortest_word(old, new, witness):
    left = read(old).without(read(new))
    assert left is not None
    assert left.empty is (witness is None)
    assert next(left.words(), None) == witness


@pytest.mark.parametrize(
    ("pattern", "first"),
    [
        ("^[^a]{2}$", ["bb", "bc", "bd"]),
        ("^[0-9A-Za-z]$", ["a", "b", "c"]),
        (r"^[\s\d]$", ["0", "1", "2"]),
        (r"^\W$", [" ", "-", "."]),
        (r"^\s$", [" ", "\t", "\x0b"]),
        (r"^[\n\u00e9]$", ["é", "\n"]),
        (r"^[\n\r]$", ["\r", "\n"]),
        ("^[^ -~]$", ["¡", "¢", "£"]),
        ("^(?:b|ab|a{3})$", ["b", "ab", "aaa"]),
        ("^(ab)*$", ["", "ab", "abab"]),
        ("x", ["x", "ax", "bx"]),
        (r"^a\n?$", ["a", "a\n"]),
    ],
)
def test_words_come_shortest_first_and_friendliest_first(pattern, first):
    assert list(islice(read(pattern).words(), 3)) == first[:3]


def test_words_of_one_length_are_in_order_across_the_parts_of_a_language():
    outside = Language.of_words(["b", "dd"])
    short, long = read("^[a-d]{1,2}$"), Language.of_lengths(2, 2)
    assert outside is not None
    assert long is not None
    left = short.without(long)
    assert left is not None
    left = left.without(outside)
    assert left is not None
    assert list(left.words()) == ["a", "c", "d"]


def test_words_to_avoid_are_left_out():
    assert list(read("^[abc]$").words(avoid={"b"})) == ["a", "c"]
    assert next(read("^a+$").words(avoid=["a", "aa"])) == "aaa"


@pytest.mark.parametrize(
    ("pattern", "limit", "count"),
    [
        ("^[a-z]{2}$", 10_000, 676),
        ("^[a-z]{2}$", 100, 100),
        ("^(a|ab|abb)?$", 10, 4),
        ("^(a|aa){2}$", 10, 3),
        ("^a*$", 7, 7),
        ("^a{3,9}$", 100, 7),
        ("^.$", 2_000_000, 0x110000 - 0x800 - 1),
        ("^[^\\s\\S]$", 5, 0),
        ("a", 3, 3),
    ],
)
def test_words_are_counted(pattern, limit, count):
    assert read(pattern).count(limit) == count


def test_a_window_of_lengths_costs_nothing_however_wide():
    wide = region(["^(ab)*$"], ["^$"], low=1_000_000_001, high=1_000_000_002)
    assert wide is not None
    assert (wide.shortest, wide.longest) == (1_000_000_002, 1_000_000_002)
    assert wide.count(5) == 1
    assert list(wide.words()) == []
    odd = region(["^(ab)*$"], [], low=1_000_000_001, high=1_000_000_001)
    assert odd is not None
    assert odd.empty


def test_lengths_are_counted_in_code_points():
    language = Language.of_lengths(2, 2)
    assert language is not None
    assert language.accepts("😀é")
    assert not language.accepts("😀")


def test_a_region_lies_in_all_positive_patterns_and_in_no_negative_one():
    found = region(["^[a-f]+$", "a"], ["b", "^a"], low=2, high=3)
    assert found is not None
    assert next(found.words()) == "ca"
    assert not any(found.accepts(text) for text in ("a", "ab", "ba", "ac", "caaa"))


def test_a_region_that_readable_patterns_leave_empty_needs_no_others():
    empty = region(["^a$", r"(x)\1"], ["a", r"(y)\1"])
    assert empty is not None
    assert empty.empty
    assert region(["^a+$", r"(a|b)\1"], []) is None
    assert region(["^a$"], [r"(x)\1"]) is None


def test_a_back_reference_is_read_as_its_group_again_where_that_proves_something():
    doubled = region([r"^(.)\1$"], ["^..$"])
    assert doubled is not None
    assert doubled.empty
    assert region([r"^(a)?\1$"], ["^$"]) is None  # A group that took no part.
    assert region([r"^(?:(a)|b)\1$"], ["^aa$"]) is None


def test_a_point_is_read_both_ways_where_that_is_asked():
    assert is_disputed("^.$")
    assert not is_disputed(r"^[.]\.[\].]$")
    judge, strict = region(["^.$"], [r"^[^\n\r\u2028\u2029]$"]), region(["^.$"], [r"^[^\n\r\u2028\u2029]$"], ecma=True)
    assert judge is not None
    assert list(judge.words()) == ["\r", "\u2028", "\u2029"]
    assert strict is not None
    assert strict.empty


def test_a_region_is_worked_out_once():
    assert region(["^[a-f]+$", "a"], ["b"]) is region(["^[a-f]+$", "a", "a"], ["b"])


def test_listed_words_are_a_language():
    language = Language.of_words(["USD", "EUR", "", "EURO", "EUR"])
    assert language is not None
    assert list(language.words()) == ["", "EUR", "USD", "EURO"]
    assert language.count(9) == 4
    rest = language.without(read("^[A-Z]{3}$"))
    assert rest is not None
    assert list(rest.words()) == ["", "EURO"]


def test_the_complement_of_a_thousand_words_is_a_language():
    many = [f"country {index} of {index * 7919 % 1000}" for index in range(1000)]
    listed = Language.of_words(many)
    assert listed is not None
    others = Language.everything().without(listed)
    assert others is not None
    assert not any(map(others.accepts, many))
    assert others.accepts("country 5")
    left = listed.without(others)
    assert left is not None
    assert left.count(5000) == 1000


def test_a_lone_surrogate_is_in_no_language():
    assert not Language.everything().accepts("\ud800")
    assert Language.of_words(["a", "\udfff"]) is None


def test_no_words_and_no_lengths_are_the_empty_language():
    for nothing in (Language.of_words([]), Language.of_lengths(3, 2), Language.of_pattern("$a")):
        assert nothing is not None
        assert nothing.empty
        assert (nothing.shortest, nothing.longest, nothing.count(3), list(nothing.words())) == (None, None, 0, [])


def chunks(ranges):
    """The characters of *ranges* in texts that are not too long for an engine that looks around."""
    text = "".join("".join(map(chr, range(low, high + 1))) for low, high in ranges)
    return (text[start : start + 5000] for start in range(0, len(text), 5000))


def splits(expression, ranges):
    """Whether *expression*, one character long, matches each character of *ranges* and no other."""
    all_of_it, some_of_it = Judge({"pattern": f"^(?:{expression})*$"}), Judge({"pattern": expression})
    return all(map(all_of_it.accepts, chunks(ranges))) and not any(map(some_of_it.accepts, chunks(invert(ranges))))


def test_word_boundaries_are_the_judges_for_every_character():
    beside_a_word_character = Judge({"pattern": r"^\b"})
    every = (character for chunk in chunks(EVERYTHING) for character in chunk)
    assert list(filter(beside_a_word_character.accepts, every)) == [
        character for chunk in chunks(word()) for character in chunk
    ]


@pytest.mark.parametrize("escape", [r"\d", r"\w", r"\s", r"\D", r"\W", r"\S"])
@pytest.mark.parametrize("beside", ["", "(?!\n\n)"])
def test_classes_are_the_judges_for_every_character(escape, beside):
    term, _ = parse(beside + escape)
    assert splits(beside + escape, (term.parts[-1] if beside else term).ranges)


@pytest.mark.parametrize("name", ["L", "Lu", "Sc", "Greek"])
def test_properties_are_the_judges_for_every_character(name):
    assert splits(rf"\p{{{name}}}", members(name))


@pytest.mark.parametrize("expression", ["[a-z]", "[ks]", r"\w", "[^k]", r"[\D]"])
def test_case_is_ignored_as_the_judge_does_for_every_character(expression):
    term, _ = parse(f"(?i:{expression})")
    assert splits(f"(?i:{expression})", term.ranges)
