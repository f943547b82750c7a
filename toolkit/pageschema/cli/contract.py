"""pageschema contract."""

from __future__ import annotations

from pathlib import Path

import click

from pageschema.cli.shell import answer_json, answer_text, format_option


@click.group("contract")
def command() -> None:
    """Look after the contract: the upstream document and the overlay of clauses."""


@command.command("diff")
@click.argument("file", type=click.Path(path_type=Path))
@format_option("text", "json")
def diff(file: Path, output: str) -> int:
    """Say what FILE, a newer upstream OpenAPI document, changed, and which clauses that touches.

    The exit code is 1 where a clause lost its place or is contradicted, or an action of the overlay no longer applies:
    then overlay.yaml must change before FILE can take the place of openapi.yaml.
    """
    from pageschema.contract.openapi import read_yaml
    from pageschema.contract.review import review_upstream
    from pageschema.project.project import Project
    from pageschema.report import review_text

    newer = read_yaml(file, remedy="name a newer OpenAPI document, as YAML or JSON")
    review = review_upstream(Project.here().contract, newer, where=str(file))
    if output == "json":
        answer_json(review.as_json())
    else:
        answer_text(review_text, review)
    return int(review.breaks)
