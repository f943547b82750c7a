"""The project that a run of pytest is about."""

from __future__ import annotations

import pytest

from pageschema.project.project import Project


def project_of(config: pytest.Config) -> Project:
    """Return the project around the folder pytest was called in or, called from outside, around its root folder.

    Raises:
        InvalidConfiguration: ``[tool.pageschema]`` cannot be used.
    """
    here, root = config.invocation_params.dir, config.rootpath
    return Project.here(here if here.is_relative_to(root) else root)
