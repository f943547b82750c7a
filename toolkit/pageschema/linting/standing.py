"""What a rule weighs for each API, and whether it is asked there at all: read from the profiles."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pageschema.finding import Severity
from pageschema.linting.profile import Limits, Profile
from pageschema.linting.rule import LintRule

_OF_KEYWORDS = (
    "unsupported", "values", "root_unsupported", "option_kinds", "pattern_constructs", "lone_references",
    "chosen_null", "bare_items",
)  # fmt: skip
"""What a profile may say of keywords."""
_NEEDS: Mapping[str, Callable[[Profile], bool]] = {
    "unsupported-keyword": lambda profile: any(getattr(profile, name) for name in _OF_KEYWORDS),
    "open-object": lambda profile: profile.closes_objects,
    "optional-field": lambda profile: profile.requires_all,
    "not-nullable": lambda profile: profile.needs_null,
    "limit-exceeded": lambda profile: profile.limits != Limits(),
    "unsupported-name": lambda profile: profile.name_pattern is not None,
    "recursive-schema": lambda profile: not profile.takes_recursion,
}
"""What a profile must say for the rules that read it to find anything."""


def severity_in(rule: LintRule, profile: Profile) -> Severity | None:
    """Return how bad what *rule* finds is for the API of *profile*; None where the rule is off there."""
    needs = _NEEDS.get(rule.name)
    if needs is not None and not needs(profile):
        return None
    return profile.severities.get(rule.name, rule.severity)
