"""The use cases: what a command, a hook or a test does with a project's models, registry, contract and results."""

from pageschema.project.freeze import Freezing, freeze, unmet
from pageschema.project.history import Step, history
from pageschema.project.project import Project, shown
from pageschema.project.results import CheckedResult, check_files
from pageschema.project.status import Status, status, status_of
from pageschema.project.targets import Resolved, resolve, resolve_one
from pageschema.project.verify import EMULATED_RESOURCES, Problem, Section, VerifyReport, verify

__all__ = [
    "EMULATED_RESOURCES",
    "CheckedResult",
    "Freezing",
    "Problem",
    "Project",
    "Resolved",
    "Section",
    "Status",
    "Step",
    "VerifyReport",
    "check_files",
    "freeze",
    "history",
    "resolve",
    "resolve_one",
    "shown",
    "status",
    "status_of",
    "unmet",
    "verify",
]
