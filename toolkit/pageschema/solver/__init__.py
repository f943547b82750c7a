"""Is there an instance of this schema? Show one, or prove that there is none."""

from pageschema.solver.answer import Answer, Instance, NoInstance, Unknown
from pageschema.solver.budget import Budget
from pageschema.solver.guard import MAX_LEVELS, too_deep
from pageschema.solver.outcome import identity
from pageschema.solver.prepared import Prepared
from pageschema.solver.question import find_instance, shows, subtract

__all__ = [
    "MAX_LEVELS",
    "Answer",
    "Budget",
    "Instance",
    "NoInstance",
    "Prepared",
    "Unknown",
    "find_instance",
    "identity",
    "shows",
    "subtract",
    "too_deep",
]
