"""pageschema emulator."""

from __future__ import annotations

from typing import Any

import click

from pageschema.cli import completing


@click.command("emulator")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 picks a free one.")
@click.option(
    "--fault",
    "faults",
    multiple=True,
    metavar="NAME",
    shell_complete=completing.faults,
    help="A bug to switch on: pageschema explain.",
)
@click.option(
    "--polls", type=click.IntRange(0), metavar="N", help="Polls that find a request processing.  [default: 1]"
)
@click.option("--latency", type=click.FloatRange(0), metavar="SECONDS", help="What every answer takes.")
@click.option("--rate-limit", type=click.IntRange(1), metavar="N", help="Requests a minute; what is over gets 429.")
@click.option("--fail-every", type=click.IntRange(1), metavar="N", help="Each N-th request fails late, in its result.")
@click.option(
    "--expire-after", type=click.FloatRange(0), metavar="SECONDS", help="Then results are gone.  [default: 3600]"
)
@click.option("--offload-above", type=click.IntRange(0), metavar="BYTES", help="Larger results stand at result_url.")
def command(port: int, faults: tuple[str, ...], **options: Any) -> int:
    """Serve the emulator on this machine until Ctrl-C."""
    from pageschema.emulator import EMULATOR_KEY, serve

    def ready(base_url: str) -> None:
        click.echo(f"{base_url} (DATALAB_API_KEY={EMULATOR_KEY})", err=True)

    given: Any = {name: value for name, value in options.items() if value is not None}
    serve(port=port, faults=faults, ready=ready, **given)
    return 0
