"""What an expression is made of. Terms are compared by identity; the functions build them in their simplest form."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from pageschema.solver.languages.characters import EVERYTHING, Ranges, union


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Term:
    """`plain`: it has no assertion in it, so it matches the same anywhere. `nullable`: it may match nothing."""

    plain: bool = True
    nullable: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Chars(Term):
    """One character of a set."""

    ranges: Ranges


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Sequence(Term):
    """One after the other; of nothing, it matches the empty string."""

    parts: tuple[Term, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Choice(Term):
    """Any one; of nothing, it never matches."""

    branches: tuple[Term, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Repeat(Term):
    """From `low` to `high` times; None is no bound. A plain body consumes something each time."""

    body: Term
    low: int
    high: int | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Edge(Term):
    """The start, or the end, of the string."""

    end: bool
    plain: bool = False
    nullable: bool = True


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Boundary(Term):
    """A place where one side is a word character and the other is not; or, where `holds` is false, any other place."""

    holds: bool
    plain: bool = False
    nullable: bool = True


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Look(Term):
    """What follows, or where `behind` what precedes, matches `body`; or, where `holds` is false, does not."""

    body: Term
    behind: bool
    holds: bool
    plain: bool = False
    nullable: bool = True


NEVER = Choice(branches=())
NOTHING = Sequence(parts=(), nullable=True)
ANY = Chars(ranges=EVERYTHING)


def sequence(parts: Iterable[Term]) -> Term:
    """Return *parts* one after the other."""
    flat: list[Term] = []
    for part in parts:
        if part is NEVER:
            return NEVER
        flat += part.parts if isinstance(part, Sequence) else (part,)
    if len(flat) == 1:
        return flat[0]
    if not flat:
        return NOTHING
    return Sequence(
        parts=tuple(flat), plain=all(part.plain for part in flat), nullable=all(part.nullable for part in flat)
    )


def choice(branches: Iterable[Term]) -> Term:
    """Return any of *branches*; single characters become one set, and what many begin with is said once."""
    flat = [inner for branch in branches for inner in (branch.branches if isinstance(branch, Choice) else (branch,))]
    single = [branch.ranges for branch in flat if isinstance(branch, Chars)]
    rest = _grouped([branch for branch in flat if not isinstance(branch, Chars)])
    merged: list[Term] = [Chars(ranges=union(single)), *rest] if single else rest
    if len(merged) == 1:
        return merged[0]
    if not merged:
        return NEVER
    return Choice(
        branches=tuple(merged),
        plain=all(branch.plain for branch in merged),
        nullable=any(branch.nullable for branch in merged),
    )


def _grouped(branches: list[Term]) -> list[Term]:
    """Return *branches*, those with the same beginning as one: a thousand names are a tree, not a thousand threads."""
    groups: dict[Hashable, list[tuple[Term, ...]]] = {}
    for branch in branches:
        parts = branch.parts if isinstance(branch, Sequence) else (branch,)
        groups.setdefault(_content(parts[0]) if parts else None, []).append(parts)
    found: list[Term] = []
    for group in groups.values():
        first = group[0]
        if len(group) == 1 or not first:
            found.append(sequence(first))
            continue
        shared = 0
        for column in zip(*group, strict=False):
            if len({_content(part) for part in column}) > 1:
                break
            shared += 1
        found.append(sequence([*first[:shared], choice(sequence(parts[shared:]) for parts in group)]))
    return found


def _content(term: Term) -> Hashable:
    """Return what is the same for terms that match the same, as far as that is seen at once."""
    match term:
        case Chars(ranges=ranges):
            return ranges
        case Edge(end=end):
            return end
    return term


def repeat(body: Term, low: int, high: int | None) -> Term:
    """Return *body* from *low* to *high* times."""
    if body.plain and body.nullable:  # A turn that consumes nothing may be left out, so each can be made to.
        body, low = _consuming(body), 0
    if high == 0 or (body is NEVER and low == 0):
        return NOTHING
    if (low, high) == (1, 1) or body is NEVER:
        return body
    return Repeat(body=body, low=low, high=high, plain=body.plain, nullable=low == 0 or body.nullable)


def _consuming(term: Term) -> Term:
    """Return *term*, which is plain, without the empty string."""
    if not term.nullable:
        return term
    match term:
        case Choice(branches=branches):
            return choice(map(_consuming, branches))
        case Repeat(body=body, high=high):
            return repeat(body, 1, high)
        case Sequence(parts=parts):
            return choice(sequence((_consuming(part), *parts[index + 1 :])) for index, part in enumerate(parts))
    raise AssertionError(term)


def starts_at_start(term: Term) -> bool:
    """Return whether *term* is sure to match nowhere but at the start of a string."""
    match term:
        case Edge(end=end):
            return not end
        case Sequence(parts=parts):
            return any(map(starts_at_start, parts))
        case Choice(branches=branches):
            return all(map(starts_at_start, branches))
        case Repeat(body=body, low=low):
            return low > 0 and starts_at_start(body)
    return False


def width(term: Term) -> int | None:
    """Return the length of every string that *term* matches, or None where they differ."""
    match term:
        case Chars():
            return 1
        case Sequence(parts=parts):
            widths = [width(part) for part in parts]
            return None if None in widths else sum(each or 0 for each in widths)
        case Choice(branches=branches):
            each = {width(branch) for branch in branches}
            return each.pop() if len(each) == 1 else None
        case Repeat(body=body, low=low, high=high):
            turn = width(body)
            return None if turn is None or low != high else low * turn
    return 0
