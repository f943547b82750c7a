"""Compare two schemas: who breaks, by which change, and what the next version must be called."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pageschema.errors import InvalidSchema
from pageschema.evolution.alone import alone, either
from pageschema.evolution.comparison import DIRECTIONS, Bump, Change, Comparison, Direction
from pageschema.evolution.edit import Edit
from pageschema.evolution.kind import ChangeKind, Named
from pageschema.evolution.kinds import KINDS
from pageschema.evolution.pairing import Pair, pairs, whole
from pageschema.evolution.verdict import Content, Proof, Side, Writer, searched, takes
from pageschema.schema import Judge, PageSchema, walk
from pageschema.solver import MAX_LEVELS, Budget, NoInstance, subtract, too_deep

MOST_PROBED = 20
PROBED_PLACES = 4_000
"""Changes that are each asked whom they break alone; past that, only together."""


def diff(
    old: PageSchema | dict[str, Any] | bool,  # noqa: FBT001
    new: PageSchema | dict[str, Any] | bool,  # noqa: FBT001
    *,
    content: Content = "declared",
) -> Comparison:
    """Compare two schemas, and prove who breaks.

    `backward` is yes when every extraction that can come back under *old* is valid under *new*, `forward` the reverse.
    A no comes with an instance that shows it, confirmed by two validators; unknown is what could be neither proven nor
    refuted.

    Args:
        old: A page schema, or any JSON Schema 2020-12.
        new: Compared by meaning: key order is no change, a new `description` is a change that breaks nobody.
        content: Which extractions can come back: with ``declared``, a writer fills only the properties that its schema
            declares; with ``open``, what the schema takes to the letter.

    Returns:
        Changes in order of pointer. `format` is an annotation; a changed one is listed and breaks nobody.

    Raises:
        InvalidSchema: A schema is not valid, refers outside itself, or is nested deeper than 240 levels.
        ValueError: *content* is neither ``declared`` nor ``open``.

    Source: JSON Schema 2020-12 core, section 10; validation, section 7 (format as an annotation).
    """
    if content not in {"declared", "open"}:
        raise ValueError(f"content is 'declared' or 'open', not {content!r}")
    question = _Question(_side(old), _side(new), content)
    proofs = {way: _proof(question, way) for way in DIRECTIONS}
    found = list(_named(pairs(question.old.schema, question.new.schema)))
    if any(proof.verdict == "no" for proof in proofs.values()) and all(kind.silent for _, kind, _ in found):
        # What no place tells apart is told of the whole: a break never goes unlisted.
        found += _named([whole(question.old.schema, question.new.schema)])
    found.sort(key=lambda item: (item[2].pointer, _RANK[item[1].name], item[2].message))
    changes = tuple(_told(question, proofs, found))
    return Comparison(
        old=question.old.name,
        new=question.new.name,
        changes=changes,
        backward=proofs["backward"].verdict,
        forward=proofs["forward"].verdict,
        bump=_bump(question, proofs, [kind for _, kind, _ in found]),
        witnesses={way: proof.witness for way, proof in proofs.items() if proof.verdict == "no"},
        reasons={way: proof.reason for way, proof in proofs.items() if proof.verdict == "unknown"},
    )


class _Question:
    """The two schemas, as reader and as writer of either direction."""

    def __init__(self, old: Side, new: Side, content: Content) -> None:
        self.old, self.new = old, new
        self.readers: dict[Direction, Side] = {"backward": new, "forward": old}
        self.writers: dict[Direction, Writer] = {
            "backward": Writer(old, content=content),
            "forward": Writer(new, content=content),
        }
        self.places = max(sum(1 for _ in walk(side.schema)) for side in (old, new))


def _proof(question: _Question, way: Direction) -> Proof:
    reader, writer = question.readers[way].schema, question.writers[way]
    proof = takes(reader, writer)
    return searched(reader, writer, proof) if proof.verdict == "unknown" else proof


_RANK = {kind.name: rank for rank, kind in enumerate(KINDS)}
_Found = tuple[Pair, ChangeKind, Named]


def _named(found: Iterable[Pair]) -> Iterator[_Found]:
    """Yield every change once; an edit belongs to the first kind that claims it."""
    seen: set[tuple[str, str, str]] = set()
    for pair in found:
        left = list(pair.edits)
        for kind in KINDS:
            for named in kind.detect(pair, tuple(left)) if left else ():
                left = [edit for edit in left if edit not in named.edits]
                told = (named.pointer, kind.name, named.message)
                if told not in seen:
                    seen.add(told)
                    yield pair, kind, named


def _told(question: _Question, proofs: dict[Direction, Proof], found: Sequence[_Found]) -> Iterator[Change]:
    """Yield each change with whom it breaks."""
    broken = [way for way in DIRECTIONS if proofs[way].verdict == "no"]
    loud = [index for index, (_, kind, _) in enumerate(found) if not kind.silent] if broken else []
    blamed: dict[int, dict[Direction, Any]] = {index: {} for index in range(len(found))}
    budget = Budget()
    for index in loud[: min(MOST_PROBED, PROBED_PLACES // question.places)] if len(loud) > 1 else ():
        if budget.spent:
            break
        pair, _, named = found[index]
        blamed[index] = {way: witness for way in broken for witness in _probe(question, pair, named.edits, way, budget)}
    for way in broken:
        if not any(way in blame for blame in blamed.values()):
            # One change, or several that break only together: each that is of a kind to do so, else all.
            likely = [index for index in loud if getattr(found[index][1], way) == "no"] or loud
            for index in likely:
                blamed[index][way] = proofs[way].witness
    for index, (_, kind, named) in enumerate(found):
        breaks = tuple(way for way in DIRECTIONS if way in blamed[index])
        witness = blamed[index][breaks[0]] if breaks else None
        yield Change(pointer=named.pointer, kind=kind.name, message=named.message, breaks=breaks, witness=witness)


def _probe(
    question: _Question, pair: Pair, edits: Sequence[Edit], direction: Direction, budget: Budget
) -> Iterator[Any]:
    """Yield an instance that this change alone makes the reader refuse, if there is one."""
    reader, writer = question.readers[direction], question.writers[direction]
    changed = alone(pair, edits, direction)
    if changed is None:
        return
    proof = takes(changed, writer, budget)
    if proof.verdict == "no" and reader.accepts(proof.witness):
        # Another change lets this very instance through again; one that neither saves is looked for.
        proof = takes(either(changed, reader.schema), writer, budget)
    if proof.verdict == "no":
        yield proof.witness


def _bump(question: _Question, proofs: dict[Direction, Proof], kinds: Sequence[ChangeKind]) -> Bump:
    """Return what the next version is: unknown is never taken for fine."""
    if any(proof.verdict != "yes" for proof in proofs.values()):
        return "major"
    if not kinds:
        return "none"
    if all(kind.silent for kind in kinds):
        return "patch"
    return "minor" if any(kind.fields for kind in kinds) or not _same(question) else "patch"


def _same(question: _Question) -> bool:
    """Return whether both schemas are proven to mean the same, to the letter and to their writers."""
    old, new = question.writers.values()
    readings = [(old.schema, new.schema)]
    if old.handed_out is not old.schema or new.handed_out is not new.schema:
        readings.append((old.handed_out, new.handed_out))
    return all(
        None not in both and isinstance(subtract(one, other, formats=False), NoInstance)
        for both in readings
        for one, other in (both, both[::-1])
    )


def _side(schema: PageSchema | dict[str, Any] | bool) -> Side:  # noqa: FBT001
    named = isinstance(schema, PageSchema)
    value, where = (schema.value, schema.name) if isinstance(schema, PageSchema) else (schema, "")
    if too_deep(value):
        raise InvalidSchema(f"the schema is nested deeper than {MAX_LEVELS} levels", where=where, remedy="flatten it")
    try:
        json.dumps(value, allow_nan=False)
    except (ValueError, TypeError) as error:
        raise InvalidSchema(f"the schema is not JSON: {error}", where=where, remedy="give JSON values only") from error
    return Side(schema=value, judge=Judge(value, where=where, formats=False), name=where or None if named else None)
