"""What `pageschema init` did, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pageschema.report.layout import PLAIN, Terminal, columns, line, render

_SIGNS = {"done": ("✓", "ok"), "unchanged": ("✓", "dim"), "refused": ("✗", "error"), "left": ("·", "warning")}
_NEXT = (
    ("pageschema lint", "what the API will get wrong, field by field"),
    ("pageschema diff NAME", "after a change of the model: what changed, and who breaks"),
    ("pageschema freeze", "publishes it as the next version"),
    ("pageschema verify", "all there is to know, in one report"),
)


def steps_text(steps: Sequence[Mapping[str, Any]], *, terminal: Terminal = PLAIN) -> str:
    """Return one line a step, what to do about those that were refused or left, and the commands to know."""
    lines = []
    for step in steps:
        lines.append(line(_SIGNS[step["state"]], "  ", (step["name"], "where"), f"  {step['message']}"))
        lines += [line((each, "dim"), indent=3, wrap=False) for each in step["remedy"].splitlines()]
    lines += [line(), line(("Next:", "where")), *columns(_NEXT, indent=2)]
    return render(lines, terminal)
