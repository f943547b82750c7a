"""The contract of the extract endpoint: its OpenAPI document, the overlay of clauses, and the oracle over both."""

from pageschema.contract.clause import Clause, Strength, apply_patch
from pageschema.contract.exchange import (
    EXTRACT_PATH,
    KEY_PLACEHOLDER,
    Draft,
    Exchange,
    Part,
    Request,
    Response,
    multipart,
)
from pageschema.contract.oracle import RESOURCES, Answer, Contract, Ruling

__all__ = [
    "EXTRACT_PATH",
    "KEY_PLACEHOLDER",
    "RESOURCES",
    "Answer",
    "Clause",
    "Contract",
    "Draft",
    "Exchange",
    "Part",
    "Request",
    "Response",
    "Ruling",
    "Strength",
    "apply_patch",
    "multipart",
]
