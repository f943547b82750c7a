"""The one place that sends HTTP: to one origin, no redirects, within a deadline and a cap, the key kept to itself."""

from pageschema.client.address import is_loopback
from pageschema.client.key import KEY_VARIABLE
from pageschema.client.sending import BUSY, ExtractClient, json_body

__all__ = ["BUSY", "KEY_VARIABLE", "ExtractClient", "is_loopback", "json_body"]
