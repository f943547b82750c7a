"""What changed between two schemas, and who breaks."""

from pageschema.evolution.compare import diff
from pageschema.evolution.comparison import Bump, Change, Comparison, Direction, Verdict
from pageschema.evolution.kind import ChangeKind
from pageschema.evolution.kinds import KINDS

__all__ = ["KINDS", "Bump", "Change", "ChangeKind", "Comparison", "Direction", "Verdict", "diff"]
