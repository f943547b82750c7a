"""Everything that `explain` can explain: rules, clauses, change kinds, checks and faults, in one form."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pageschema import jsontext
from pageschema.errors import InvalidTarget
from pageschema.finding import Severity
from pageschema.project.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """What a rule, clause, change kind, check or fault says of itself.

    `standing` is a rule's severity, a clause's strength, a change kind's verdicts, or what a fault trips. `profiles`
    are the severities of a rule by profile, "off" where it is not asked.
    """

    kind: str
    name: str
    summary: str
    code: str = ""
    standing: str = ""
    why: str = ""
    source: str = ""
    bad: str = ""
    good: str = ""
    fix: str = ""
    profiles: Mapping[str, str] = field(default_factory=dict)

    @property
    def weighed(self) -> dict[str, list[str]]:
        """The profiles of each severity, the gravest first; none where all are alike."""
        found = {each: [name for name, own in self.profiles.items() if own == each] for each in (*Severity, "off")}
        return {each: names for each, names in found.items() if names} if len(set(self.profiles.values())) > 1 else {}

    def as_json(self) -> dict[str, Any]:
        """Return the members that ``explain --format json`` prints."""
        return {
            "kind": self.kind,
            "name": self.name,
            "code": self.code,
            "standing": self.standing,
            "summary": self.summary,
            "why": self.why,
            "source": self.source,
            "bad": self.bad,
            "good": self.good,
            "fix": self.fix,
            "profiles": dict(self.profiles),
        }


def units(project: Project) -> list[Unit]:
    """Return every unit, by kind."""
    return [*_rules(), *_clauses(project), *_change_kinds(), *_checks(), *_faults()]


def units_called(project: Project, name: str) -> list[Unit]:
    """Return the units called *name*, or with that code: a check and a fault may share one.

    Raises:
        InvalidTarget: There is none.
    """
    known = units(project)
    wanted = name.lower()
    found = [each for each in known if wanted in {each.name.lower(), each.code.lower()}]
    if found:
        return found
    near = difflib.get_close_matches(wanted, [n for each in known for n in (each.name, each.code.lower()) if n], n=1)
    raise InvalidTarget(
        f"nothing is called {jsontext.clip(name)!r}",
        remedy=f"did you mean {near[0]}?" if near else "pageschema explain lists everything",
    )


def _rules() -> Iterator[Unit]:
    from pageschema.linting import PROFILES, RULES
    from pageschema.linting.standing import severity_in

    for rule in RULES:
        yield Unit(
            kind="rule",
            name=rule.name,
            code=rule.code,
            standing=rule.severity.value,
            summary=rule.summary,
            why=rule.why,
            source=rule.source,
            bad=_text(rule.bad),
            good=_text(rule.good),
            fix="" if rule.fix is None else "safe" if rule.fix_is_safe else "unsafe",
            profiles={profile.name: severity_in(rule, profile) or "off" for profile in PROFILES},
        )


def _clauses(project: Project) -> Iterator[Unit]:
    for clause in project.contract.clauses:
        yield Unit(
            kind="clause",
            name=clause.id,
            standing=clause.strength.value,
            summary=clause.quote,
            source=clause.source,
            bad=_text(list(clause.breaks)),
            good=_text(dict(clause.schema)),
        )


def _change_kinds() -> Iterator[Unit]:
    from pageschema.evolution import KINDS

    for kind in KINDS:
        yield Unit(
            kind="change",
            name=kind.name,
            standing=f"backward {kind.backward}, forward {kind.forward}",
            summary=kind.summary,
            bad=_text(kind.old),
            good=_text(kind.new),
        )


def _checks() -> Iterator[Unit]:
    from pageschema.fuzzing import CHECKS

    for check in CHECKS:
        yield Unit(
            kind="check",
            name=check.name,
            summary=check.summary,
            why=check.why,
            source=check.source,
            bad=check.bad,
            good=check.good,
        )


def _faults() -> Iterator[Unit]:
    from pageschema.emulator import FAULTS

    for fault in FAULTS:
        trips = ", ".join(f"{trip.check}.{trip.clause}" if trip.clause else trip.check for trip in fault.trips)
        yield Unit(kind="fault", name=fault.name, standing=f"trips {trips}", summary=fault.summary)


def _text(example: Any) -> str:
    return example if isinstance(example, str) else jsontext.dumps(example)
