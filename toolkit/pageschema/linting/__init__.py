"""Lint: what the extraction API will get wrong about a page schema, found before it costs a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pageschema.deferral import defer

if TYPE_CHECKING:
    from pageschema.linting.findings import lint
    from pageschema.linting.fixing import fix
    from pageschema.linting.profile import Profile
    from pageschema.linting.profiles import PROFILES, profile_named
    from pageschema.linting.rule import LintRule
    from pageschema.linting.rules import RULES
else:
    __getattr__ = defer(
        __name__,
        {
            "findings": ["lint"],
            "fixing": ["fix"],
            "profile": ["Profile"],
            "profiles": ["PROFILES", "profile_named"],
            "rule": ["LintRule"],
            "rules": ["RULES"],
        },
    )

__all__ = ["PROFILES", "RULES", "LintRule", "Profile", "fix", "lint", "profile_named"]
