"""pageschema status."""

from __future__ import annotations

import click

from pageschema.cli.shell import answer_json, answer_text, format_option


@click.command("status")
@format_option("text", "json")
def command(output: str) -> int:
    """Compare models with frozen versions, and the registry with what was frozen."""
    from pageschema.project.drift import status
    from pageschema.project.project import Project
    from pageschema.report import status_text

    rows = status(Project.here())
    if output == "json":
        answer_json([row.as_json() for row in rows])
    else:
        answer_text(status_text, [row.as_json() for row in rows])
    return int(not all(row.ok for row in rows))
