"""Laws of comparing, over random pairs of schemas with every keyword, their sizes and names so small that they clash.

A few dozen pairs a law in each run of the tests; `nox -s pairs` tries 20,000 and prints what is left unknown, and why.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pageschema.errors import InvalidSchema
from pageschema.evolution import diff
from pageschema.evolution.closing import declared
from pageschema.schema import Judge, metaschema_fault
from pageschema.solver import Instance, subtract
from pageschema.strategies import extractions, page_schemas

from . import laws, universe
from .drawing import DRAWN, pair, pairs
from .edits import edited, grounded
from .reworded import reworded
from .schemas import schemas

EXAMPLES = int(os.environ.get("PAGESCHEMA_PAIRS", "12"))
RANDOM = st.randoms(use_true_random=False)
SEEDS = st.integers(0, 2**32).map(Random)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example, HealthCheck.filter_too_much]
few = settings(max_examples=max(1, EXAMPLES // 4), deadline=None, suppress_health_check=SLOW)
many = settings(few, max_examples=EXAMPLES)


@given(pairs("edited") | pairs("reworded") | pairs("unrelated"), SEEDS)
@many
def test_each_no_is_shown_and_no_sampled_instance_contradicts_a_yes_in_either_reading_or_direction(compared, rng):
    assert laws.examine(rng, *compared, samples=40).breaches == []


@given(pairs("models"), SEEDS)
@few
def test_two_versions_of_a_model_are_decided_and_no_sampled_instance_contradicts_that(compared, rng):
    examined = laws.examine(rng, *compared, samples=30)
    assert examined.breaches == []
    assert not any(comparison.reasons for comparison in examined.comparisons.values())


@given(page_schemas(), RANDOM, SEEDS)
@few
def test_an_edited_page_schema_is_judged_by_the_same_laws(page_schema, edits, rng):
    assert laws.examine(rng, page_schema.value, edited(edits, page_schema.value), samples=20).breaches == []


@given(schemas(), RANDOM)
@many
def test_a_schema_is_compatible_with_itself_and_nothing_of_it_is_left_over_by_the_same_in_other_words(schema, rng):
    for content in laws.CONTENTS:
        comparison = diff(schema, schema, content=content)
        assert (comparison.backward, comparison.forward, comparison.changes) == ("yes", "yes", ())
    other = reworded(rng, schema)
    assert not isinstance(subtract(schema, other, formats=False), Instance)
    assert not isinstance(subtract(other, schema, formats=False), Instance)


@given(pairs(), RANDOM)
@many
def test_what_the_third_takes_of_the_second_and_that_of_the_first_the_third_takes_of_the_first(compared, rng):
    old, new = compared
    assert list(laws.transitive(old, new, edited(rng, new))) == []


@given(pairs(), SEEDS)
@many
def test_no_verdict_is_the_opposite_once_the_schemas_are_put_in_other_words(compared, rng):
    assert list(laws.put_otherwise(rng, *compared)) == []


@given(pairs("edited") | pairs("unrelated"), SEEDS)
@many
def test_nothing_sampled_satisfies_what_is_proven_empty_alone_or_in_combination(compared, rng):
    assert list(laws.emptiness(rng, compared[0])) == []
    assert list(laws.combined(rng, *compared)) == []


@given(pairs("models"), st.data())
@settings(few, max_examples=max(1, EXAMPLES // 8))
def test_no_generated_extraction_contradicts_a_yes(compared, data):
    old, new = compared
    comparison = diff(old, new)
    for way, writer, reader in (("backward", old, new), ("forward", new, old)):
        if getattr(comparison, way) != "yes":
            continue
        try:
            drawn = data.draw(st.lists(extractions(writer), min_size=3, max_size=6))
        except InvalidSchema:
            assume(False)
        handed_out, takes = Judge(declared(writer), formats=False), Judge(reader, formats=False)
        assert [value for value in drawn if handed_out.accepts(value) and not takes.accepts(value)] == []


def test_every_value_of_a_small_universe_agrees_with_what_is_said_of_arrays_and_objects():
    pairs_of_few_values = [universe.pair(Random(seed)) for seed in range(EXAMPLES * 4)]
    assert [breach for compared in pairs_of_few_values for breach in universe.breaches(*compared)] == []


def test_verdicts_changes_and_witnesses_do_not_hang_on_the_hash_seed():
    told = [
        subprocess.run(
            [sys.executable, "-m", "tests.pairs", "--verdicts", "--pairs", str(EXAMPLES)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0] == told[1]
    assert told[0].count(b"\n") >= EXAMPLES


def test_sampling_alone_would_show_nine_noes_of_ten_to_be_no_yes():
    examined = [laws.examine(Random(seed), *pair(Random(seed))[1]) for seed in range(EXAMPLES)]
    assert sum(each.refuted for each in examined) > 0.9 * sum(each.noes for each in examined) > 0


def test_generated_schemas_are_valid_and_refer_to_nothing_in_a_circle():
    for kind in DRAWN:
        for seed in range(EXAMPLES // 2):
            for side in pair(Random(seed), kind)[1]:
                assert metaschema_fault(side) is None
                assert grounded(side)
