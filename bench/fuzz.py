"""The contract run beside a bare httpx loop, and beside Schemathesis if it is there: `python bench/fuzz.py [FAULTS]`.

FAULTS is how many of the emulator's faults Schemathesis is tried on, spread over all; fuzz_rival.py says where
it is looked for.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

import fuzz_rival
import httpx

from pageschema.contract import KEY_PLACEHOLDER, Contract
from pageschema.emulator import FAULTS, Emulator, Fault
from pageschema.fuzzing import FuzzResult, fuzz
from pageschema.strategies import minimal_draft

REQUESTS = 500
RESOURCES = {"file_url": "https://files.example.com/invoice.pdf"}
RIVAL_REQUESTS, RIVAL_SECONDS = 150, 15.0
"""What one run has, ours and Schemathesis's alike: so many submissions, or so many seconds."""


def bare_loop(emulator: Emulator) -> float:
    """Return requests a second of one fixed valid request, each followed to its result."""
    request = minimal_draft().encode()
    headers = {name: value.replace(KEY_PLACEHOLDER, emulator.api_key) for name, value in request.headers}
    started = time.perf_counter()
    with httpx.Client(base_url=emulator.base_url, headers=headers) as client:
        for _ in range(REQUESTS):
            answer = client.post(request.path, content=request.body).json()
            while client.get(f"{request.path}/{answer['request_id']}").json()["status"] == "processing":
                pass
    return REQUESTS / (time.perf_counter() - started)


def contract_run(contract: Contract, faults: Sequence[str], requests: int) -> tuple[FuzzResult, float, float | None]:
    """Return the result of a run, its seconds, and the seconds until its first failure."""
    first: list[float] = []
    with Emulator(faults=faults) as emulator:
        started = time.perf_counter()

        def progress(_sent: int, _of: int, failures: int) -> None:
            if failures and not first:
                first.append(time.perf_counter() - started)

        result = fuzz(
            contract,
            emulator.base_url,
            api_key=emulator.api_key,
            max_requests=requests,
            resources=RESOURCES,
            patience=0.3,
            progress=progress,
        )
        return result, time.perf_counter() - started, first[0] if first else None


def beside_the_loop(contract: Contract) -> None:
    with Emulator() as emulator:
        bare = bare_loop(emulator)
    result, seconds, _ = contract_run(contract, (), REQUESTS)
    print("bare httpx loop, one fixed request followed to its result   x1.00")
    rate = result.requests / seconds / bare
    print(f"contract run, {result.requests} requests, {result.accepted} accepted          x{rate:.2f}")
    print(f"false alarms on the honest emulator                         {len(result.failures)}")


def all_faults(contract: Contract) -> None:
    found = 0
    for fault in FAULTS:
        result, _, _ = contract_run(contract, (fault.name,), RIVAL_REQUESTS)
        want = {(trip.check, trip.clause) for trip in fault.trips}
        found += want <= {(failure.check, failure.clause) for failure in result.failures}
    print(f"faults found in {RIVAL_REQUESTS} requests each                           {found} of {len(FAULTS)}")


def beside_schemathesis(contract: Contract, faults: Sequence[Fault]) -> None:
    if fuzz_rival.command() is None:
        print("Schemathesis: not there, not tried")
        return
    print(f"{RIVAL_REQUESTS} submissions or {RIVAL_SECONDS:g} s a run: honest, then {len(faults)} faults")
    print(f"{'':34}{'alarms':>8}{'found':>8}{'taken':>8}{'a second':>10}{'first, s':>10}")
    result, seconds, _ = contract_run(contract, (), RIVAL_REQUESTS)
    runs = [contract_run(contract, (fault.name,), RIVAL_REQUESTS) for fault in faults]
    firsts = sorted(first for _, _, first in runs if first is not None)
    found = sum(bool(each.failures) for each, _, _ in runs)
    taken = result.accepted / result.requests
    row = (len(result.failures), found, f"{taken:.0%}", f"{result.requests / seconds:.1f}")
    ours = result.requests / seconds
    first = firsts[len(firsts) // 2] if firsts else 0
    print(f"{'contract run':34}{row[0]:>8}{row[1]:>8}{row[2]:>8}{row[3]:>10}{first:>10.2f}")
    for title, overlaid in (("Schemathesis, as published", False), ("Schemathesis, with the overlay", True)):
        limits = {"overlaid": overlaid, "posts": RIVAL_REQUESTS, "seconds": RIVAL_SECONDS}
        honest = fuzz_rival.run(contract, (), **limits)
        others = [fuzz_rival.run(contract, (fault.name,), **limits) for fault in faults]
        # What it says of the honest emulator too is no finding.
        found = sum(bool(each.findings - honest.findings) for each in others)
        rate = honest.posts / honest.seconds
        share = f"{honest.taken / max(1, honest.posts):.0%}"
        print(f"{title:34}{len(honest.findings):>8}{found:>8}{share:>8}{rate:>10.1f}{'':>10}  ours x{ours / rate:.1f}")


def main() -> None:
    contract = Contract.load()
    beside_the_loop(contract)
    sample = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    beside_schemathesis(contract, FAULTS[:: max(1, len(FAULTS) // sample)][:sample])
    if len(sys.argv) < 2:
        all_faults(contract)


if __name__ == "__main__":
    main()
