"""A bound on work, counted in steps so that an answer never depends on the machine."""

from __future__ import annotations


class TooLarge(Exception):
    """The steps are spent; it never leaves this package, whose answer is then None."""


class Effort:
    """Steps that may still be taken."""

    __slots__ = ("_left",)

    def __init__(self, steps: int) -> None:
        self._left = steps

    def spend(self, steps: int = 1) -> None:
        """Take *steps*.

        Raises:
            TooLarge: There are not that many left.
        """
        self._left -= steps
        if self._left < 0:
            raise TooLarge
