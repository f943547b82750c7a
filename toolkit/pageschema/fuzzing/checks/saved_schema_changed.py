"""A saved schema is not what was saved."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema import jsontext
from pageschema.client import BUSY
from pageschema.contract import Contract
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.story import Complaint, Kind, Story


def judge(story: Story, _contract: Contract) -> Iterator[Complaint]:
    """Complain where schema_json or version is not what the last write made it."""
    response = story.submit.response
    if story.kind is not Kind.SAVED or response is None or response.status in BUSY or response.status >= 500:
        return
    if response.status != 200 or not isinstance(story.answer, dict):
        yield Complaint(message=f"a schema just saved is answered with {response.status}", sign="gone")
        return
    for name in ("schema_json", "version"):
        found, saved = story.answer.get(name), story.expected[name]
        if found != saved:
            shown = [jsontext.clip(jsontext.dumps(each, indent=None), 80) for each in (found, saved)]
            yield Complaint(message=f"{name} of a saved schema is {shown[0]}, and {shown[1]} was saved", sign=name)
            return


CHECK = Check(
    name="saved-schema-changed",
    summary="A saved schema is not what was saved.",
    why="Extractions are then asked for by a schema that nobody wrote.",
    source="DD/docs/recipes/structured-extraction/saved-schemas; DD/api-reference/extraction_schemas",
    bad="schema_json without its descriptions",
    good="schema_json as it was sent, and version 2 after a new version was saved",
    judge=judge,
    repeats=2,
)
