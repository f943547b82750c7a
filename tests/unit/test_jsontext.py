import hashlib
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pageschema import jsontext
from pageschema.errors import InvalidJSON

TEXT = st.text(st.characters(codec="utf-8"), max_size=8)
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=12,
)


def same(left, right):
    """Equal as JSON: true is not 1, -0.0 is not 0.0."""
    return json.dumps(left) == json.dumps(right)


# ---- reading -------------------------------------------------------------------------------------------------------


@given(VALUES, st.sampled_from([None, 2]), st.booleans())
def test_what_is_written_is_read_back(value, indent, as_bytes):
    text = jsontext.dumps(value, indent=indent)
    assert same(jsontext.parse(text.encode() if as_bytes else text), value)


@given(VALUES)
def test_what_it_reads_it_reads_like_the_standard_library(value):
    for text in (json.dumps(value), json.dumps(value, ensure_ascii=False, indent="\t"), f" \r\n{json.dumps(value)}\t"):
        assert same(jsontext.parse(text), json.loads(text))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty\n  write a JSON value"),
        (" \n", "is empty\n  write a JSON value"),
        ("NaN", "NaN is not JSON\n  write null, or leave the key out"),
        ('{"a": [Infinity]}', "Infinity is not JSON\n  write null, or leave the key out"),
        ("-Infinity", "-Infinity is not JSON\n  write null, or leave the key out"),
        ("\ufeff{}", "starts with a byte order mark\n  save it as UTF-8 without BOM"),
        (b"\xef\xbb\xbf{}", "starts with a byte order mark\n  save it as UTF-8 without BOM"),
        ("{}".encode("utf-16"), "byte 0 is not UTF-8\n  save the file as UTF-8"),
        ('{"é": 1}'.encode("latin-1"), "byte 2 is not UTF-8\n  save the file as UTF-8"),
        (b'"\xed\xa0\x80"', "byte 1 is not UTF-8\n  save the file as UTF-8"),
        (r'"\ud800"', "a string holds half of a surrogate pair\n  escape the whole pair, or drop it"),
        (r'{"a": {"\uDFFF": 1}}', "a string holds half of a surrogate pair\n  escape the whole pair, or drop it"),
        ('"\ud800"', "a string holds half of a surrogate pair\n  escape the whole pair, or drop it"),
        ("1e400", "the number 1e400 is past what a double holds\n  send it as a string"),
        ("-1e400", "the number -1e400 is past what a double holds\n  send it as a string"),
        ("9" * 4_001, "a number of 4001 digits\n  keep to 4000 digits"),
        ("[" * 501 + "]" * 501, "nested deeper than 500 levels\n  flatten it"),
        ('{"a":' * 501 + "1" + "}" * 501, "nested deeper than 500 levels\n  flatten it"),
        ("```json\n{}\n```", "is not JSON: expecting value at '```json'\n  take the Markdown fence (```) away"),
        (
            "{'a': 1}",
            """is not JSON: expecting property name enclosed in double quotes at ''a': 1}'
  this is a Python literal: write it with json.dumps""",
        ),
        ("[{'a': True}]", None),
        ('{"a": 1,}', "is not JSON: expecting property name enclosed in double quotes at '}'\n  mend the JSON there"),
        ('{"a": 1', "is not JSON: expecting ',' delimiter at the end\n  mend the JSON there"),
        ('{"a" 1}', "is not JSON: expecting ':' delimiter at '1}'\n  mend the JSON there"),
        ("{} {}", "is not JSON: extra data at '{}'\n  mend the JSON there"),
        ("{} // mine", "is not JSON: extra data at '// mine'\n  mend the JSON there"),
        ('"a\nb"', "is not JSON: invalid control character at '\\nb\"'\n  mend the JSON there"),
        ('"a\x1b[31mb"', None),
        (r'"\x41"', None),
        ("01", None),
        ("+1", None),
        (".5", None),
        ("1.", None),
        ("0x1", None),
        ("True", None),
        ("undefined", None),
        ('"' + "x" * 100, None),
    ],
)
def test_what_is_not_json_is_refused_with_what_to_do(text, message):
    with pytest.raises(InvalidJSON) as refused:
        jsontext.parse(text)
    if message is not None:
        assert str(refused.value) == message
    assert str(refused.value).isprintable() or str(refused.value).count("\n") == 1
    assert len(str(refused.value)) < 200


def test_an_error_says_where_it_stands_in_lines_and_columns_of_the_text():
    with pytest.raises(InvalidJSON) as refused:
        jsontext.parse('{"a\u2028b": "\u0085",\n  "é": x}', where="invoice.json")
    assert str(refused.value).splitlines()[0] == "invoice.json:2:8: is not JSON: expecting value at 'x}'"


def test_the_bounds_are_the_last_values_that_are_taken():
    assert jsontext.parse("[" * 500 + "]" * 500)
    assert jsontext.parse("9" * 4_000) == int("9" * 4_000)
    assert jsontext.parse("1.7976931348623157e308") == 1.7976931348623157e308
    assert jsontext.parse("0." + "0" * 3_000 + "1") == 0.0
    assert jsontext.parse('"12345678"', max_bytes=10) == "12345678"
    assert jsontext.parse("[[1]]", max_depth=2) == [[1]]


@pytest.mark.parametrize("text", ['"123456789"', b'"123456789"', '"\u00e9' + "x" * 9 + '"'])
def test_a_text_past_its_bound_is_refused_before_it_is_read(text):
    with pytest.raises(InvalidJSON, match="larger than 10"):
        jsontext.parse(text, max_bytes=10)


def test_brackets_in_strings_are_not_depth():
    text = json.dumps(["[" * 1_000, '\\"' + "{" * 1_000, {"[{" * 500: "\\"}])
    assert jsontext.parse(text, max_depth=3) == json.loads(text)
    with pytest.raises(InvalidJSON, match="deeper than 1"):
        jsontext.parse(text, max_depth=1)


@given(st.lists(st.sampled_from(["[", "]", "{", "}", '"', "\\", "a", ",", ":", '"a":']), max_size=30).map("".join))
def test_depth_is_refused_exactly_where_a_value_is_that_deep(text):
    try:
        value = json.loads(text)
    except json.JSONDecodeError:
        return
    for bound in range(6):
        if depth(value) <= bound:
            assert jsontext.parse(text, max_depth=bound) == value
        else:
            with pytest.raises(InvalidJSON, match="nested deeper"):
                jsontext.parse(text, max_depth=bound)


def depth(value):
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if children is None else 1 + max(map(depth, children), default=0)


@given(st.binary() | st.text())
def test_any_text_is_read_or_refused(text):
    try:
        value = jsontext.parse(text)
    except InvalidJSON:
        return
    assert same(jsontext.parse(jsontext.dumps(value)), value)


MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    "text",
    [
        '"' * MEGABYTE,
        '"' + "\\" * MEGABYTE,
        '{"' * (MEGABYTE // 2),
        "[" * MEGABYTE,
        "]" * MEGABYTE,
        "[]" * (MEGABYTE // 2),
        "[," * (MEGABYTE // 2),
        '["' + "[" * MEGABYTE,
        '["\\' * (MEGABYTE // 3),
        "[" * 501 + '"' + "\\u" * (MEGABYTE // 2),
        "-" * MEGABYTE,
        "1" * MEGABYTE,
        "1." + "1" * MEGABYTE,
        "1e" + "9" * MEGABYTE,
        "\n" * MEGABYTE + "x",
        "[" + "1," * (MEGABYTE // 2),
        '"' + "\\ud800" * (MEGABYTE // 6) + '"',
        "{" + '"a":1,' * (MEGABYTE // 6),
    ],
    ids=lambda text: text[:8],
)
def test_a_hostile_megabyte_is_refused(text):
    with pytest.raises(InvalidJSON):
        jsontext.parse(text)


def test_a_long_string_beside_many_brackets_takes_little_memory():
    import tracemalloc

    text = '["' + "x" * 5 * MEGABYTE + '",' + "[]," * 600 + "1]"
    tracemalloc.start()
    try:
        jsontext.parse(text)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 10 * len(text)


# ---- writing -------------------------------------------------------------------------------------------------------


def test_texts_are_readable_and_always_utf_8():
    assert jsontext.dumps({"é": ["日本", 1.0]}, indent=None) == '{"é":["日本",1.0]}'
    assert jsontext.dumps("\ud800") == r'"\ud800"'
    assert jsontext.dumps({"b": 1, "a": 2}) == '{\n  "b": 1,\n  "a": 2\n}'


@pytest.mark.parametrize("value", [math.nan, math.inf, [-math.inf]])
def test_what_json_cannot_hold_is_not_written(value):
    for write in (jsontext.dumps, jsontext.canonical):
        with pytest.raises(ValueError, match=r"(?i)out of range"):
            write(value)


@given(VALUES, st.randoms())
def test_one_value_has_one_canonical_text(value, random):
    def respell(item):
        if isinstance(item, dict):
            members = list(item.items())
            random.shuffle(members)
            return {key: respell(child) for key, child in members}
        if isinstance(item, list):
            return [respell(child) for child in item]
        is_whole = isinstance(item, int) and not isinstance(item, bool) and abs(item) < 2**53
        return float(item) if is_whole else item

    assert jsontext.canonical(respell(value)) == jsontext.canonical(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1.0, "a": [1e21, 0.000001]}, '{"a":[1e+21,0.000001],"b":1}'),
        ({"€": 1, "\r": 2, "1": 3}, '{"\\r":2,"1":3,"€":1}'),
        ({"a": 2**60, "b": 1.0}, '{"a":1152921504606846976,"b":1}'),
        (-0.0, "0"),
    ],
)
def test_canonical_texts_are_those_of_rfc_8785_and_exact_beyond_it(value, text):
    assert jsontext.canonical(value) == text


@given(TEXT)
def test_a_digest_is_that_of_the_bytes_that_are_sent(text):
    assert jsontext.digest(text) == hashlib.sha256(text.encode()).hexdigest()


@given(st.text(), st.integers(2, 100))
def test_a_clipped_text_can_be_printed_and_is_no_longer_than_asked(text, length):
    shown = jsontext.clip(text, length)
    assert len(shown) <= length
    assert shown.isprintable()
    if text.isprintable() and len(text) <= length:
        assert shown == text


def test_what_would_drive_a_terminal_is_spelled_out():
    assert jsontext.clip("\x1b[31m\u202e\n") == r"\x1b[31m\u202e\n"
