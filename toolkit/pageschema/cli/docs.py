"""pageschema docs."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("docs")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("schema-pages"),
    show_default=True,
    metavar="FOLDER",
    help="Where to write; a folder with other people's files in it is refused.",
)
def command(out: Path) -> int:
    """Write pages about the frozen versions, for people who never open the code.

    Each schema gets its fields, an example, and its history with who breaks; each version has a page of its own.
    The pages need no server, and the same registry gives the same pages.
    """
    from pageschema.project.pages import schema_pages
    from pageschema.project.project import Project
    from pageschema.project.site import write_site
    from pageschema.report import site_pages

    project = Project.here()
    pages = site_pages(project.name, schema_pages(project))
    changed = write_site(out, pages)
    click.echo(f"{len(pages):,} pages, {len(changed):,} changed: open {out / 'index.html'}")
    return 0
