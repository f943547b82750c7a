"""The quick reader of JSON. The door of msgspec.

It is exact where it answers: integers of any size, no NaN, no lone surrogates. What it refuses is read once more by
`jsontext`, which says why. It keeps the last of two members of one name, as most readers do.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from pageschema.errors import InvalidSchema, MissingExtra


def decoder(*, unique_keys: bool = False) -> Callable[[Any], Any]:
    """Return a function from JSON text to its value, which raises one of `problems` on anything else.

    Raises:
        MissingExtra: msgspec is not installed.
    """
    try:
        import msgspec
    except ImportError as error:
        raise MissingExtra("audit", extra="audit") from error
    decode = msgspec.json.Decoder().decode
    if not unique_keys:
        return decode
    encode = msgspec.json.Encoder().encode

    def decode_unique(text: Any) -> Any:
        value = decode(text)
        data = text.encode() if isinstance(text, str) else text
        # A member that was dropped took two quotes with it, and nothing else changes their number but this escape.
        if data.count(b'"') != encode(value).count(b'"') or b"\\u0022" in data:
            raise ValueError
        return value

    return decode_unique


@lru_cache(maxsize=1)
def problems() -> tuple[type[Exception], ...]:
    """Return what is raised where a record is no extraction that can be judged quickly."""
    import msgspec

    wrong_kind = (AttributeError, LookupError, TypeError, ValueError)
    return (msgspec.MsgspecError, RecursionError, InvalidSchema, *wrong_kind)
