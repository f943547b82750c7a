"""Things that a request can name: made at the target, through its own endpoints, where it has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pageschema import jsontext
from pageschema.client import SAVED_SCHEMAS_PATH, ExtractClient, json_body
from pageschema.contract import KEY_PLACEHOLDER, RESOURCES, Draft, Request
from pageschema.errors import InvalidConfiguration
from pageschema.strategies import minimal_draft


def validate(resources: Mapping[str, str]) -> dict[str, str]:
    """Return *resources* as they are.

    Raises:
        InvalidConfiguration: A name is none that a request can have, a value empty, or a version no number.
    """
    for name, value in resources.items():
        if name not in RESOURCES:
            raise InvalidConfiguration(
                f"{jsontext.clip(name)!r} is no resource", remedy=f"name one of {', '.join(RESOURCES)}"
            )
        if not value or (name == "schema_version" and not (value.isascii() and value.isdecimal())):
            raise InvalidConfiguration(
                f"{jsontext.clip(value)!r} is no {name}",
                remedy="give it as the target knows it, such as schema_version=1",
            )
    return dict(resources)


def save_schema(client: ExtractClient, schema: Mapping[str, Any]) -> dict[str, str]:
    """Save *schema* at the target and return its ``schema_id`` and ``schema_version``; nothing where it saves none.

    Source: DD/docs/recipes/structured-extraction/saved-schemas.
    """
    body = jsontext.dumps({"name": "pageschema-contract-run", "schema_json": schema}, indent=None).encode()
    headers = (("X-API-Key", KEY_PLACEHOLDER), ("Content-Type", "application/json"))
    exchange = client.send(Request(method="POST", path=SAVED_SCHEMAS_PATH, headers=headers, body=body))
    saved = json_body(exchange)
    if exchange.response is None or exchange.response.status not in {200, 201} or not isinstance(saved, dict):
        return {}
    schema_id, version = saved.get("schema_id"), saved.get("version", 1)
    if not isinstance(schema_id, str) or not schema_id or not isinstance(version, int) or isinstance(version, bool):
        return {}
    return {"schema_id": schema_id, "schema_version": str(version)}


def checkpoint_draft() -> Draft:
    """Return the request whose result holds a ``checkpoint_id``."""
    minimal = minimal_draft()
    return replace(minimal, fields={**minimal.fields, "save_checkpoint": True})


def checkpoint(result: Any) -> dict[str, str]:
    """Return the ``checkpoint_id`` of a result that was asked to save one; nothing where it did not."""
    found = result.get("checkpoint_id") if isinstance(result, dict) else None
    return {"checkpoint_id": found} if isinstance(found, str) and found else {}
