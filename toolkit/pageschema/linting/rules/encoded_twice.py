"""PS003 encoded-twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema import pointer
from pageschema.finding import Severity
from pageschema.linting import recognition
from pageschema.linting.edits import put
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.schema import duplicates

_POINTERS = ("", "/properties")


def _encoded(value: Any) -> Iterator[tuple[str, str]]:
    for where in _POINTERS:
        try:
            text = pointer.resolve(value, where)
        except KeyError:
            continue
        if isinstance(text, str) and recognition.decoded(text) is not None:
            yield where, text


def _find(subject: Subject) -> Iterator[Flaw]:
    for where, text in _encoded(subject.value):
        what = "'properties'" if where else "the page schema"
        yield Flaw(
            pointer=where,
            message=f"{what} is a string that holds JSON, not an object",
            remedy="encode it once: json.dumps(schema), or drop the quotes around it and the backslashes in it",
            fixable=not any(duplicates(text)),
        )


def _fix(subject: Subject) -> Any:
    value = subject.fresh_value()
    for where, text in _encoded(value):
        value = put(value, where, recognition.decoded(text))
    return value


ENCODED_TWICE = LintRule(
    code="PS003",
    name="encoded-twice",
    severity=Severity.ERROR,
    summary="a page schema, or its `properties`, that is a JSON string with JSON inside it",
    why=(
        "`json.dumps` over a text that was JSON already gives a string. It is valid JSON, so nothing complains before "
        "the endpoint does; it has no `properties` to extract."
    ),
    source=(
        "The contract of /extract: page_schema \"Must contain a 'properties' key\". Datalab's own schema generator "
        "answers with schemas that are JSON-encoded strings (docs: structured extraction, api-overview), to be decoded "
        "before they are sent on."
    ),
    bad=r""""{\"type\":\"object\",\"properties\":{\"total\":{\"type\":\"number\",\"description\":\"Amount due\"}}}"
""",
    flagged=("",),
    good="""\
{"type": "object", "properties": {"total": {"type": "number", "description": "Amount due"}}}
""",
    find=_find,
    fix=_fix,
    fix_is_safe=True,
    ends=True,
)
