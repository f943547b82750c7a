"""Steps instead of seconds: the same question gets the same answer on every machine."""

from __future__ import annotations

STEPS = 12_000
"""Enough for schemas of some hundred properties; spent in about a second."""


class OutOfSteps(Exception):
    """The budget is spent."""


class Budget:
    """A number of steps that a search may take."""

    def __init__(self, steps: int = STEPS) -> None:
        self.left = steps

    def spend(self, steps: int = 1) -> None:
        """Take *steps* away.

        Raises:
            OutOfSteps: Nothing is left.
        """
        self.left -= steps
        if self.left < 0:
            raise OutOfSteps

    @property
    def spent(self) -> bool:
        """Whether nothing is left."""
        return self.left < 0
