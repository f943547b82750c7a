"""A request is extracted by another version of a saved schema than it names."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.contract import Contract
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.extracted import names_of_another
from pageschema.fuzzing.story import Complaint, Kind, Story


def judge(story: Story, _contract: Contract) -> Iterator[Complaint]:
    """Complain where the extraction has fields of another version, and none of the one that was asked for."""
    if story.kind is not Kind.VERSION:
        return
    name = names_of_another(story.result, story.page_schema, story.expected)
    if name is not None:
        version = story.fields.get("schema_version")
        asked = "the latest version" if version is None else f"version {version}"
        yield Complaint(message=f"{asked} of a saved schema was asked for, and {name!r} is of another", sign=asked)


CHECK = Check(
    name="wrong-schema-version",
    summary="A request is extracted by another version of a saved schema than it names.",
    why="Versions are pinned so that a change elsewhere does not break whoever reads the extractions.",
    source="CONTRACT schema_version, DD/docs/recipes/structured-extraction/saved-schemas",
    bad='{"passenger": "…"} for version 1, in which there is a merchant',
    good='{"merchant": "…"}',
    judge=judge,
    repeats=2,
)
