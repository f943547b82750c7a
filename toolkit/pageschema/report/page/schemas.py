"""The pages of the registry: an index, and for each schema its latest version, each other one, and its history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pageschema.report.page.rendering import render_page

if TYPE_CHECKING:
    from pageschema.project.fields import Field
    from pageschema.project.pages import SchemaPages, VersionPage

DEEPEST = 4


def site_pages(name: str, schemas: Sequence[SchemaPages]) -> dict[str, str]:
    """Return the text of every page by its path, the index first; the same text for the same registry.

    A version has a page at ``<schema>/<version>.html`` for good; ``<schema>/index.html`` is that of the latest.

    Args:
        name: What the pages are about: the project.
    """
    pages = {"index.html": render_page("schemas.html", name=name, schemas=schemas, root="")}
    for schema in schemas:
        for version in schema.versions:
            text = _version_page(name, schema, version)
            if version is schema.latest:
                pages[f"{schema.name}/index.html"] = text
            pages[f"{schema.name}/{version.passage.step.version}.html"] = text
    return pages


def _version_page(name: str, schema: SchemaPages, version: VersionPage) -> str:
    return render_page(
        "schema.html",
        name=name,
        schema=schema,
        page=version,
        latest=schema.latest,
        value=version.passage.schema.value,
        rows=list(_rows(version.fields, version)),
    )


def _rows(fields: Iterable[Field], version: VersionPage) -> Iterator[dict[str, Any]]:
    seen: Counter[str] = Counter()
    for field in fields:
        anchor = "field-" + "".join("_" if sign.isspace() else sign for sign in field.path)
        seen[anchor] += 1
        yield {
            "field": field,
            "anchor": anchor if seen[anchor] == 1 else f"{anchor}--{seen[anchor]}",
            "around": field.path.removesuffix(field.name).rstrip(".").split(".") if field.depth else [],
            "depth": min(field.depth, DEEPEST),
            "since": version.since[field.path],
        }
