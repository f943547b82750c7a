"""An emulator of Datalab's extract API: a server to try clients, tests and the fuzzer on, with faults to be found.

It is written apart from the contract and shares no code with it, so that the one can be tried on the other.
"""

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.faults import FAULTS, find_fault
from pageschema.emulator.options import Options
from pageschema.emulator.server import EMULATOR_KEY, Emulator, create_app, serve, served

__all__ = [
    "EMULATOR_KEY",
    "FAULTS",
    "Emulator",
    "Fault",
    "Options",
    "Trip",
    "create_app",
    "find_fault",
    "serve",
    "served",
]
