"""How fast the contract run is, beside a bare httpx loop in the same run: `python bench/fuzz.py`."""

from __future__ import annotations

import time

import httpx

from pageschema.contract import KEY_PLACEHOLDER, Contract
from pageschema.emulator import FAULTS, Emulator
from pageschema.fuzzing import fuzz
from pageschema.strategies import minimal_draft

REQUESTS = 500
RESOURCES = {"file_url": "https://files.example.com/invoice.pdf"}


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


def main() -> None:
    contract = Contract.load()
    with Emulator() as emulator:
        bare = bare_loop(emulator)
        started = time.perf_counter()
        result = fuzz(contract, emulator.base_url, api_key=emulator.api_key, max_requests=REQUESTS, resources=RESOURCES)
        ours = result.requests / (time.perf_counter() - started)
    print("bare httpx loop, one fixed request followed to its result   x1.00")
    print(f"contract run, {result.requests} requests, {result.accepted} accepted          x{ours / bare:.2f}")
    print(f"false alarms on the honest emulator                         {len(result.failures)}")
    found = 0
    for fault in FAULTS:
        with Emulator(faults=[fault.name]) as emulator:
            result = fuzz(
                contract,
                emulator.base_url,
                api_key=emulator.api_key,
                max_requests=150,
                resources=RESOURCES,
                patience=0.3,
            )
        want = {(trip.check, trip.clause) for trip in fault.trips}
        found += want <= {(failure.check, failure.clause) for failure in result.failures}
    print(f"faults found in 150 requests each                           {found} of {len(FAULTS)}")


if __name__ == "__main__":
    main()
