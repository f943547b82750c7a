"""Compare thousands of random pairs, hold each to every law, and print the figures: ``python -m tests.pairs``.

Exit code 1 where a law was breached. ``--found`` keeps each breach as a line of JSON, the pair as small as it gets.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from pageschema.evolution import diff
from pageschema.schema import walk

from . import laws
from .drawing import pair
from .edits import edited
from .laws import Breach, Examined
from .schemas import Schema
from .smallest import smallest

_SLOW = 2.0


class Figures:
    """What was counted on the way."""

    def __init__(self) -> None:
        self.pairs: Counter[str] = Counter()
        self.verdicts: Counter[tuple[str, str]] = Counter()
        self.unknown: Counter[str] = Counter()
        self.holding: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.breaches: Counter[str] = Counter()
        self.seconds: list[tuple[float, int]] = []
        self.counts: Counter[str] = Counter()
        self.left = -1

    def add(self, seed: int, kind: str, old: Schema, new: Schema, examined: Examined) -> None:
        """Count one pair; `left` is the last one that was left unknown."""
        self.pairs[kind] += 1
        self.seconds.append((examined.seconds, seed))
        for name in ("sampled", "telling", "noes", "refuted"):
            self.counts[name] += getattr(examined, name)
        for content, comparison in examined.comparisons.items():
            self.verdicts.update((content, getattr(comparison, way)) for way in laws.WAYS)
            self.verdicts.update((f"{kind}, {content}", getattr(comparison, way)) for way in laws.WAYS)
            self.reasons.update(reason.partition(" (at")[0][:90] for reason in comparison.reasons.values())
        if any(comparison.reasons for comparison in examined.comparisons.values()):
            self.left = seed
        keywords = {keyword for side in (old, new) for keyword in _keywords(side)}
        self.holding.update(keywords)
        if examined.comparisons["open"].reasons:
            self.unknown.update(keywords)

    def lines(self) -> Iterator[str]:
        """Yield the report."""
        seconds = sorted(self.seconds)
        total = len(seconds)
        yield f"pairs {total}: {', '.join(f'{kind} {count}' for kind, count in sorted(self.pairs.items()))}"
        for name in sorted({content for content, _ in self.verdicts}):
            said = {verdict: self.verdicts[name, verdict] for verdict in ("yes", "no", "unknown")}
            whole = sum(said.values())
            yield f"{name:22}" + "".join(
                f"{verdict} {count} ({count / whole:.2%})  " for verdict, count in said.items()
            )
        median, last, slow = seconds[total // 2][0], seconds[-1], sum(each > _SLOW for each, _ in seconds)
        yield f"seconds a comparison: median {median:.4f}, slowest {last[0]:.2f} (seed {last[1]}), over 2 s: {slow}"
        counts = self.counts
        yield f"values sampled {counts['sampled']}, valid on a side {counts['telling'] / max(1, counts['sampled']):.0%}"
        yield f"noes that sampling shows too: {counts['refuted'] / max(1, counts['noes']):.1%} of {counts['noes']}"
        yield f"breaches: {dict(self.breaches) or 'none'}"
        yield "reasons of unknown (both readings):"
        yield from (f"  {count:6} {reason}" for reason, count in self.reasons.most_common(30))
        yield "keyword                   pairs  unknown  share (open)"
        shares = {keyword: self.unknown[keyword] / count for keyword, count in self.holding.items()}
        for keyword in sorted(shares, key=lambda name: (-shares[name], name)):
            yield f"{keyword:24}{self.holding[keyword]:7}{self.unknown[keyword]:9}{shares[keyword]:7.1%}"


def main() -> int:
    """Run as the arguments say."""
    parser = argparse.ArgumentParser(prog="python -m tests.pairs", description=__doc__)
    parser.add_argument("--pairs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0, help="of the first pair; the next has the next")
    parser.add_argument("--kind", help="only pairs made this way")
    parser.add_argument("--minutes", type=float, default=600, help="stop after so long")
    parser.add_argument("--found", type=Path, help="where to append each breach, as a line of JSON")
    parser.add_argument("--unknown", type=Path, help="where to append each pair left unknown, as a line of JSON")
    parser.add_argument("--verdicts", action="store_true", help="print each verdict and witness, hold them to nothing")
    options = parser.parse_args()
    if options.verdicts:
        for seed in range(options.seed, options.seed + options.pairs):
            sys.stdout.write(" ".join(_told(*pair(Random(seed), options.kind)[1])) + "\n")
        return 0
    diff({"pattern": r"^(a)\1$"}, {"pattern": r"^(a)\1b$"})  # Imports what a search needs, before time is taken.
    figures, end = Figures(), time.monotonic() + options.minutes * 60
    for seed in range(options.seed, options.seed + options.pairs):
        if time.monotonic() > end:
            break
        for breach in _hold(seed, options.kind, figures):
            figures.breaches[breach.law] += 1
            if figures.breaches[breach.law] <= 20:
                _keep(breach, seed, options.found)
        if options.unknown:
            _leave(seed, options.kind, figures, options.unknown)
    sys.stdout.writelines(f"{line}\n" for line in figures.lines())
    return 1 if figures.breaches else 0


def _hold(seed: int, kind: str | None, figures: Figures) -> Iterator[Breach]:
    rng = Random(seed)
    kind, (old, new) = pair(rng, kind)
    try:
        examined = laws.examine(rng, old, new, mirrored=not seed % 3)
        figures.add(seed, kind, old, new, examined)
        yield from examined.breaches
        if seed % 3:  # The other laws, and the mirror, ask the solver four times as much.
            return
        yield from laws.emptiness(rng, old)
        yield from laws.transitive(old, new, edited(rng, new))
        yield from laws.put_otherwise(rng, old, new)
        yield from laws.combined(rng, old, new)
    except Exception as error:  # noqa: BLE001 - whatever escapes is a finding.
        yield Breach(law="no exception", old=old, new=new, detail=repr(error)[:200])


def _keep(breach: Breach, seed: int, found: Path | None) -> None:
    old, new = smallest(breach.old, breach.new, _again(breach)) if found else (breach.old, breach.new)
    told = {"law": breach.law, "seed": seed, "content": breach.content, "way": breach.way, "value": breach.value}
    line = json.dumps({**told, "detail": breach.detail, "old": old, "new": new})
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
    if found:
        with found.open("a") as file:
            file.write(line + "\n")


def _leave(seed: int, kind: str | None, figures: Figures, left: Path) -> None:
    """Keep the pair of *seed*, as small as it gets, if it was the last one that was left unknown."""
    if figures.left != seed:
        return
    reason = _reason(*pair(Random(seed), kind)[1])
    old, new = smallest(*pair(Random(seed), kind)[1], lambda one, other: _reason(one, other) == reason)
    with left.open("a") as file:
        file.write(json.dumps({"seed": seed, "reason": reason, "old": old, "new": new}) + "\n")


def _reason(old: Schema, new: Schema) -> str:
    """Return the kind of reason for which the two are left unknown, if they are."""
    for content in laws.CONTENTS:
        for reason in diff(old, new, content=content).reasons.values():
            return reason[:24]
    return ""


def _again(breach: Breach) -> Callable[[Schema, Schema], bool]:
    """Return what tells whether another pair breaches the same law, as far as the pair alone tells."""

    def holds(old: Schema, new: Schema) -> bool:
        rng = Random(0)
        try:
            if breach.new is False:
                return any(each.law == breach.law for each in laws.emptiness(rng, old))
            examined = laws.examine(rng, old, new, samples=40)
        except Exception as error:  # noqa: BLE001
            return breach.law == "no exception" and repr(error)[:40] == breach.detail[:40]
        laws_of = {"transitivity": "yes", "yes in other words": "yes"}
        law = laws_of.get(breach.law, breach.law)
        return any(each.law == law and each.detail == breach.detail for each in examined.breaches)

    return holds


def _told(old: Schema, new: Schema) -> Iterator[str]:
    for content in laws.CONTENTS:
        comparison = diff(old, new, content=content)
        changes = [(change.pointer, change.kind, change.breaks, change.witness) for change in comparison.changes]
        yield json.dumps([comparison.backward, comparison.forward, comparison.bump, comparison.witnesses, changes])


def _keywords(schema: Schema) -> Iterator[str]:
    for place in walk(schema):
        yield from place.schema if isinstance(place.schema, dict) else [str(place.schema).lower()]


if __name__ == "__main__":
    sys.exit(main())
