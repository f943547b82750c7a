"""Which schemas a change touches: what a hook is to look at, given the files of a commit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pageschema.errors import PageSchemaError
from pageschema.project.project import Project
from pageschema.project.targets import Resolved, resolve_each
from pageschema.schema import PageSchema


def touched(project: Project, files: Sequence[str]) -> Iterator[Resolved | PageSchemaError]:
    """Yield the schemas of the project that stand in *files*, and the error of each that cannot be had.

    A model stands in each file that wrote a field of it; a frozen version in its own, and is left out where the model
    still gives it. No other file is opened: a Python file is not run for having changed, and JSON may be anything. A
    model that gives no schema is told with any Python file, since that may be why.

    Raises:
        InvalidTarget: The project has no schema.
    """
    project.require_schemas()
    paths = {Path(file).resolve(): file for file in files}
    given: set[str] = set()
    if any(path.suffix == ".py" for path in paths):
        for name in project.targets:
            try:
                schema = project.generate(name)
            except PageSchemaError as error:
                yield error
                continue
            if not paths.keys().isdisjoint(_homes(schema)):
                given.add(schema.text)
                yield Resolved(where=str(schema.origin) or name, text=schema.text, schema=schema)
    for path, file in paths.items():
        if _is_frozen(project, path):
            yield from (
                each
                for each in resolve_each(project, [file])
                if isinstance(each, PageSchemaError) or each.text not in given
            )


def _homes(schema: PageSchema) -> set[Path]:
    origins = (schema.origin, *schema.origins.values())
    return {Path(file).resolve() for file in {origin.file for origin in origins} if file is not None}


def _is_frozen(project: Project, path: Path) -> bool:
    name = path.parent.name
    return (
        path.suffix == ".json"
        and path.parent.parent == project.config.registry.resolve()
        and name in project.registry.names()
        and path.stem in project.registry.numbers(name)
    )
