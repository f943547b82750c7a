"""The API key: put in for its placeholder, and taken out of whatever comes back."""

from __future__ import annotations

import base64
import html
import os
import re
from urllib.parse import quote

from pageschema import jsontext
from pageschema.contract import KEY_PLACEHOLDER
from pageschema.errors import InvalidConfiguration

KEY_VARIABLE = "DATALAB_API_KEY"
SHORT = 8
"""Keys of fewer characters turn up in any text by chance, so they are looked for as whole words."""


def _most(value: str) -> str:
    """Return a pattern of the first half of a key or more, and of the last: what is left is soon guessed."""
    half = (len(value) + 1) // 2
    first, last = value[:half], value[-half:]
    grown = "".join(f"(?:{re.escape(character)}" for character in value[half:]) + ")?" * (len(value) - half)
    return f"{re.escape(first)}{grown}|{re.escape(last)}"


def _base64(value: str) -> set[str]:
    """Return what a base64 text has in it whose content has *value* in it, wherever that begins."""
    found = set()
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        for before in range(3):
            text = encode(b"\0" * before + value.encode()).decode("ascii")
            bits = 8 * (before + len(value))
            found.add(text[-(-8 * before // 6) : bits // 6])
    return found


class Key:
    """The value of a key, by default that of the variable ``DATALAB_API_KEY``.

    It is never shown: not by ``repr``, and not by an exception.

    Raises:
        InvalidConfiguration: No HTTP header can carry it.
    """

    def __init__(self, value: str | None) -> None:
        value = os.environ.get(KEY_VARIABLE, "") if value is None else value
        if not (value.isascii() and value.isprintable() and value == value.strip()):
            raise InvalidConfiguration(
                "the API key has a space at an end, a line feed, or a character that no header can carry",
                remedy=f"set {KEY_VARIABLE} to the key and nothing else",
            )
        self._value = value
        spellings = {value, quote(value, safe=""), jsontext.dumps(value)[1:-1], html.escape(value)}
        if len(value) >= SHORT:
            spellings |= {value.encode().hex(), value.encode().hex().upper(), *_base64(value)}
        pattern = "|".join(re.escape(spelling) for spelling in sorted(spellings, key=len, reverse=True))
        literals = set(spellings)
        if len(value) >= 2 * SHORT:
            half = (len(value) + 1) // 2
            literals |= {value[:half], value[-half:]}
            pattern = f"{pattern}|{_most(value)}"
        if len(value) < SHORT:
            pattern = rf"(?<!\w)(?:{pattern})(?!\w)"
        self._literals = [literal.encode("ascii") for literal in literals]
        self._pattern = re.compile(pattern.encode("ascii"))

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return f"Key({KEY_PLACEHOLDER if self else ''})"

    def reveal(self, text: str) -> bytes:
        """Return *text* with the key where its placeholder stands, as it is sent."""
        return text.replace(KEY_PLACEHOLDER, self._value).encode("utf-8")

    def mask(self, text: bytes) -> bytes:
        """Return *text* with the placeholder where the key stands: as it is, or in a spelling that gives it away.

        Those are the ones for JSON, HTML and URLs, hexadecimal digits, and base64 at any offset.
        """
        # Whatever the pattern finds holds one of the literals, and they are looked for at the speed of memory.
        if not self or not any(literal in text for literal in self._literals):
            return text
        return self._pattern.sub(lambda _: KEY_PLACEHOLDER.encode("ascii"), text)
