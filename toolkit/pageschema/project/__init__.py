"""The use cases: what a command, a hook or a test does with a project's models, registry, contract and results."""

from pageschema.project.authoring import Compared, Linted, compare, generated, lint_targets
from pageschema.project.endpoint import EMULATED_RESOURCES, Replayed, contract_run, replay_file
from pageschema.project.files import write_file
from pageschema.project.freeze import Freezing, freeze, unmet
from pageschema.project.history import Step, history
from pageschema.project.project import Project, shown
from pageschema.project.results import CheckedResult, check_files
from pageschema.project.status import Status, status, status_of
from pageschema.project.targets import Resolved, resolve, resolve_one
from pageschema.project.units import Unit, unit, units
from pageschema.project.verify import Problem, Section, VerifyReport, verify

__all__ = [
    "EMULATED_RESOURCES",
    "CheckedResult",
    "Compared",
    "Freezing",
    "Linted",
    "Problem",
    "Project",
    "Replayed",
    "Resolved",
    "Section",
    "Status",
    "Step",
    "Unit",
    "VerifyReport",
    "check_files",
    "compare",
    "contract_run",
    "freeze",
    "generated",
    "history",
    "lint_targets",
    "replay_file",
    "resolve",
    "resolve_one",
    "shown",
    "status",
    "status_of",
    "unit",
    "units",
    "unmet",
    "verify",
    "write_file",
]
