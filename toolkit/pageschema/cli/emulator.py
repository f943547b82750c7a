"""pageschema emulator."""

from __future__ import annotations

import click


@click.command("emulator")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 picks a free one.")
@click.option("--fault", "faults", multiple=True, metavar="NAME", help="A bug to switch on: pageschema explain.")
def command(port: int, faults: tuple[str, ...]) -> int:
    """Serve the emulator on this machine until Ctrl-C."""
    from pageschema.emulator import EMULATOR_KEY, serve

    def ready(base_url: str) -> None:
        click.echo(f"{base_url} (DATALAB_API_KEY={EMULATOR_KEY})", err=True)

    serve(port=port, faults=faults, ready=ready)
    return 0
