"""The one place that sends HTTP: to one origin, no redirects, within a deadline and a cap, the key kept to itself."""

from pageschema.client.address import canonical_url, is_loopback
from pageschema.client.key import KEY_VARIABLE
from pageschema.client.pace import OutOfTime, parse_rate
from pageschema.client.saved import SAVED_SCHEMAS_PATH, SavedSchema, SavedSchemas, is_schema_id
from pageschema.client.sending import BROKEN, BUSY, ExtractClient, json_body, retry_after

__all__ = [
    "BROKEN",
    "BUSY",
    "KEY_VARIABLE",
    "SAVED_SCHEMAS_PATH",
    "ExtractClient",
    "OutOfTime",
    "SavedSchema",
    "SavedSchemas",
    "canonical_url",
    "is_loopback",
    "is_schema_id",
    "json_body",
    "parse_rate",
    "retry_after",
]
