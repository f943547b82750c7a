"""Every check, in the order in which failures are told: the gravest first."""

from pageschema.fuzzing.check import Check
from pageschema.fuzzing.checks import (
    broken_accepted,
    endless_poll,
    foreign_check_url,
    internals_leaked,
    key_echoed,
    no_answer,
    nonconforming_extraction,
    request_id_reused,
    server_error,
    undocumented_response,
    unknown_id_answered,
    valid_refused,
)

CHECKS: tuple[Check, ...] = (
    server_error.CHECK,
    no_answer.CHECK,
    undocumented_response.CHECK,
    valid_refused.CHECK,
    broken_accepted.CHECK,
    nonconforming_extraction.CHECK,
    endless_poll.CHECK,
    request_id_reused.CHECK,
    unknown_id_answered.CHECK,
    foreign_check_url.CHECK,
    key_echoed.CHECK,
    internals_leaked.CHECK,
)
