"""Lint: what the extraction API will get wrong about a page schema, found before it costs a page."""

from pageschema.linting.findings import lint
from pageschema.linting.fixing import fix
from pageschema.linting.profile import Profile
from pageschema.linting.profiles import PROFILES, profile_named
from pageschema.linting.rule import LintRule
from pageschema.linting.rules import RULES

__all__ = ["PROFILES", "RULES", "LintRule", "Profile", "fix", "lint", "profile_named"]
