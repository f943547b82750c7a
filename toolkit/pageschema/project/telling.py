"""Which findings of lint are told: the one place that the settings, the command line and the baseline are asked in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, TypeAlias

from pageschema.errors import CannotGenerate, PageSchemaError
from pageschema.finding import Finding, Origin, Severity
from pageschema.linting import RULES, Profile, profile_named
from pageschema.linting.findings import look, once
from pageschema.linting.rules.unused_ignore import UNUSED_IGNORE
from pageschema.linting.selection import Selection
from pageschema.linting.standing import severity_in
from pageschema.project.baseline import Baseline, Scope, beyond, holder_of, read_baseline
from pageschema.project.project import Project, shown
from pageschema.project.tailoring import tailored
from pageschema.project.targets import Resolved
from pageschema.schema import PageSchema

if TYPE_CHECKING:
    from pageschema.linting.fixing import Wanted

Item: TypeAlias = Resolved | CannotGenerate
"""What lint looks at: a schema, or a model that has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the command line asks for: rules to tell and to leave out, as `Selection.of` takes them."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    notes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The findings in all that was looked at, each once; accepted ones are among them, see `Telling.new`."""

    findings: tuple[Finding, ...]
    scope: Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What is told of a project's schemas. Whoever lints them for a person or a gate asks here.

    `accepted` is the baseline.
    """

    project: Project
    asked: Asked = field(default_factory=Asked)
    profile: Profile = field(default_factory=lambda: profile_named("datalab"))
    accepted: Baseline = field(default_factory=Counter)

    @classmethod
    def of(cls, project: Project) -> Telling:
        """Return what the settings of *project* say, its baseline included.

        Raises:
            InvalidConfiguration: The baseline is none.
        """
        path = project.config.lint.baseline
        return cls(project=project, accepted=read_baseline(shown(path)) if path is not None else Counter())

    def told(self, items: Iterable[Item]) -> Told:
        """Lint each of *items*."""
        findings: list[Finding] = []
        used: set[tuple[Origin, str]] = set()
        codes: dict[str, frozenset[str]] = {}
        for item in items:
            selection = self.selection(item)
            heard = self._codes(selection)
            unasked = frozenset(rule.code for rule in RULES) - heard
            where = item.where if isinstance(item, Resolved) else ""
            looked = look(self._sent(item), where=where, profile=self.profile.name, unasked=unasked)
            findings += [finding for finding in looked.findings if selection.tells(finding)]
            used |= looked.used
            for holder in self._holders(item):
                codes[holder] = codes.get(holder, frozenset()) | heard
        needed = (
            each for each in findings if each.code != UNUSED_IGNORE.code or (each.origin, each.message) not in used
        )
        return Told(findings=tuple(once(needed)), scope=Scope(root=self.project.config.root, codes=codes))

    def new(self, items: Iterable[Item]) -> list[Finding]:
        """Return what is told of *items* and not accepted."""
        return beyond(self.told(items).findings, self.accepted, self.project.config.root)

    def errors(self, schema: PageSchema) -> list[Finding]:
        """Return the findings that keep *schema* from being frozen, and fail a run."""
        item = Resolved(where=schema.origin.file or "", text=schema.text, schema=schema)
        return [finding for finding in self.new([item]) if finding.severity is Severity.ERROR]

    def wanted(self, item: Resolved) -> Wanted:
        """Return what says of each flaw of the file *item* whether it is told: nothing else is mended."""
        selection, holder = self.selection(item), holder_of(Origin(file=item.where), self.project.config.root)
        codes = self._codes(selection)
        return lambda rule, flaw: rule.code in codes and not self.accepted[rule.code, f"{holder}#{flaw.pointer}"]

    def selection(self, item: Item) -> Selection:
        """Return what is told of *item*.

        What the command line selects stands for both lists of ``[tool.pageschema.lint]``; what it ignores adds to them.
        The settings of each target that matches come in any case, since they know more.

        Raises:
            InvalidConfiguration: A word of the command line names no rule.
        """
        settings, asked = self.project.config.lint, self.asked
        select, ignore = (asked.select, ()) if asked.select else (settings.select, settings.ignore)
        names = self._names(item) if settings.per_target else ()
        for pattern, own in settings.per_target.items():
            if any(fnmatchcase(name, pattern) for name in names):
                select = select if asked.select else own.select or select
                ignore = (*ignore, *own.ignore)
        return Selection.of(select, (*ignore, *asked.ignore), notes=asked.notes)

    def _codes(self, selection: Selection) -> frozenset[str]:
        weighed = ((rule.code, severity_in(rule, self.profile)) for rule in RULES)
        return frozenset(code for code, severity in weighed if severity is not None and selection.wants(code, severity))

    def _sent(self, item: Item) -> PageSchema | CannotGenerate | str:
        if isinstance(item, CannotGenerate):
            return item
        if item.schema is None:
            return item.text
        in_form = bool(item.schema.origin.model and self.profile.form)
        return tailored(item.schema, self.profile).schema if in_form else item.schema

    def _names(self, item: Item) -> set[str]:
        """Return what a pattern may match: the file, as seen from the root of the project, and the schema's name."""
        root = self.project.config.root
        if isinstance(item, CannotGenerate):
            return {holder_of(Origin(file=_origin(item).file), root)}
        file = (item.schema.origin.file if item.schema is not None else None) or item.where
        return {holder_of(Origin(file=file), root)} | ({item.schema.name} if item.schema is not None else set())

    def _holders(self, item: Item) -> set[str]:
        """Return the files and models that a finding in *item* may be accepted at."""
        if isinstance(item, CannotGenerate):
            return set()
        schema = item.schema
        origins = [Origin(file=item.where)] if schema is None else [schema.origin, *schema.origins.values()]
        return {holder_of(origin, self.project.config.root) for origin in origins}


def _origin(error: CannotGenerate) -> Origin:
    return error.at if isinstance(error.at, Origin) else Origin(file=error.where or None)


def parted(found: Sequence[Resolved | PageSchemaError]) -> tuple[list[Item], list[PageSchemaError]]:
    """Return what can be looked at, and what could not be had; a model without a page schema is both."""
    items = [each for each in found if isinstance(each, (Resolved, CannotGenerate))]
    return items, [each for each in found if isinstance(each, PageSchemaError)]
