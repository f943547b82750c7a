"""A failure: one way in which the endpoint departs from its contract, with the request that shows it."""

from __future__ import annotations

import base64
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pageschema import jsontext
from pageschema.contract import EXTRACT_PATH, KEY_PLACEHOLDER, Request
from pageschema.errors import InvalidJSON
from pageschema.fuzzing.story import Kind

FORMAT = "pageschema-replay-1"
MAX_CAUSE = 80
_NO_NAME = re.compile(r"[^a-z0-9_]+")
_EXTRACT = re.compile(re.escape(EXTRACT_PATH) + r"(?:/[A-Za-z0-9%._~-]+)?\Z")
"""All that a replay file, which may come from anywhere, can have sent along with the key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What a check complains of, once a cause, with the smallest request found that shows it.

    `request` names the key as ``$DATALAB_API_KEY``. `made` are the resources in it that the run made at the target, by
    field name; a replay makes them anew. `replay` is the path of the file that `pageschema replay` takes, once one is
    written. `sign` says what of the answer tells the cause from others of the same check, `traits` what of the request;
    `kind` is the story that it was seen in, `base_url` the endpoint, None for the embedded emulator.
    """

    check: str
    clause: str | None
    message: str
    request: Request
    count: int = 1
    sign: str = ""
    traits: tuple[str, ...] = ()
    kind: Kind = Kind.EXTRACTION
    made: Mapping[str, str] = field(default_factory=dict)
    base_url: str | None = None
    replay: str | None = None

    @property
    def cause(self) -> str | None:
        """What tells this failure from others of the same check and clause, if anything does."""
        return ", ".join(part for part in (self.sign, *(() if self.clause else self.traits)) if part) or None

    @property
    def id(self) -> str:
        """The failure's name: its check, the clause if there is one, and the cause where it has others beside it."""
        cause = _NO_NAME.sub("-", (self.cause or "").lower()).strip("-")[:MAX_CAUSE]
        return ".".join(part for part in (self.check, self.clause, cause) if part)

    def is_like(self, other: Failure) -> bool:
        """Return whether the same check complains of the same, as far as one answer tells."""
        return (self.check, self.clause, self.sign) == (other.check, other.clause, other.sign)

    def curl(self, base_url: str) -> str:
        """Return a shell line that sends the same bytes; the key comes from the variable DATALAB_API_KEY."""
        url = shlex.quote(base_url.rstrip("/") + self.request.path)
        words = ["curl", "-sS", "-X", self.request.method, url]
        for name, value in self.request.headers:
            # Without a value curl would take the header away; with a semicolon it sends it empty.
            words += ["-H", _quote(f"{name}: {value}" if value else f"{name};")]
        if not self.request.body:
            return " ".join(words)
        if self.request.header("content-type") is None:
            words += ["-H", "Content-Type:"]
        words += ["--data-binary", "@-"]
        try:
            text = self.request.body.decode("ascii")
        except UnicodeDecodeError:
            text = ""
        if text and text.isprintable():
            return f"printf %s {shlex.quote(text)} | {' '.join(words)}"
        return f"echo {base64.b64encode(self.request.body).decode()} | base64 -d | {' '.join(words)}"

    def as_replay(self) -> str:
        """Return the text of the file that replays this failure, to the byte."""
        return jsontext.dumps(
            {
                "format": FORMAT,
                "check": self.check,
                "clause": self.clause,
                "message": self.message,
                "sign": self.sign,
                "traits": list(self.traits),
                "story": self.kind.name,
                "made": dict(self.made),
                "base_url": self.base_url,
                "request": {
                    "method": self.request.method,
                    "path": self.request.path,
                    "headers": [list(header) for header in self.request.headers],
                    "body_base64": base64.b64encode(self.request.body).decode("ascii"),
                },
            }
        )

    def as_json(self, base_url: str) -> dict[str, Any]:
        """Return the members that ``fuzz --format json`` prints."""
        return {
            "check": self.check,
            "clause": self.clause,
            "cause": self.cause,
            "message": self.message,
            "count": self.count,
            "request": {
                "method": self.request.method,
                "path": self.request.path,
                "headers": dict(self.request.headers),
                "body": self.request.body.decode("utf-8", "backslashreplace"),
            },
            "curl": self.curl(base_url),
            "replay": self.replay,
        }


def read_replay(text: str | bytes, *, where: str) -> Failure:
    """Read what `Failure.as_replay` wrote.

    Raises:
        InvalidJSON: The text is no replay file.
    """
    value = jsontext.parse(text, where=where)
    try:
        request: Any = value["request"] if value["format"] == FORMAT else None
        return Failure(
            check=str(value["check"]),
            clause=None if value["clause"] is None else str(value["clause"]),
            message=str(value["message"]),
            sign=str(value.get("sign", "")),
            traits=tuple(str(trait) for trait in value.get("traits", [])),
            kind=Kind[value.get("story", Kind.EXTRACTION.name)],
            request=_read_request(request),
            made={str(name): str(made) for name, made in value.get("made", {}).items()},
            base_url=None if value.get("base_url") is None else str(value["base_url"]),
            replay=where,
        )
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise InvalidJSON(
            "is no replay file", where=where, remedy="give a file that pageschema fuzz wrote under .pageschema/failures"
        ) from error


def _quote(text: str) -> str:
    """Return *text* for a shell, which fills in the key where its placeholder stands and nothing else."""
    return f'"{KEY_PLACEHOLDER}"'.join(shlex.quote(piece) if piece else "" for piece in text.split(KEY_PLACEHOLDER))


def _read_request(value: Any) -> Request:
    if value["method"] not in {"GET", "POST", "PUT"} or not _EXTRACT.match(value["path"]):
        raise ValueError("a replay sends a request to /extract, or asks for a result")
    return Request(
        method=value["method"],
        path=value["path"],
        headers=tuple((str(name), str(header)) for name, header in value["headers"]),
        body=base64.b64decode(value["body_base64"], validate=True),
    )
