"""Violations in the words of the field: what stands there, what the schema wants, what to do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Container, Iterable
from typing import Any

from pageschema import jsontext, pointer
from pageschema.conformance import meant
from pageschema.conformance.causes import missing
from pageschema.conformance.shape import SUFFIXES, Shape, Shapes
from pageschema.conformance.violation import Violation, cut
from pageschema.schema import Fault

_TYPES = {
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "null",
    "array": "a list",
    "object": "an object",
}
_NUMERIC = frozenset({"number", "integer"})
_PLAIN_NAME = re.compile(r"[^\W\d][\w-]*")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_MOST_OPTIONS = 8
_TELLING = 4
"""How many letters of an option must be there for it to be taken for the one that was meant."""
_ON_TEXTS = frozenset({"const", "enum", "format", "minLength", "pattern", "type"})

Worded = tuple[str, str]
"""What is wrong and what to do, for one keyword."""


def violation(fault: Fault, extraction: Any, shapes: Shapes, *, optional_nulls: Container[str]) -> Violation:
    """Return *fault* in words.

    Args:
        extraction: As it came; the fault's pointer leads into it.
        shapes: What the page schema declares.
        optional_nulls: Pointers of nulls that are wrong only because the check is strict.
    """
    value = pointer.resolve(extraction, fault.pointer)
    if value is None and fault.keyword in {"type", "enum", "const"}:
        what, remedy = _null(fault, is_item=_is_item(fault.pointer, extraction))
        if fault.pointer in optional_nulls:
            remedy = "allow null there in the schema, or check without --strict"
    elif fault.keyword == "required":
        what, remedy = _required(fault, value, shapes.at(fault.pointer, extraction))
    elif fault.keyword in {"additionalProperties", "unevaluatedProperties"}:
        what, remedy = _additional(fault, value, shapes.at(fault.pointer, extraction))
    else:
        what, remedy = _WORDS.get(fault.keyword, _other)(fault, value)
        remedy = meant.NOT_FOUND if value == "" and fault.keyword in _ON_TEXTS else remedy
    return Violation(
        pointer=fault.pointer,
        keyword=fault.keyword,
        message=f"{path(fault.pointer, extraction)} {what}",
        value=cut(value),
        remedy=remedy,
    )


def not_an_object(extraction: Any) -> Violation:
    """Return the violation of an extraction that is no object: a page schema has properties."""
    return Violation(
        pointer="",
        keyword="type",
        message=f"the extraction is {_shown(extraction)}; a page schema asks for an object",
        value=cut(extraction),
        remedy="give the whole result, or the object inside of its extraction_schema_json",
    )


def doubly_encoded() -> Violation:
    """Return the violation of an extraction that came as JSON in a string."""
    return Violation(
        pointer="",
        keyword="encoding",
        message="the extraction is encoded twice: a text that holds JSON",
        value=None,
        remedy="decode it once more before use, and look for a json.dumps too many where it was stored",
    )


def path(where: str, extraction: Any) -> str:
    """Return a pointer as people write it: ``line_items[2].amount``."""
    written = ""
    for part in pointer.parse(where):
        if isinstance(extraction, list):
            written += f"[{part}]"
            extraction = extraction[int(part)]
        else:
            written += f"{'.' if written else ''}{_name(part)}"
            extraction = extraction.get(part) if isinstance(extraction, dict) else None
    return written or "the extraction"


def _name(name: str) -> str:
    return jsontext.clip(name, 60) if _PLAIN_NAME.fullmatch(name) else f"'{jsontext.clip(name, 60)}'"


def _names(names: Iterable[str], *, joined: str = "and") -> str:
    listed = [_name(name) for name in names]
    if len(listed) > _MOST_OPTIONS:
        listed[_MOST_OPTIONS - 1 :] = [f"{len(listed) - _MOST_OPTIONS + 1} more"]
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} {joined} {listed[-1]}"


def _shown(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return jsontext.dumps(value)
    if isinstance(value, str):
        return f'the text "{jsontext.clip(value, 60)}"' if value else "an empty text"
    if isinstance(value, (int, float)):
        return f"the number {jsontext.clip(jsontext.dumps(value), 40)}"
    if isinstance(value, list):
        return f"a list of {len(value)}" if value else "an empty list"
    return "an object" if value else "an empty object"


def _listed(options: list[Any]) -> str:
    listed = [jsontext.clip(jsontext.dumps(cut(option), indent=None), 40) for option in options[:_MOST_OPTIONS]]
    rest = [f"{len(options) - _MOST_OPTIONS} more"] if len(options) > _MOST_OPTIONS else []
    listed += rest
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} or {listed[-1]}"


def _wanted(fault: Fault) -> str:
    if fault.keyword == "type":
        types = [each for each in _TYPES if each in fault.detail["types"]]
        if set(types) >= _NUMERIC:
            types.remove("integer")
        words = [_TYPES[each] for each in sorted(types, key="null".__eq__)]
        return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
    if fault.keyword == "const":
        return _listed([fault.detail["expected_value"]])
    return _listed(fault.detail["options"])


def _null(fault: Fault, *, is_item: bool) -> Worded:
    what = f"is null; the schema wants {_wanted(fault)}"
    if is_item:
        return what, "allow null among the items in the schema, or drop it when reading"
    return what, "leave the field out of 'required' where documents may lack it, or extract again"


def _is_item(where: str, extraction: Any) -> bool:
    return isinstance(pointer.resolve(extraction, where.rpartition("/")[0]), list)


def _type(fault: Fault, value: Any) -> Worded:
    wanted = set(fault.detail["types"])
    return f"is {_shown(value)}; the schema wants {_wanted(fault)}", _remedy_of_type(value, wanted)


def _remedy_of_type(value: Any, wanted: set[str]) -> str:
    if isinstance(value, (list, dict)):
        return meant.container(value, wanted)
    if isinstance(value, str):
        return _text_for(value, wanted)
    if "boolean" in wanted:
        return meant.boolean(value)
    if isinstance(value, float) and "integer" in wanted:
        return "declare the field as a number, or say in its description what to round to"
    if "array" in wanted:
        return "put it into a list when reading, say in the field's description that it is a list, or declare it alone"
    if "string" in wanted and not isinstance(value, bool):
        return "declare the field as a number, or say in its description to copy it as text, leading zeros and all"
    if isinstance(value, bool):
        return "declare the field as what comes back, a boolean, or say in its description what is wanted"
    return "declare the field as what comes back, or say in its description what is wanted"


def _text_for(value: str, wanted: set[str]) -> str:
    """Return the remedy for a text where something else was wanted."""
    if wanted & _NUMERIC:
        return meant.number(value, only_whole="number" not in wanted)
    if "boolean" in wanted:
        return meant.boolean(value)
    if wanted & {"object", "array"} and value.strip()[:1] in {"{", "["}:
        return "JSON in a text: decode it when reading, or extract again"
    if meant.is_nothing(value):
        return meant.NOT_FOUND
    if "array" in wanted:
        return "say in the field's description that it is a list, even of one, or declare it as a string"
    return "declare the field as a string, or say in its description what is wanted"


def _enum(fault: Fault, value: Any) -> Worded:
    options = fault.detail["options"]
    what = f"is {_shown(value)}; the schema allows {_listed(options)}"
    if isinstance(value, list) and len(value) == 1 and value[0] in options:
        return what, "take its one item when reading, or say in the field's description that it is a single value"
    near = _near(value, options)
    if near is not None:
        return what, f"did you mean {near}? say in the field's description to write it exactly so"
    texts = [option.casefold() for option in options if isinstance(option, str)]
    way_out = next((each for each in ("other", "unknown", "none") if each in texts), None)
    if meant.is_nothing(value) and way_out is None:
        return what, meant.NOT_FOUND
    if way_out is not None:
        return what, f"add it to the enum, or say in the field's description when to choose '{way_out}'"
    return what, "add it to the enum, or give the enum a way out such as 'other'"


def _near(value: Any, options: list[Any]) -> str | None:
    """Return the option that was probably meant, as JSON."""
    if not isinstance(value, str):
        return next((jsontext.dumps(each) for each in options if each == str(value)), None)
    texts = {each.strip().casefold(): each for each in options if isinstance(each, str)}
    given, known = value[:200].strip().casefold(), [*texts][:1_000]
    near = difflib.get_close_matches(given, known, n=1, cutoff=0.7)
    if not near and given:
        beginning = [each for each in known if each.startswith(given)]
        near = beginning or [
            each for each in known if len(given) >= _TELLING and (given in each or (each in given and len(each) > 1))
        ]
    return jsontext.clip(jsontext.dumps(texts[near[0]])) if len(near) == 1 else None


def _const(fault: Fault, value: Any) -> Worded:
    wanted = _listed([fault.detail["expected_value"]])
    return f"is {_shown(value)}; the schema wants {wanted}", "extract again, or declare what else it may be as an enum"


def _required(fault: Fault, value: dict[str, Any], shape: Shape) -> Worded:
    names = missing(fault)
    what = f"lacks {_names(names, joined='or')}, which the schema requires"
    undeclared = [name for name in value if name not in shape.names and not shape.is_sibling(name)]
    if found := meant.near(names, undeclared):
        return what, f"{_name(found[1])} is there: rename one of the two, or extract again"
    wrapped = [name for name in undeclared if isinstance(value[name], dict) and shape.names & value[name].keys()]
    if not shape.names & value.keys() and len(wrapped) == 1:
        return what, f"the fields stand one level deeper: give what {_name(wrapped[0])} holds"
    return what, "leave it out of 'required' where documents may lack it, or extract again"


def _additional(fault: Fault, value: dict[str, Any], shape: Shape) -> Worded:
    names = [str(name) for name in fault.detail["unexpected"]]
    what = f"has {_names(names)}, which the schema does not declare"
    absent = sorted(name for name in shape.names if value.get(name) is None)
    if found := meant.near(names, absent):
        given, known = found
        return what, f"did you mean {_name(known)}? say so in its description, or declare {_name(given)} too"
    fields = {name.removesuffix(suffix) for name in names for suffix in SUFFIXES if name.endswith(suffix)}
    if len(fields) == len(names):
        field = next(iter(fields))
        return what, f"the API puts such keys beside declared fields: declare {_name(field)}, or take the key out"
    them = "it" if len(names) == 1 else "them"
    return what, f"declare {them} in 'properties', or take {them} out of the extraction"


def _unevaluated_items(_fault: Fault, value: Any) -> Worded:
    return f"is {_shown(value)}, with more items than the schema declares", "declare them with 'items'"


def _pattern(fault: Fault, value: Any) -> Worded:
    pattern = jsontext.clip(str(fault.detail["pattern"]), 60)
    return (
        f"is {_shown(value)}, which does not match {pattern}",
        "describe the form in the field's description, with an example, or widen the pattern",
    )


def _format(fault: Fault, value: Any) -> Worded:
    name = jsontext.clip(str(fault.detail["format"]), 40)
    if name == "date" and _DATE.fullmatch(value):
        return (
            f"is {_shown(value)}, which is not a day of the calendar",
            "look at the document: a digit was misread, or day and month were swapped",
        )
    if name in meant.DATED:
        form, remedy = meant.DATED[name]
        return f"is {_shown(value)}, which is not {form}", remedy(value)
    return (
        f"is {_shown(value)}, which is not of the format {name}",
        "describe the form in the field's description, or leave 'format' out",
    )


def _limit(comparison: str, remedy: str) -> Callable[[Fault, Any], Worded]:
    def worded(fault: Fault, value: Any) -> Worded:
        limit = jsontext.clip(jsontext.dumps(fault.detail["limit"]), 40)
        return f"is {_shown(value)}, {comparison} the {fault.keyword} of {limit}", remedy

    return worded


def _multiple(fault: Fault, value: Any) -> Worded:
    step = jsontext.dumps(fault.detail["multiple_of"])
    return f"is {_shown(value)}, no multiple of {step}", "look at the document, or take 'multipleOf' out of the schema"


def _plain(what: str, remedy: str) -> Callable[[Fault, Any], Worded]:
    return lambda _fault, _value: (what, remedy)


def _one_of(fault: Fault, value: Any) -> Worded:
    return (
        f"is {_shown(value)}, which fits {fault.detail.get('fits', 'several')} branches of 'oneOf', not one",
        "write 'anyOf', or tell the branches apart by a constant field",
    )


def _any_of(_fault: Fault, value: Any) -> Worded:
    return (
        f"is {_shown(value)}, which fits none of the branches that the schema has there",
        "tell the branches apart by a constant field: there are too many to say which was meant",
    )


def _other(fault: Fault, value: Any) -> Worded:
    said = jsontext.clip(fault.message, 120)
    return f"is {_shown(value)}, which breaks '{fault.keyword}': {said}", "extract again, or loosen the schema there"


_LOOK = "look at the document: the value is wrong, or the bound"
_COUNT = "extract again, or change the bound"

_WORDS: dict[str, Callable[[Fault, Any], Worded]] = {
    "anyOf": _any_of,
    "const": _const,
    "contains": _plain("has no item of the kind that 'contains' asks for", "extract again, or take 'contains' out"),
    "depth": _plain("breaks the schema, nested too deep to say where", "flatten the schema, or check a part of it"),
    "enum": _enum,
    "exclusiveMaximum": _limit("not below", _LOOK),
    "exclusiveMinimum": _limit("not above", _LOOK),
    "falseSchema": _plain("must not be there: its schema is false", "declare the field, or take it out"),
    "format": _format,
    "maxItems": _limit("longer than", _COUNT),
    "maxLength": _limit("longer than", _COUNT),
    "maxProperties": _limit("with more properties than", _COUNT),
    "maximum": _limit("above", _LOOK),
    "minItems": _limit("shorter than", _COUNT),
    "minLength": _limit("shorter than", _COUNT),
    "minProperties": _limit("with fewer properties than", _COUNT),
    "minimum": _limit("below", _LOOK),
    "multipleOf": _multiple,
    "oneOf": _one_of,
    "pattern": _pattern,
    "type": _type,
    "unevaluatedItems": _unevaluated_items,
    "uniqueItems": _plain("lists an item twice, which 'uniqueItems' refuses", "drop the repetition, or 'uniqueItems'"),
}
