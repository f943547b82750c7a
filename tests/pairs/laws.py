"""What must be true of any two schemas, whatever they are, told as the breaches found."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal

from pageschema.errors import InvalidSchema
from pageschema.evolution import Comparison, diff
from pageschema.evolution.closing import Unclosable, declared
from pageschema.schema import Judge, second_opinion
from pageschema.solver import Instance, NoInstance, find_instance, subtract

from .handed import holds_only_declared
from .reworded import reworded, together, without
from .sampling import Sampler
from .schemas import Schema

WAYS: tuple[Literal["backward", "forward"], ...] = ("backward", "forward")
LARGEST_EXACT = 2**53
"""Up to here every integer is a double."""
CONTENTS: tuple[Literal["declared", "open"], ...] = ("open", "declared")


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A law that does not hold for a pair."""

    law: str
    old: Schema
    new: Schema
    content: str = ""
    way: str = ""
    value: Any = None
    detail: str = ""


@dataclass(slots=True, kw_only=True)
class Examined:
    """What became of one pair: its comparisons by reading, what was breached, and the slowest by time of the processor.

    `sampled` counts the values tried, `telling` those that are valid on a side; `noes` the verdicts of no, and
    `refuted` those of them that sampling shows too: as many it would find if they were a yes.
    """

    comparisons: dict[str, Comparison] = field(default_factory=dict)
    breaches: list[Breach] = field(default_factory=list)
    seconds: float = 0.0
    sampled: int = 0
    telling: int = 0
    noes: int = 0
    refuted: int = 0


def examine(rng: Random, old: Schema, new: Schema, *, samples: int = 60, mirrored: bool = True) -> Examined:
    """Hold the comparison of *old* and *new* to every law, with *samples* values for each side."""
    examined = Examined()
    for content in CONTENTS:
        start = time.process_time()
        examined.comparisons[content] = diff(old, new, content=content)
        examined.seconds = max(examined.seconds, time.process_time() - start)
        if mirrored:
            back = diff(new, old, content=content)
            examined.breaches += _mirror(old, new, content, examined.comparisons[content], back)
        examined.breaches += _witnesses(old, new, content, examined.comparisons[content])
    examined.breaches += _readings(old, new, examined.comparisons)
    examined.breaches += _sampled(rng, old, new, examined, samples)
    return examined


def _mirror(old: Schema, new: Schema, content: str, there: Comparison, back: Comparison) -> Iterator[Breach]:
    if (there.backward, there.forward) != (back.forward, back.backward):
        detail = f"{there.backward}/{there.forward}, and the other way round {back.backward}/{back.forward}"
        yield Breach(law="mirror", old=old, new=new, content=content, detail=detail)


def _witnesses(old: Schema, new: Schema, content: str, comparison: Comparison) -> Iterator[Breach]:
    for way, writer, reader in (("backward", old, new), ("forward", new, old)):
        said = getattr(comparison, way)
        if (said == "no") != (way in comparison.witnesses):
            yield Breach(law="a no has a witness, nothing else has", old=old, new=new, content=content, way=way)
        if way not in comparison.witnesses:
            continue
        witness = comparison.witnesses[way]
        if problem := _wrong_witness(writer, reader, content, witness):
            yield Breach(law="witness", old=old, new=new, content=content, way=way, value=witness, detail=problem)
        if not any(way in change.breaks for change in comparison.changes):
            yield Breach(law="some change is blamed for a no", old=old, new=new, content=content, way=way)


def _wrong_witness(writer: Schema, reader: Schema, content: str, witness: Any) -> str:
    if not Judge(writer, formats=False).accepts(witness):
        return "the writer's schema refuses it"
    if Judge(reader, formats=False).accepts(witness):
        return "the reader takes it"
    if content == "declared" and not holds_only_declared(writer, witness):
        return "it holds a property that the writer does not declare"
    if not known_to_differ(writer, witness) and second_opinion(writer, witness) is False:
        return "jsonschema says that the writer's schema refuses it"
    if not known_to_differ(reader, witness) and second_opinion(reader, witness) is True:
        return "jsonschema says that the reader takes it"
    return ""


def known_to_differ(schema: Schema, value: Any) -> bool:
    r"""Return whether validators may differ: ``\d``, ``\w``, ``\s``, ``$`` before a line feed, float division."""
    text = repr(schema)
    return "\\\\" in text or ("$'" in text and "\\n" in repr(value)) or "multipleOf" in text


def _readings(old: Schema, new: Schema, comparisons: dict[str, Comparison]) -> Iterator[Breach]:
    """What holds of all instances holds of those that declare their properties."""
    for way in WAYS:
        wide, narrow = (getattr(comparisons[content], way) for content in CONTENTS)
        if wide == "yes" and narrow == "no":
            yield Breach(law="a yes to the letter is a yes of what is declared", old=old, new=new, way=way)


def _sampled(rng: Random, old: Schema, new: Schema, examined: Examined, samples: int) -> Iterator[Breach]:
    sampler = Sampler(rng, (old, new))
    judges = {"old": Judge(old, formats=False), "new": Judge(new, formats=False)}
    written = {name: _handed_out(schema) for name, schema in (("old", old), ("new", new))}
    values = [*sampler.around(old, new, samples), *sampler.others]
    witnesses = [value for each in examined.comparisons.values() for value in each.witnesses.values()]
    told: set[tuple[str, str]] = set()
    for index, value in enumerate([*values, *witnesses]):
        takes = {name: judge.accepts(value) for name, judge in judges.items()}
        examined.sampled += 1
        examined.telling += takes["old"] or takes["new"]
        for way, writer, reader in (("backward", "old", "new"), ("forward", "new", "old")):
            closed = written[writer]
            if closed is not None and closed.accepts(value) and not takes[writer]:
                yield Breach(law="what is declared is part of the whole", old=old, new=new, way=way, value=value)
            if not takes[writer] or takes[reader]:
                continue
            for content in CONTENTS:
                if content == "declared" and (closed is None or not closed.accepts(value)):
                    continue
                said = getattr(examined.comparisons[content], way)
                if (way, content) in told or (said == "no" and index >= len(values)):
                    continue
                told.add((way, content))
                examined.refuted += said == "no"
                if said == "yes" and not _misjudged(
                    old if writer == "old" else new, new if reader == "new" else old, value
                ):
                    yield Breach(law="yes", old=old, new=new, content=content, way=way, value=value)
    examined.noes += sum(getattr(each, way) == "no" for each in examined.comparisons.values() for way in WAYS)


def _misjudged(writer: Schema, reader: Schema, value: Any) -> bool:
    """Return whether jsonschema-rs shows a counterexample only by comparing large integers with rounded doubles."""
    return any(abs(number) > LARGEST_EXACT for number in _numbers(value)) and (
        second_opinion(writer, value) is False or second_opinion(reader, value) is True
    )


def _numbers(value: Any) -> Iterator[float]:
    if isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _numbers(each)
    elif isinstance(value, int | float):
        yield value


def _handed_out(schema: Schema) -> Judge | None:
    try:
        return Judge(declared(schema), formats=False)
    except (Unclosable, InvalidSchema, RecursionError):
        return None


def emptiness(rng: Random, schema: Schema, *, samples: int = 40) -> Iterator[Breach]:
    """Hold `find_instance` to what is sampled, both ways of reading formats."""
    for formats in (True, False):
        answer = find_instance(schema, formats=formats)
        judge = Judge(schema, formats=formats)
        if isinstance(answer, Instance):
            if not judge.accepts(answer.value):
                yield Breach(law="an instance is valid", old=schema, new=False, value=answer.value)
        elif isinstance(answer, NoInstance):
            sampler = Sampler(rng, (schema,))
            for value in filter(judge.accepts, [*(sampler.like(schema) for _ in range(samples)), *sampler.others]):
                yield Breach(law="nothing satisfies what is proven empty", old=schema, new=False, value=value)
                break


def transitive(first: Schema, second: Schema, third: Schema) -> Iterator[Breach]:
    """What the second takes of the first, and the third of the second, the third takes of the first."""
    for one, two, three in ((first, second, third), (third, second, first)):
        if _verdict(one, two) == _verdict(two, three) == "yes" and _verdict(one, three) == "no":
            value = diff(one, three, content="open").witnesses["backward"]
            wrong = (one, two) if not Judge(two, formats=False).accepts(value) else (two, three)
            yield Breach(law="transitivity", old=wrong[0], new=wrong[1], content="open", way="backward", value=value)


def _verdict(old: Schema, new: Schema) -> str:
    answer = subtract(old, new, formats=False)
    return "yes" if isinstance(answer, NoInstance) else "no" if isinstance(answer, Instance) else "unknown"


def put_otherwise(rng: Random, old: Schema, new: Schema) -> Iterator[Breach]:
    """The verdict on the same two sets of instances in other words never is the opposite."""
    other = reworded(rng, old), reworded(rng, new)
    questions = [
        (lambda: subtract(old, new, formats=False), old, new),
        (lambda: subtract(*other, formats=False), *other),
        (lambda: find_instance(without(old, new), formats=False), without(old, new), False),
        (lambda: find_instance(without(*other), formats=False), without(*other), False),
    ]
    answers = [(ask(), one, two) for ask, one, two in questions]
    shown = [answer.value for answer, _, _ in answers if isinstance(answer, Instance)]
    for side, same in zip((old, new), other, strict=True):
        judges = Judge(side, formats=False), Judge(same, formats=False)
        for value in (shown[:1] or [0]) if judges[0].accepts(0) == judges[1].accepts(0) else [0]:
            if judges[0].accepts(value) != judges[1].accepts(value):
                yield Breach(law="the test itself: other words mean the same", old=side, new=same, value=value)
                return
        if _verdict(side, same) == "no" or _verdict(same, side) == "no":
            yield Breach(law="other words mean the same", old=side, new=same, content="open")
    for answer, one, two in answers if shown else ():
        if isinstance(answer, NoInstance):
            yield Breach(law="yes in other words", old=one, new=two, content="open", way="backward", value=shown[0])


def combined(rng: Random, one: Schema, other: Schema, *, samples: int = 30) -> Iterator[Breach]:
    """Whether two schemas have an instance together, in either, in one alone, agrees with what is sampled."""
    sampler = Sampler(rng, (one, other))
    values = [*sampler.around(one, other, samples), *sampler.others]
    for keyword in ("allOf", "anyOf", "oneOf"):
        asked = together(keyword, one, other)
        judge = Judge(asked, formats=False)
        answer = find_instance(asked, formats=False)
        if isinstance(answer, Instance) and not judge.accepts(answer.value):
            yield Breach(law="an instance is valid", old=asked, new=False, value=answer.value)
        if isinstance(answer, NoInstance):
            for value in filter(judge.accepts, values):
                yield Breach(law="nothing satisfies what is proven empty", old=asked, new=False, value=value)
                break
