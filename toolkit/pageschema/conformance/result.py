"""Reading what the API returned: a whole result, or the extraction alone, as text or as a value."""

from __future__ import annotations

import math
import re
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any

from pageschema import jsontext
from pageschema.conformance.diagnosis import diagnosed
from pageschema.errors import InvalidJSON, NoExtraction

_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_MAX_BITS = int(jsontext.MAX_DIGITS * 3.33)
_ASK_AGAIN = "extract again; if it comes back the same way, look at the document"
_CONTROL = re.compile(r"[\x00-\x1f]")
_ENVELOPE = frozenset({"success", "error", "error_in", "result_url", "page_count", "runtime", "versions", "total_cost"})
"""Keys of a result; one of them beside a `status` makes a result of what has no extraction in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """The extraction as it came, siblings and all.

    `result` is the whole result that it was taken from, None where the extraction came alone. `doubly_encoded` says
    that it was JSON in a string, which was read as what it holds.
    """

    value: Any
    result: dict[str, Any] | None = field(default=None, repr=False)
    doubly_encoded: bool = False


def read_result(result: Any, *, declared: Container[str] = ()) -> Extracted:
    """Take the extraction out of what the API returned.

    An object is a whole result if it has the key ``extraction_schema_json``, or ``request_check_url``, or ``status``
    beside another key that results have; any other is an extraction.

    Args:
        result: A whole result or an extraction; JSON text or bytes, or the value read from it.
        declared: Names of properties that the page schema declares, so that these keys make no result of an extraction.

    Raises:
        NoExtraction: The extraction failed, is not finished, is stored elsewhere, is empty, or is not JSON.
        InvalidJSON: *result* itself is not JSON, or past a bound.

    Source: api-overview ("Response"), custom-processor-result-check: ``extraction_schema_json`` is a string of JSON.
    """
    is_text = isinstance(result, (str, bytes))
    value = _parse(result) if is_text else result
    if not is_text:
        _require_json(value)
    if not isinstance(value, dict) or not _is_result(value, declared):
        _require_no_refusal(value, declared)
        return _extracted(value, None)
    _require_finished(value)
    held = value.get("extraction_schema_json")
    if isinstance(held, str):
        try:
            held = _parse(held)
        except InvalidJSON as error:
            raise NoExtraction(
                f"extraction_schema_json {error.what}", remedy=f"extract again, or {error.remedy}"
            ) from error
    if held is None:
        raise NoExtraction("extraction_schema_json holds null", remedy=_ASK_AGAIN)
    return _extracted(held, value)


def _is_result(value: dict[str, Any], declared: Container[str]) -> bool:
    keys = {key for key in value if key not in declared}
    if keys & {"extraction_schema_json", "request_check_url"}:
        return True
    return "status" in keys and (bool(keys & _ENVELOPE) or set(value) == {"status"})


def _extracted(value: Any, result: dict[str, Any] | None) -> Extracted:
    """Return an extraction; a string that holds an object as JSON is read once more."""
    if isinstance(value, str):
        try:
            inner = _parse(value)
        except InvalidJSON:
            inner = None
        if isinstance(inner, dict):
            return Extracted(value=inner, result=result, doubly_encoded=True)
    return Extracted(value=value, result=result)


def _require_no_refusal(value: Any, declared: Container[str]) -> None:
    """Raise `NoExtraction` where *value* is what the API answers to a request that it refuses."""
    if not isinstance(value, dict) or set(value) != {"detail"} or "detail" in declared:
        return
    detail = value["detail"]
    said = detail[0].get("msg") if isinstance(detail, list) and detail and isinstance(detail[0], dict) else detail
    if isinstance(said, str):
        raise NoExtraction(
            f'the API refused the request: "{jsontext.clip(said)}"', remedy="mend the request, then extract again"
        )


def _require_finished(result: dict[str, Any]) -> None:
    """Raise `NoExtraction`, saying which of the many ways it is, unless *result* holds something to read."""
    status, error, held = result.get("status"), result.get("error"), result.get("extraction_schema_json")
    is_empty = held is None or (isinstance(held, str) and not held.strip())
    if result.get("success") is False or status in ("failed", "error") or (is_empty and error):
        said = f': "{jsontext.clip(str(error))}"' if error else ""
        raise NoExtraction(f"the extraction failed{said}", remedy=_after_failure(result))
    if status == "processing" or (is_empty and ("request_check_url" in result or status not in (None, "complete"))):
        shown = f" (status '{jsontext.clip(str(status), 40)}')" if status else ""
        raise NoExtraction(
            f"the extraction is not finished{shown}", remedy="fetch the result again until its status is complete"
        )
    if is_empty and result.get("result_url"):
        expires = result.get("expires_in")
        within = f" within {expires} s" if isinstance(expires, int) else ""
        raise NoExtraction(
            "the result is stored elsewhere, at its result_url",
            remedy=f"download that URL{within}, and check what it holds",
        )
    if "extraction_schema_json" not in result:
        raise NoExtraction(
            "the result has no extraction_schema_json", remedy="give a result of /extract, or the extraction alone"
        )
    if is_empty:
        raise NoExtraction("extraction_schema_json is empty", remedy=_ASK_AGAIN)


def _after_failure(result: dict[str, Any]) -> str:
    if result.get("error_in") == "VALIDATION":
        return "mend the page schema (pageschema lint says where), then extract again"
    if "rate limit" in str(result.get("error")).lower():
        return "wait until fewer pages are in work, then extract again"
    return _ASK_AGAIN


def _require_json(value: Any) -> None:
    """Raise `InvalidJSON` unless *value* is one that JSON text within bounds could have given."""
    level = [value]
    for _ in range(jsontext.MAX_DEPTH + 2):
        below: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                below.extend(item)
                below.extend(item.values())
                if not all(isinstance(name, str) for name in item):
                    raise InvalidJSON("has a key that is no string", remedy="write keys as strings")
            elif isinstance(item, list):
                below.extend(item)
            else:
                _require_scalar(item)
        if not below:
            return
        level = below
    raise InvalidJSON(f"nested deeper than {jsontext.MAX_DEPTH} levels", remedy="flatten it")


def _require_scalar(item: Any) -> None:
    if isinstance(item, str):
        if not item.isascii():
            try:
                item.encode("utf-8")
            except UnicodeEncodeError as error:
                raise InvalidJSON("a string holds half of a surrogate pair", remedy="drop it") from error
    elif isinstance(item, float):
        if not math.isfinite(item):
            raise InvalidJSON(f"{item} is not JSON", remedy="write null, or leave the key out")
    elif isinstance(item, int):
        if item.bit_length() > _MAX_BITS:
            raise InvalidJSON(f"a number of more than {jsontext.MAX_DIGITS} digits", remedy="send it as a string")
    elif item is not None:
        raise InvalidJSON(
            f"holds a Python {type(item).__name__}, which JSON does not have",
            remedy="convert it, or give the JSON text",
        )


def _parse(text: str | bytes) -> Any:
    """Read JSON, raw control characters inside of strings allowed: a model writes line feeds there."""
    try:
        return jsontext.parse(text, unique_keys=True)
    except InvalidJSON as error:
        try:
            decoded = text.decode("utf-8") if isinstance(text, bytes) else text
        except UnicodeDecodeError:
            decoded = ""
        escaped = _STRING.sub(lambda string: _CONTROL.sub(_escape, string.group()), decoded)
        if escaped == decoded:
            raise diagnosed(text, error) from error.__cause__
    try:
        return jsontext.parse(escaped, unique_keys=True)
    except InvalidJSON as error:
        raise diagnosed(escaped, error) from error.__cause__


def _escape(character: re.Match[str]) -> str:
    return f"\\u{ord(character.group()):04x}"
