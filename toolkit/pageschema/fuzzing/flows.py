"""What takes more than one request to show: results read again, requests under way together, schemas that change.

Each flow yields stories; a replay tells the same flow again. A flow asks nothing of an endpoint that lacks what it is
about: where no schema can be saved, versions are not judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin, urlsplit

from pageschema import jsontext
from pageschema.client import BUSY, SAVED_SCHEMAS_PATH, ExtractClient, json_body
from pageschema.contract import KEY_PLACEHOLDER, Draft, Exchange, Request
from pageschema.fuzzing.probe import Prober
from pageschema.fuzzing.resources import checkpoint, checkpoint_draft
from pageschema.fuzzing.story import Kind, Outcome, Story
from pageschema.strategies import UPLOADS, minimal_draft

STRANGERS: tuple[Mapping[str, str], ...] = (
    {},
    {"X-API-Key": "wrong-key"},
    {"X-API-Key": f"{KEY_PLACEHOLDER}-and-more"},
)
"""Headers that open no result."""
FIRST_SCHEMA = {"type": "object", "properties": {"merchant": {"type": "string", "description": "Who sold"}}}
SECOND_SCHEMA = {"type": "object", "properties": {"passenger": {"type": "string"}, "seat": {"type": "integer"}}}
UNKNOWN_NAMES: tuple[Mapping[str, Any], ...] = (
    {"schema_id": "sch_neverwas0000"},
    {"checkpoint_id": "chk_that_never_was"},
)
SOME = 8
"""Requests that a replay puts between the first and the last reading of a result."""
DOCUMENT_PAGES = 3
ASKED: tuple[tuple[Mapping[str, Any], int], ...] = (
    ({"page_range": "0-2"}, 3),
    ({"page_range": "0-1"}, 2),
    ({"page_range": "0,2"}, 2),
    ({"page_range": "1"}, 1),
    ({"max_pages": 1}, 1),
    ({"max_pages": 2}, 2),
    ({"page_range": "0-1", "max_pages": 1}, 2),
)
"""Fields of a request with a document of three pages, and how many of them it asks for: page_range overrides max_pages.

Source: DD/docs/recipes/structured-extraction/handling-long-documents.
"""


def other_method(prober: Prober, request: Request) -> Iterator[Story]:
    """Send what a POST would carry by PUT, which no contract lists."""
    exchange = prober.client.send(replace(request, method="PUT"))
    yield _asked(Kind.OTHER_METHOD, exchange, origin=exchange.request)


def after_result(prober: Prober, told: Story) -> Iterator[Story]:
    """Ask for a result that is complete: at its own address, again, and without the right key."""
    if told.outcome is not Outcome.ACCEPTED:
        return
    path = prober.path(told)
    given = _own_path(prober.client, told.answer.get("request_check_url"))
    if given not in {None, path}:
        yield _asked(Kind.CHECK_URL, prober.client.get(str(given)), origin=told.request, earlier=told)
    for _ in range(2):
        yield from read_again(prober, told)
    for headers in STRANGERS:
        exchange = prober.client.send(Request(method="GET", path=path, headers=tuple(headers.items())))
        yield _asked(Kind.WITHOUT_KEY, exchange, origin=told.request, earlier=told)


def read_again(prober: Prober, told: Story) -> Iterator[Story]:
    """Ask once more for a result that is complete."""
    if told.outcome is Outcome.ACCEPTED:
        exchange = prober.client.get(prober.path(told))
        yield _asked(Kind.READ_AGAIN, exchange, origin=told.request, earlier=told)


def send_again(prober: Prober, told: Story) -> Iterator[Story]:
    """Send the same request once more."""
    again = prober.tell(told.submit.request)
    yield replace(again, kind=Kind.SENT_AGAIN, earlier=told)


def together(prober: Prober) -> Iterator[Story]:
    """Have two requests with different schemas under way at once, and read the first one's result last."""
    drafts = [_by(FIRST_SCHEMA, mode="fast"), _by(SECOND_SCHEMA, mode="fast")]
    started = [prober.submit(draft.encode()) for draft in drafts]
    second = prober.follow(started[1])
    first = prober.follow(started[0])
    for story, other in ((first, second), (second, first)):
        yield replace(story, kind=Kind.TOGETHER, earlier=other)


def pages(stories: Sequence[Story]) -> Iterator[Story]:
    """Yield a story for each request for some of the pages, where the endpoint is known to count those it took.

    An endpoint may leave page_count out, or give that of the whole document. One that is right for at least one request
    which asks for fewer pages than there are, and for the whole document, means what we mean. One that says the same
    of every request counts nothing.
    """
    counts = [(story, asked, _page_count(story)) for story, (_, asked) in zip(stories, ASKED, strict=True)]
    whole = counts[0][2] == DOCUMENT_PAGES
    varies = len({count for _, _, count in counts}) > 1
    some = varies and any(count == asked < DOCUMENT_PAGES for _, asked, count in counts)
    for story, asked, count in counts:
        if count is not None and some and (whole or asked == DOCUMENT_PAGES):
            yield replace(story, kind=Kind.PAGES, expected=asked)


def page_drafts() -> tuple[Draft, ...]:
    """Return the requests that `pages` is about, in the order of `ASKED`."""
    minimal = minimal_draft()
    return tuple(
        replace(minimal, fields={**minimal.fields, **fields}, files={"file": UPLOADS[1]}) for fields, _ in ASKED
    )


def unknown_resources(prober: Prober) -> Iterator[Story]:
    """Name what does not exist, at an endpoint that keeps such things: it made one for this run."""
    minimal = minimal_draft()
    for name, unknown in (("schema_id", UNKNOWN_NAMES[0]), ("checkpoint_id", UNKNOWN_NAMES[1])):
        if name not in prober.made:
            continue
        draft = replace(minimal, fields=dict(unknown)) if name == "schema_id" else _by(FIRST_SCHEMA, source=unknown)
        yield replace(prober.tell(draft.encode()), kind=Kind.UNKNOWN_RESOURCE)


def saved_schemas(prober: Prober) -> Iterator[Story]:
    """Save a schema, use it, save a second version, use both, change the second in place, and archive it.

    Source: DD/docs/recipes/structured-extraction/saved-schemas.
    """
    saved = prober.save(FIRST_SCHEMA)
    if not saved:
        return
    schema_id = saved["schema_id"]
    story = _Saved(prober=prober, schema_id=schema_id)
    yield story.read(FIRST_SCHEMA, version=1)
    if not story.change({"schema_json": SECOND_SCHEMA, "create_new_version": True}):
        return
    yield story.read(SECOND_SCHEMA, version=2)
    yield story.use(1, FIRST_SCHEMA, SECOND_SCHEMA)
    yield story.use(None, SECOND_SCHEMA, FIRST_SCHEMA)
    edited = {"type": "object", "properties": {"gate": {"type": "string"}}}
    if story.change({"schema_json": edited}):
        yield story.read(edited, version=2)
        yield story.use(2, edited, SECOND_SCHEMA)
    if story.send("DELETE", None).status in {200, 204}:
        prober.saved.discard(schema_id)
        request = replace(minimal_draft(), fields={"schema_id": schema_id, "mode": "fast"}).encode()
        yield replace(prober.tell(request), kind=Kind.UNKNOWN_RESOURCE)


class _Saved:
    """One saved schema of the run's own."""

    def __init__(self, *, prober: Prober, schema_id: str) -> None:
        self._prober = prober
        self._id = schema_id
        self._path = f"{SAVED_SCHEMAS_PATH}/{schema_id}"
        self._origin = replace(minimal_draft(), fields={"schema_id": schema_id}).encode()

    def send(self, method: str, body: Mapping[str, Any] | None) -> _Answer:
        headers = (("X-API-Key", KEY_PLACEHOLDER), *((("Content-Type", "application/json"),) if body else ()))
        text = jsontext.dumps(body, indent=None).encode() if body else b""
        return _Answer(self._prober.client.send(Request(method=method, path=self._path, headers=headers, body=text)))

    def change(self, body: Mapping[str, Any]) -> bool:
        return self.send("PUT", body).status == 200

    def read(self, schema: Mapping[str, Any], *, version: int) -> Story:
        answer = self.send("GET", None)
        expected = {"schema_json": schema, "version": version}
        return _asked(Kind.SAVED, answer.exchange, origin=self._origin, expected=expected)

    def use(self, version: int | None, schema: Mapping[str, Any], other: Mapping[str, Any]) -> Story:
        named: dict[str, Any] = {"schema_id": self._id} | ({} if version is None else {"schema_version": version})
        request = replace(minimal_draft(), fields=named).encode()
        known = {name: str(value) for name, value in named.items()}
        ruling = self._prober.contract.judge(request, resources=known)
        told = self._prober.tell(request, ruling)
        return replace(told, kind=Kind.VERSION, page_schema=schema, expected=other, origin=self._origin)


class _Answer:
    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange
        self.status = exchange.response.status if exchange.response is not None else 0


def _asked(kind: Kind, exchange: Exchange, **more: Any) -> Story:
    """Return the story of one request that has no result of its own to wait for."""
    response = exchange.response
    if response is None:
        outcome = Outcome.UNANSWERED
    elif response.status in BUSY:
        outcome = Outcome.BUSY
    else:
        outcome = Outcome.REFUSED if 400 <= response.status < 500 else Outcome.STRANGE
    return Story(submit=exchange, kind=kind, outcome=outcome, answer=json_body(exchange), **more)


def _by(schema: Mapping[str, Any], *, source: Mapping[str, Any] | None = None, **fields: Any) -> Draft:
    minimal = minimal_draft()
    files = minimal.files if source is None else {}
    return replace(minimal, fields={**(source or {}), "page_schema": {"json": schema}, **fields}, files=files)


def _own_path(client: ExtractClient, url: Any) -> str | None:
    """Return the path under the base URL that *url* leads to, or None where it leads elsewhere."""
    if not isinstance(url, str) or not client.is_own(url):
        return None
    base, target = urlsplit(client.base_url), urlsplit(urljoin(client.base_url + "/", url))
    path = target.path.removeprefix(base.path) + (f"?{target.query}" if target.query else "")
    return path if path.startswith("/") and path.isascii() and path.isprintable() else None


def _page_count(story: Story) -> int | None:
    count = story.result.get("page_count") if isinstance(story.result, dict) else None
    usable = isinstance(count, int) and not isinstance(count, bool) and story.outcome is Outcome.ACCEPTED
    return count if usable else None


Retelling = Callable[[Prober, Request], Iterator[Story]]


def _after(follow_up: Callable[[Prober, Story], Iterator[Story]]) -> Retelling:
    def retell(prober: Prober, request: Request) -> Iterator[Story]:
        told = prober.tell(request)
        yield told
        yield from follow_up(prober, told)

    return retell


def _read_much_later(prober: Prober, request: Request) -> Iterator[Story]:
    told = prober.tell(request)
    yield from after_result(prober, told)
    for number in range(SOME):
        prober.tell(_by(FIRST_SCHEMA, workflowstepdata_id=number + 1).encode())
    yield from read_again(prober, told)


def _pages_again(prober: Prober, _request: Request) -> Iterator[Story]:
    yield from pages([prober.tell(draft.encode()) for draft in page_drafts()])


def _sent_again(prober: Prober, request: Request) -> Iterator[Story]:
    told = prober.tell(request)
    yield from send_again(prober, told)


def _unknown_again(prober: Prober, _request: Request) -> Iterator[Story]:
    made = prober.save(FIRST_SCHEMA) | checkpoint(prober.tell(checkpoint_draft().encode()).result)
    prober.made = frozenset(made)
    yield from unknown_resources(prober)
    yield from saved_schemas(prober)


RETELLINGS: Mapping[Kind, Retelling] = {
    Kind.OTHER_METHOD: other_method,
    Kind.WITHOUT_KEY: _after(after_result),
    Kind.READ_AGAIN: _read_much_later,
    Kind.CHECK_URL: _after(after_result),
    Kind.SENT_AGAIN: _sent_again,
    Kind.TOGETHER: lambda prober, _: together(prober),
    Kind.PAGES: _pages_again,
    Kind.UNKNOWN_RESOURCE: _unknown_again,
    Kind.SAVED: lambda prober, _: saved_schemas(prober),
    Kind.VERSION: lambda prober, _: saved_schemas(prober),
}
"""How a replay comes to a story of a kind again."""
