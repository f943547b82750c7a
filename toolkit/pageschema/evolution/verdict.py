"""Does a reader take everything that a writer hands out?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from pageschema.errors import InvalidSchema
from pageschema.evolution.closing import Unclosable, declared
from pageschema.evolution.comparison import Verdict
from pageschema.evolution.meaning import meaning
from pageschema.schema import Judge
from pageschema.solver import Instance, NoInstance, subtract

Content: TypeAlias = Literal["declared", "open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A verdict, with the instance that shows a no, or the reason of an unknown."""

    verdict: Verdict
    witness: Any = None
    reason: str = ""


YES = Proof(verdict="yes")


def takes(reader: Any, writer: Any, *, content: Content) -> Proof:
    """Return whether every instance that can come back under *writer* is valid under *reader*.

    Args:
        reader: Taken as it stands.
        writer: Its instances are in question.
        content: Whether *writer* fills only what it declares, or is read to the letter.
    """
    if meaning(reader) == meaning(writer):
        return YES
    written = writer if content == "open" else handed_out(writer)
    answer = subtract(writer if written is None else written, reader, formats=False)
    if isinstance(answer, NoInstance):
        return YES
    if isinstance(answer, Instance):
        if written is None:
            # What is true of all instances is true of those handed out; a counterexample may be none of them.
            return Proof(verdict="unknown", reason="which properties the writer declares could not be told")
        if content == "open" or _accepts(writer, answer.value):
            return Proof(verdict="no", witness=answer.value)
        return Proof(verdict="unknown", reason="the instance that was found is none of the writer's")
    reason = f"{answer.reason} (at {answer.pointer})" if answer.pointer else answer.reason
    return Proof(verdict="unknown", reason=reason)


def handed_out(writer: Any) -> Any:
    """Return the schema of what a writer by *writer* hands out, or None where that cannot be told."""
    try:
        return declared(writer)
    except (Unclosable, RecursionError):
        return None


def _accepts(schema: Any, instance: Any) -> bool:
    try:
        return Judge(schema, formats=False).accepts(instance)
    except InvalidSchema:
        return False
