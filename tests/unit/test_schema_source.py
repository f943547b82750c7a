import json
import re

from hypothesis import given
from hypothesis import strategies as st

from pageschema import pointer
from pageschema.schema import Duplicate, Position, duplicates, positions

KEYS = st.sampled_from(["a", "b", "", "a/b", "~", "é", "line\nfeed", '"', "\\", "\U0001f600"])
SPACES = st.sampled_from(["", " ", "\n", "\r\n", "\t", " \n  "])


@st.composite
def texts(draw, depth=3):
    """Return a JSON text with keys that repeat, spelled in several ways, and with any white space."""
    kind = draw(st.sampled_from(["scalar", "array", "object"] if depth else ["scalar"]))
    space = draw(SPACES)
    if kind == "scalar":
        return (
            space + draw(st.sampled_from(["1", "-1.5e3", "true", "null", '"x"', '"{[,:]}"', r'"\"\\"'])) + draw(SPACES)
        )
    inner = texts(depth=depth - 1)
    if kind == "array":
        return space + "[" + (",".join(draw(st.lists(inner, max_size=3))) or draw(SPACES)) + "]" + draw(SPACES)
    members = []
    for key in draw(st.lists(KEYS, max_size=4)):
        name = json.dumps(key, ensure_ascii=draw(st.booleans()))
        if draw(st.booleans()) and key == "a":
            name = r'"\u0061"'
        members.append(draw(SPACES) + name + draw(SPACES) + ":" + draw(inner))
    return space + "{" + (",".join(members) or draw(SPACES)) + "}" + draw(SPACES)


def reference(text):
    """Read a JSON text the slow way: (pointer, offset, repeated) of every member and item."""
    found = []

    def skip(at):
        return re.compile(r"[ \t\r\n]*").match(text, at).end()

    def read(at, where):
        at = skip(at)
        if text[at] == "[":
            index, at = 0, skip(at + 1)
            while text[at] != "]":
                at = skip(at + 1) if text[at] == "," else at
                found.append((f"{where}/{index}", at, False))
                index, at = index + 1, skip(read(at, f"{where}/{index}"))
            return at + 1
        if text[at] == "{":
            seen, at = set(), skip(at + 1)
            while text[at] != "}":
                at = skip(at + 1) if text[at] == "," else at
                key, after = json.JSONDecoder().raw_decode(text, at)
                child = pointer.join(where, key)
                found.append((child, at, key in seen))
                seen.add(key)
                at = skip(read(skip(after) + 1, child))
            return at + 1
        return json.JSONDecoder().raw_decode(text, at)[1]

    read(0, "")
    return found


def place(text, offset):
    before = text[:offset]
    return Position(line=before.count("\n") + 1, column=offset - (before.rfind("\n") + 1) + 1)


@given(texts())
def test_every_member_and_item_is_found_at_its_line_and_column(text):
    expected = {"": Position(line=1, column=1)}
    for where, offset, _ in reference(text):
        expected[where] = place(text, offset)
    assert positions(text) == expected


@given(texts())
def test_every_key_that_repeats_is_found_at_its_later_place(text):
    expected = [Duplicate(pointer=w, position=place(text, offset)) for w, offset, again in reference(text) if again]
    assert list(duplicates(text)) == expected


@given(texts())
def test_only_the_places_that_are_wanted_are_kept(text):
    everything = positions(text)
    wanted = set(list(everything)[::2])
    assert positions(text, only=wanted) == {
        where: at for where, at in everything.items() if where in wanted or not where
    }


def test_places_read_like_those_of_an_editor():
    text = '{\n  "a": [1,\n    {"b": 2}],\n  "a": 3\n}'
    shown = {where: (at.line, at.column) for where, at in positions(text).items()}
    assert shown == {"": (1, 1), "/a": (4, 3), "/a/0": (2, 9), "/a/1": (3, 5), "/a/1/b": (3, 6)}
    assert list(duplicates(text)) == [Duplicate(pointer="/a", position=Position(line=4, column=3))]


def test_a_megabyte_of_anything_is_placed():
    size = 1_000_000
    [repeated] = duplicates('{"a": "' + "\\\\" * size + '", "a": "' + '\\"' * size + '"}')
    assert repeated.pointer == "/a"
    assert len(positions("[" + "0," * 100_000 + "0]")) == 100_002
    assert len(positions("[" * 400 + "]" * 400)) == 400
    assert len(positions("[" + "\n" * size + "1]")) == 2
