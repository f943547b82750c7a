"""What is answered about pairs of schemas whose answers are proven, beside the tables."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from typing import Any

import jsonschema
import pytest

from pageschema.evolution import Comparison, diff
from pageschema.schema import Judge

from . import FAMILIES
from .closed import comes_back
from .pair import Direction, No, Pair, Reading
from .undecided import UNDECIDED

PAIRS = {f"{family}: {pair.name}": pair for family, pairs in FAMILIES.items() for pair in pairs}
QUESTIONS = {
    f"{title} ({reading}, {direction})": (title, reading, direction, truth)
    for title, pair in PAIRS.items()
    for reading, direction, truth in pair.truths()
}
INSTANCES = {json.dumps(truth.instance): truth.instance for *_, truth in QUESTIONS.values() if isinstance(truth, No)}
ASCII = [value for text, value in INSTANCES.items() if "\\u" not in text]
"""Without texts on which the validators read \\d and \\w otherwise than ECMA-262."""


def questions(*, marked: bool = False) -> list[Any]:
    return [
        pytest.param(*question, id=name, marks=_marks(UNDECIDED.get(name)) if marked else ())
        for name, question in QUESTIONS.items()
    ]


def _marks(reason: str | None) -> tuple[Any, ...]:
    return (pytest.mark.xfail(reason=reason, strict=True),) if reason else ()


@cache
def compared(title: str, reading: Reading) -> Comparison:
    return diff(PAIRS[title].old, PAIRS[title].new, content=reading)


def shows(pair: Pair, reading: Reading, direction: Direction, witness: Any) -> bool:
    """Whether jsonschema finds that this can come back under the writer's schema and is refused by the reader's."""
    writer, reader = (jsonschema.Draft202012Validator(schema) for schema in pair.sides(direction))
    handed_out = writer.is_valid(witness) if reading == "open" else comes_back(writer.schema, witness)
    return bool(handed_out) and not reader.is_valid(witness)


@pytest.mark.parametrize(("title", "reading", "direction", "truth"), questions(marked=True))
def test_who_breaks_is_told_as_it_is_proven(title, reading, direction, truth):
    comparison = compared(title, reading)
    assert getattr(comparison, direction) == ("no" if isinstance(truth, No) else "yes"), comparison.witnesses
    if isinstance(truth, No) and not truth.ecma:
        assert shows(PAIRS[title], reading, direction, comparison.witnesses[direction])


@pytest.mark.parametrize(
    ("title", "reading", "direction", "truth"), [q for q in questions() if isinstance(q.values[3], No)]
)
def test_a_no_in_the_tables_has_an_instance_that_shows_it(title, reading, direction, truth):
    writer, reader = (Judge(schema, formats=False) for schema in PAIRS[title].sides(direction))
    assert writer.accepts(truth.instance)
    assert not reader.accepts(truth.instance)
    assert truth.ecma or shows(PAIRS[title], reading, direction, truth.instance)


@pytest.mark.parametrize("title", PAIRS)
def test_no_instance_in_the_tables_contradicts_a_yes(title):
    pair = PAIRS[title]
    for reading, direction, truth in pair.truths():
        if isinstance(truth, str):
            assert truth
            writer, reader = (Judge(schema, formats=False) for schema in pair.sides(direction))
            against = [value for value in ASCII if writer.accepts(value) and not reader.accepts(value)]
            assert not [value for value in against if reading == "open" or comes_back(pair.sides(direction)[0], value)]


def test_every_pair_has_a_name_of_its_own():
    names = Counter(pair.name for pairs in FAMILIES.values() for pair in pairs)
    assert [name for name, count in names.items() if count > 1] == []


def test_what_is_undecided_is_a_question_of_the_tables():
    assert UNDECIDED.keys() <= QUESTIONS.keys()
