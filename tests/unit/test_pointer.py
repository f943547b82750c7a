import pytest
from hypothesis import given
from hypothesis import strategies as st

from pageschema import pointer

NAMES = st.text(st.sampled_from("ab~/01 %#é\x00"), max_size=5)
RFC = {
    "foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, 'k"l': 6, " ": 7, "m~n": 8
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", RFC),
        ("/foo", ["bar", "baz"]),
        ("/foo/0", "bar"),
        ("/", 0),
        ("/a~1b", 1),
        ("/c%d", 2),
        ("/e^f", 3),
        ("/g|h", 4),
        ("/i\\j", 5),
        ('/k"l', 6),
        ("/ ", 7),
        ("/m~0n", 8),
    ],
)
def test_the_examples_of_rfc_6901_resolve_as_it_says(text, value):
    assert pointer.resolve(RFC, text) == value


@given(st.lists(NAMES))
def test_parts_are_read_back_from_the_pointer_that_they_build(parts):
    assert pointer.parse(pointer.build(parts)) == tuple(parts)


@given(st.lists(NAMES), st.lists(NAMES))
def test_joining_is_building_from_all_parts(first, second):
    assert pointer.join(pointer.build(first), *second) == pointer.build(first + second)


VALUES = st.recursive(
    st.integers(),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)),
    max_leaves=10,
)


def places(value, parts=()):
    yield parts, value
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for part, child in members:
        yield from places(child, (*parts, part))


@given(VALUES)
def test_every_place_in_a_value_is_found_again_by_its_pointer(value):
    for parts, child in places(value):
        assert pointer.resolve(value, pointer.build(parts)) is child


@pytest.mark.parametrize(
    "text",
    ["/gone", "/foo/2", "/foo/-", "/foo/-1", "/foo/01", "/foo/+1", "/foo/1.0", "/foo/ 1", "/foo/\u0661", "/foo/bar",
     "/foo/0/0", "/ /x", "/m~n", "/m~2n", "/m~", "/foo/" + "9" * 5_000],
)  # fmt: skip
def test_where_nothing_stands_is_a_key_error_that_names_the_pointer(text):
    with pytest.raises(KeyError) as missing:
        pointer.resolve(RFC, text)
    assert missing.value.args == (text,)


@pytest.mark.parametrize("text", ["foo", "#/foo", " /foo", "0"])
def test_a_pointer_starts_with_a_slash(text):
    with pytest.raises(ValueError, match="starts with '/'"):
        pointer.parse(text)
