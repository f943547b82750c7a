"""PS209 other-dialect."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pageschema import pointer
from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import quoted

Schema = dict[str, Any]


def _find(subject: Subject) -> Iterator[Flaw]:
    declared = subject.value.get("$schema") if isinstance(subject.value, dict) else None
    for place in subject.holding(*_FOREIGN):
        for keyword, (drafts, dialect, remedy, mend) in _FOREIGN.items():
            if keyword not in place.schema or not _is_meant(keyword, place.schema):
                continue
            if isinstance(declared, str) and any(draft in declared for draft in drafts):
                continue  # what the schema says it is written in has it
            yield Flaw(
                pointer=pointer.join(place.pointer, keyword),
                message=f"{quoted(keyword)} is a keyword of {dialect}; JSON Schema 2020-12 ignores it",
                remedy=_in_model(keyword) if subject.model_schema is not None else remedy(place.schema),
                fixable=mend(dict(place.schema)) is not None,
            )


def _in_model(keyword: str) -> str:
    """Return what to do where a model says it: by the type, since what is written into its schema the model ignores."""
    if keyword == "nullable":
        return "take it out of json_schema_extra, and write the field's type as … | None"
    return "take it out of json_schema_extra, and say it by the field's type or by an argument of Field()"


def _fix(subject: Subject) -> Any:
    root = subject.fresh_value()
    for flaw in reversed(list(_find(subject))):
        if flaw.fixable:
            where, _, keyword = flaw.pointer.rpartition("/")
            schema = pointer.resolve(root, where)
            better = _FOREIGN[pointer.parse(f"/{keyword}")[0]][3](dict(schema))
            if better is not None:
                schema.clear()
                schema.update(better)
    return root


def _is_meant(keyword: str, schema: Schema) -> bool:
    value = schema[keyword]
    match keyword:
        case "id":
            return isinstance(value, str) and ("://" in value or value.startswith("#"))
        case "nullable":
            return isinstance(value, bool)
        case "dependencies" | "extends":
            return isinstance(value, (dict, list))
        case "additionalItems":
            return not isinstance(schema.get("items"), list)
        case "divisibleBy":
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        case "disallow" | "$recursiveRef":
            return isinstance(value, (str, list))
    return True


def _renamed(old: str, new: str) -> Callable[[Schema], Schema | None]:
    """Return what gives a member another name, in its place, where that name is free."""

    def mend(schema: Schema) -> Schema | None:
        return None if new in schema else {new if key == old else key: value for key, value in schema.items()}

    return mend


def _with_null(schema: Schema) -> Schema | None:
    """Return *schema* with null among its types, or None where it has no type to say so in."""
    types = schema.get("type")
    names = types if isinstance(types, list) else [types]
    if schema.pop("nullable") is False:
        return schema
    if not all(isinstance(name, str) for name in names) or "const" in schema:
        return None
    if "null" not in names:
        schema["type"] = [*names, "null"]
    if isinstance(schema.get("enum"), list) and None not in schema["enum"]:
        schema["enum"] = [*schema["enum"], None]
    return schema


def _as_examples(schema: Schema) -> Schema | None:
    examples = schema.get("examples", [])
    if not isinstance(examples, list):
        return None
    value = schema["example"]
    added = value if isinstance(value, list) and "array" not in str(schema.get("type", "array")) else [value]
    if "examples" in schema:
        del schema["example"]
        schema["examples"] = [*examples, *(each for each in added if each not in examples)]
        return schema
    return {("examples" if key == "example" else key): (added if key == "example" else v) for key, v in schema.items()}


def _never(_: Schema) -> Schema | None:
    return None


def _allow_null(schema: Schema) -> str:
    if schema["nullable"] is False:
        return "drop it; a value may be null only where 'type' says so"
    types = schema.get("type")
    return (
        f'write "type": ["{types}", "null"]'
        if isinstance(types, str)
        else 'allow null: "anyOf": [{…}, {"type": "null"}]'
    )


def _say(text: str) -> Callable[[Schema], str]:
    return lambda _: text


_Foreign = tuple[tuple[str, ...], str, Callable[[Schema], str], Callable[[Schema], Schema | None]]
_FOREIGN: dict[str, _Foreign] = {
    "nullable": ((), "OpenAPI 3.0", _allow_null, _with_null),
    "example": ((), "OpenAPI", _say("write 'examples', with the value in a list"), _as_examples),
    "id": (("draft-04",), "draft 4", _say("write '$id', or drop it"), _renamed("id", "$id")),
    "dependencies": (
        ("draft-04", "draft-06", "draft-07"),
        "draft 7",
        _say("write 'dependentRequired' for names, 'dependentSchemas' for schemas"),
        _never,
    ),
    "additionalItems": (
        ("draft-04", "draft-06", "draft-07", "2019-09"),
        "draft 7",
        _say("write 'items' for what follows 'prefixItems', else drop it"),
        _never,
    ),
    "$recursiveRef": (("2019-09",), "draft 2019-09", _say("write '$ref': '#'"), _renamed("$recursiveRef", "$ref")),
    "divisibleBy": (("draft-03",), "draft 3", _say("write 'multipleOf'"), _renamed("divisibleBy", "multipleOf")),
    "extends": (("draft-03",), "draft 3", _say("write 'allOf', with the schemas in a list"), _never),
    "disallow": (("draft-03",), "draft 3", _say("write 'not', with the types in a schema"), _never),
}
"""By keyword: the drafts in which it is at home, what to call them, what to write instead, and how to write it."""


OTHER_DIALECT = LintRule(
    code="PS209",
    name="other-dialect",
    severity=Severity.WARNING,
    summary="a keyword of OpenAPI or an older draft that JSON Schema 2020-12 does not know: `nullable`, `example`, …",
    why=(
        "Such a keyword is ignored without a word: `nullable` allows no null, `dependencies` demand nothing, an "
        "`example` is shown to nobody. `definitions` are old too, but references into them work; they are left alone. "
        "So is what the schema's own `$schema` knows."
    ),
    source=(
        "JSON Schema 2020-12 core, appendix G (changes); OpenAPI 3.0.3, Schema Object: nullable, example. Three of 269 "
        "models of public repositories carry an `example`."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "paid": {"type": "string", "format": "date", "description": "The day of payment", "nullable": true},
    "total": {"type": "number", "description": "The amount due", "example": 118.5}
  }
}
""",
    flagged=("/properties/paid/nullable", "/properties/total/example"),
    good="""\
{
  "type": "object",
  "properties": {
    "paid": {"type": ["string", "null"], "format": "date", "description": "The day of payment"},
    "total": {"type": "number", "description": "The amount due", "examples": [118.5]}
  }
}
""",
    find=_find,
    fix=_fix,
    fix_is_safe=True,
    silences=("conditional-or-combined",),
)
