"""Saved schemas (``sch_…``): the API's own copies of page schemas, read and written, and every answer checked.

A request that writes is sent once. Where its answer is lost, nobody knows whether it was taken: the caller looks again.

Source: DD/docs/recipes/structured-extraction/saved-schemas, DD/api-reference/extraction_schemas.
"""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from pageschema import jsontext
from pageschema.client.key import KEY_VARIABLE
from pageschema.client.sending import BUSY, ExtractClient, retry_after
from pageschema.contract import KEY_PLACEHOLDER, Request, Response
from pageschema.errors import InvalidJSON, InvalidTarget, PageSchemaError, TargetUnreachable, UnusableAnswer

SAVED_SCHEMAS_PATH = "/api/v1/extraction_schemas"
PAGE_SIZE = 50
"""What the API lists by default; at most it lists 200, but each with its whole history."""
MAX_LISTED = 10_000
MAX_NAMESAKES = 20
PATIENCE = 60.0
"""Seconds for one list, and for a busy endpoint."""
BUSY_DELAY = 1.0
LEAST_OF_DELAY = 0.02
"""The share of our own pause that is made even where an endpoint asks for none: it would be hammered otherwise."""
MAX_VERSION = 2**31 - 1

_ID = re.compile(r"sch_[A-Za-z0-9_-]{1,100}")
_WRAPPING = 8
"""Levels of an answer around the schemas in it."""
_CHECK_URL = "check --base-url: it must be the API itself, with nothing in front that answers for it"
_REMEDIES = {
    400: "lint the schema: pageschema lint",
    403: "look after the subscription and the rights of the account that the key belongs to",
    404: "check --base-url: no saved schemas are served there",
    409: "somebody changed it at the same moment: run the command again, it looks before it writes",
    413: "the schema is larger than the endpoint takes: shorten its descriptions, or split it",
    422: "lint the schema: pageschema lint",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSchema:
    """A saved schema as the endpoint told it.

    `version` is the current one. `contents` has the schema of each version that could be read: of the current one
    always, of earlier ones where ``version_history`` holds them, which is not documented.
    """

    schema_id: str
    name: str
    version: int
    archived: bool
    contents: Mapping[int, dict[str, Any]]

    @property
    def content(self) -> dict[str, Any]:
        """The schema of the current version."""
        return self.contents[self.version]


def is_schema_id(text: str) -> bool:
    """Return whether *text* can be the id of a saved schema; one with a slash or dots could name another path."""
    return _ID.fullmatch(text) is not None


class SavedSchemas:
    """The saved schemas of one account at one endpoint.

    All methods raise `UnusableAnswer` where the endpoint refuses or its answer makes no sense, and `TargetUnreachable`
    where it gives none or stays busy.
    """

    def __init__(self, client: ExtractClient) -> None:
        self._client = client

    def find(self, name: str) -> list[SavedSchema]:
        """Return the saved schemas of that name which are not archived: the API does not keep names unique."""
        ids = list(itertools.islice(self._named(name), MAX_NAMESAKES))
        return [saved for each in ids if (saved := self.read(each)) is not None and not saved.archived]

    def read(self, schema_id: str) -> SavedSchema | None:
        """Return a saved schema, archived or not; None where the account has none of that id."""
        path = _path(schema_id)
        response = self._ask("GET", path, absent=404)
        return None if response.status == 404 else self._read(response, path, schema_id)

    def create(self, name: str, content: Mapping[str, Any]) -> SavedSchema:
        """Save *content* as version 1 of a new saved schema."""
        answer = self._ask("POST", SAVED_SCHEMAS_PATH, {"name": name, "schema_json": content})
        return self._read(answer, SAVED_SCHEMAS_PATH)

    def add_version(self, schema_id: str, content: Mapping[str, Any]) -> SavedSchema:
        """Save *content* as the next version of a saved schema; no version that is there is changed."""
        path = _path(schema_id)
        answer = self._ask("PUT", path, {"schema_json": content, "create_new_version": True})
        return self._read(answer, path, schema_id)

    def archive(self, schema_id: str) -> None:
        """Take a saved schema out of the list, so that no new extraction can use it. The API deletes none.

        Source: DD/docs/recipes/structured-extraction/saved-schemas (DELETE archives; its answer is not documented).
        """
        self._ask("DELETE", _path(schema_id), absent=204)

    def _named(self, name: str) -> Iterator[str]:
        """Yield the id of each schema in the list that has this name. An endless list is given up."""
        started = time.monotonic()
        seen: set[str] = set()
        offset = 0
        while True:
            path = f"{SAVED_SCHEMAS_PATH}?limit={PAGE_SIZE}&offset={offset}"
            answer = self._parse(self._ask("GET", path), path)
            page, total = (answer.get("schemas"), answer.get("total")) if isinstance(answer, dict) else (None, None)
            if not isinstance(page, list) or not isinstance(total, int):
                raise self._nonsense(path, "it is no list of saved schemas")
            before = len(seen)
            for item in page:
                schema_id, called = (
                    (item.get("schema_id"), item.get("name")) if isinstance(item, dict) else (None, None)
                )
                if not isinstance(schema_id, str) or not is_schema_id(schema_id) or not isinstance(called, str):
                    raise self._nonsense(path, f"{_shown(item)} in its list is no saved schema")
                if called == name and schema_id not in seen:
                    yield schema_id
                seen.add(schema_id)
            offset += len(page)
            # A total that is too low must not hide a schema: the next save would be a second copy of it.
            if not page or (offset >= total and len(page) < PAGE_SIZE):
                return
            if len(seen) == before or offset >= MAX_LISTED or time.monotonic() - started > PATIENCE:
                raise self._nonsense(path, f"the list of saved schemas does not end after {offset:,}")

    def _ask(self, method: str, path: str, body: Mapping[str, Any] | None = None, *, absent: int = 0) -> Response:
        """Send one request and return the answer, unless it refuses; one of the status *absent* does not."""
        response = self._send(
            Request(
                method=method,
                path=path,
                # The client sends again what breaks a connection that was kept, so none is kept: a write must go once.
                headers=(
                    ("X-API-Key", KEY_PLACEHOLDER),
                    ("Connection", "close"),
                    *((("Content-Type", "application/json"),) if body else ()),
                ),
                body=jsontext.dumps(body, indent=None).encode("utf-8") if body else b"",
            )
        )
        if response.echoed_key:
            raise self._nonsense(path, "it repeats the API key")
        if response.status not in {200, 201, absent}:
            raise self._refusal(method, path, response)
        return response

    def _parse(self, response: Response, path: str) -> jsontext.JsonValue:
        try:
            return jsontext.parse(response.body, max_depth=jsontext.MAX_SCHEMA_DEPTH + _WRAPPING, unique_keys=True)
        except InvalidJSON as error:
            raise self._nonsense(path, error.what) from error

    def _send(self, request: Request) -> Response:
        """Send *request*, again while the endpoint is busy: what a rate limit turned away was not taken."""
        patient_with = BUSY if request.method == "GET" else {429}
        started = time.monotonic()
        delay = BUSY_DELAY
        while True:
            exchange = self._client.send(request)
            response = exchange.response
            if response is None:
                raise TargetUnreachable(
                    f"gave no answer to {request.method}: {exchange.fault}",
                    where=self._where(request.path),
                    remedy="run the command again: it looks before it writes",
                )
            if response.status not in patient_with:
                return response
            wait = retry_after(response)
            wait = delay if wait is None else max(wait, delay * LEAST_OF_DELAY)
            if time.monotonic() - started + wait > PATIENCE:
                return response
            self._client.pace.pause(wait)
            delay *= 2

    def _refusal(self, method: str, path: str, response: Response) -> PageSchemaError:
        where, status = self._where(path), response.status
        what = f"answered {status} to {method}{_detail(response)}"
        if status in BUSY or status >= 500:
            asked = retry_after(response)
            wait = "a while" if asked is None else f"{asked:g} s"
            return TargetUnreachable(
                what, where=where, remedy=f"wait {wait}, then run the command again: it looks before it writes"
            )
        if status == 401:
            whose = "a key of this endpoint" if self._client.has_key else "your key: there is none now"
            return UnusableAnswer(what, where=where, remedy=f"set {KEY_VARIABLE} to {whose}")
        if 300 <= status < 400:
            return UnusableAnswer(what, where=where, remedy="no redirect is followed: give --base-url as it should be")
        return UnusableAnswer(what, where=where, remedy=_REMEDIES.get(status, _CHECK_URL))

    def _read(self, response: Response, path: str, schema_id: str | None = None) -> SavedSchema:
        """Return what an answer says of one saved schema, that of *schema_id* where it is known."""
        value = self._parse(response, path)
        members = value if isinstance(value, dict) else {}
        content, version = members.get("schema_json"), members.get("version")
        name, archived = members.get("name"), members.get("archived")
        told = members.get("schema_id")
        if not isinstance(value, dict):
            raise self._nonsense(path, f"{_shown(value)} is no saved schema")
        if not isinstance(told, str) or not is_schema_id(told):
            raise self._nonsense(path, f"schema_id is {_shown(told)}, not sch_…")
        if schema_id is not None and told != schema_id:
            raise self._nonsense(path, f"it is about {told}")
        if not isinstance(content, dict):
            raise self._nonsense(path, f"schema_json is {_shown(content)}, not an object")
        if not _is_version(version):
            raise self._nonsense(path, f"version is {_shown(version)}, not a number from 1")
        if not isinstance(name, str) or not isinstance(archived, bool):
            raise self._nonsense(path, f"name is {_shown(name)} and archived {_shown(archived)}")
        contents = {**_earlier(members.get("version_history"), version), version: content}
        return SavedSchema(schema_id=told, name=name, version=version, archived=archived, contents=contents)

    def _nonsense(self, path: str, what: str) -> UnusableAnswer:
        return UnusableAnswer(f"the answer cannot be used: {what}", where=self._where(path), remedy=_CHECK_URL)

    def _where(self, path: str) -> str:
        return jsontext.clip(self._client.base_url + path, 200)


def _path(schema_id: str) -> str:
    """Return the path of one saved schema.

    Raises:
        InvalidTarget: It is no id, and might lead elsewhere.
    """
    if not is_schema_id(schema_id):
        raise InvalidTarget(
            f"{jsontext.clip(schema_id)!r} is no id of a saved schema", remedy="give one like sch_k8Hx9mP2nQ4v"
        )
    return f"{SAVED_SCHEMAS_PATH}/{schema_id}"


def _earlier(history: Any, current: int) -> dict[int, dict[str, Any]]:
    """Return the schemas of earlier versions as far as a ``version_history`` holds them.

    What an item looks like is not documented, so anything else is passed by; a version told twice is told by none.
    """
    found: dict[int, dict[str, Any]] = {}
    twice: set[int] = set()
    for item in history if isinstance(history, list) else ():
        version, content = (item.get("version"), item.get("schema_json")) if isinstance(item, dict) else (None, None)
        if _is_version(version) and version < current and isinstance(content, dict):
            if version in found:
                twice.add(version)
            found[version] = content
    return {version: content for version, content in found.items() if version not in twice}


def _is_version(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MAX_VERSION


def _detail(response: Response) -> str:
    """Return what a refusal says for itself, as upstream words it: ``{"detail": …}``."""
    try:
        answer = jsontext.parse(response.body)
    except InvalidJSON:
        return ""
    detail = answer.get("detail") if isinstance(answer, dict) else None
    if not detail:
        return ""
    return f": {jsontext.clip(detail if isinstance(detail, str) else jsontext.dumps(detail, indent=None), 160)}"


def _shown(value: jsontext.JsonValue) -> str:
    return jsontext.clip(jsontext.dumps(value, indent=None), 40)
