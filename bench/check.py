"""What an audit costs, beside parsing alone and beside peers: `python bench/check.py [--records 200000]`.

All of it is CPU time within one run, as multiples of `orjson.loads` on the same lines: interleaved, the least of some
rounds. Peers that are not installed are left out. Records are of about 1 kB, with the API's own keys beside fields.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pageschema.audit import audit_extractions, check_range, plan_ranges
from pageschema.conformance import conformance_schema

ROUNDS = 3
SLOW_SAMPLE = 1_000


def text(about: str, **more: Any) -> dict[str, Any]:
    return {"type": "string", "description": about, **more}


PARTY = {
    "type": "object",
    "properties": {
        "name": text("Name."),
        "street": text("Street."),
        "city": text("City."),
        "postcode": text("Post code.", pattern="^[0-9A-Z -]{3,10}$"),
        "country": text("Country.", enum=["DE", "FR", "NL", "GB", "US"]),
        "vat_id": text("VAT id.", pattern="^[A-Z]{2}[0-9]{8,12}$"),
    },
    "required": ["name"],
}
ITEM = {
    "type": "object",
    "properties": {
        "description": text("What."),
        "quantity": {"type": "number", "exclusiveMinimum": 0},
        "unit_price": {"type": "number"},
        "amount": {"type": "number"},
    },
    "required": ["description", "amount"],
}
SCHEMA = {
    "type": "object",
    "properties": {
        "number": text("Number.", minLength=1, maxLength=40),
        "issued": text("Issued.", format="date"),
        "due": text("Due.", format="date"),
        "scanned": text("Scanned.", format="date-time"),
        "currency": text("Currency.", enum=["EUR", "USD", "GBP", "other"]),
        "seller": PARTY,
        "buyer": PARTY,
        "items": {"type": "array", "items": ITEM, "maxItems": 200},
        "subtotal": {"type": "number"},
        "tax": {"type": "number", "minimum": 0},
        "total": {"type": "number", "minimum": 0},
        "payment": {
            "type": "object",
            "properties": {
                "iban": text("IBAN.", pattern="^[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}$"),
                "terms": text("Terms."),
                "days": {"type": "integer", "minimum": 0},
            },
        },
        "note": text("Note."),
    },
    "required": ["number", "issued", "total", "items"],
}
FAULTS: list[Callable[[dict[str, Any]], Any]] = [
    lambda each: each.update(total="12,50"),
    lambda each: each.pop("number"),
    lambda each: each.update(issued="24.11.2026"),
    lambda each: each.update(currency="Euro"),
    lambda each: each["seller"].update(postcode="?"),
    lambda each: each["items"][0].update(amount="1"),
    lambda each: each["payment"].update(days=1.5),
    lambda each: each.update(tax=-1),
    lambda each: each.update(items=None),
    lambda each: each["buyer"].update(country="Germany"),
    lambda each: each.update(scanned="yesterday"),
    lambda each: each["items"][0].update(quantity=0),
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--records", type=int, default=200_000)
    records = parser.parse_args().records
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        some, all_ = folder / "some.jsonl", folder / "all.jsonl"
        write(some, records, 0.01)
        write(all_, records, 1.0)
        base = compare(some, records)
        print("every record broken")
        compare(all_, records, peers=False)
        slow(some, base)
        scaling(folder, some, records)


def compare(path: Path, records: int, *, peers: bool = True) -> float:
    lines = path.read_bytes().splitlines(keepends=True)
    cases = {"orjson.loads": parsing("orjson.loads", lines), "pageschema audit": lambda: audit(path)}
    if peers:
        cases |= {
            "msgspec decode": parsing("msgspec.json.decode", lines),
            "json.loads": parsing("json.loads", lines),
            "pydantic_core from_json": parsing("pydantic_core.from_json", lines),
            "msgspec + is_valid, no report": validating(lines),
        }
    there = {name: case for name, case in cases.items() if case is not None}
    times: dict[str, list[float]] = {name: [] for name in there}
    for _ in range(ROUNDS):
        for name, case in there.items():
            started = time.process_time()
            case()
            times[name].append(time.process_time() - started)
    base = min(times["orjson.loads"])
    for name, seconds in times.items():
        print(f"  {name:32} x{min(seconds) / base:6.2f}   {min(seconds) / records * 1e6:6.2f} us a record")
    return base / records


def audit(path: Path) -> None:
    report = audit_extractions([path], SCHEMA, workers=0)
    assert report.complete


def parsing(name: str, lines: list[bytes]) -> Callable[[], None] | None:
    module, _, function = name.rpartition(".")
    try:
        loads = getattr(importlib.import_module(module), function)
    except ImportError:
        return None

    def run() -> None:
        for line in lines:
            loads(line)

    return run


def validating(lines: list[bytes]) -> Callable[[], None]:
    import jsonschema_rs
    import msgspec

    is_valid = jsonschema_rs.validator_for(conformance_schema(SCHEMA), validate_formats=True, offline=True).is_valid
    decode = msgspec.json.Decoder().decode

    def run() -> None:
        for line in lines:
            is_valid(decode(line))

    return run


def slow(path: Path, base: float) -> None:
    """Compare with a loop of jsonschema on a part of the records."""
    import jsonschema

    validator = jsonschema.Draft202012Validator(
        conformance_schema(SCHEMA), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    with path.open("rb") as file:
        lines = [next(file) for _ in range(SLOW_SAMPLE)]
    started = time.process_time()
    for line in lines:
        list(validator.iter_errors(json.loads(line)))
    theirs = (time.process_time() - started) / SLOW_SAMPLE
    [*units] = plan_ranges([str(path)])
    started = time.process_time()
    records = sum(check_range(unit, SCHEMA).records for unit in units[:2])
    ours = (time.process_time() - started) / records
    print(f"  a loop of jsonschema             x{theirs / base:6.0f}   an audit is {theirs / ours:.0f} times as fast")


def scaling(folder: Path, some: Path, records: int) -> None:
    """Compare processes by wall time, and the memory of few records with that of many."""
    ten = folder / "ten.jsonl"
    with ten.open("wb") as file:
        for _ in range(10 if records <= 20_000 else 3):
            file.write(some.read_bytes())
    runs = {workers: [run(ten, workers) for _ in range(3)] for workers in (1, 2)}
    wall, cpu = ([min(each[part] for each in runs[workers]) for workers in (1, 2)] for part in (0, 3))
    print(f"  two processes instead of one     x{wall[0] / wall[1]:6.2f}   with x{cpu[1] / cpu[0]:.2f} the CPU time")
    few, many = run(some, 1, count=0.1), run(ten, 1)
    print(f"  memory, MiB: {few[1]:.0f} + {few[2]:.0f} a worker; of many more records {many[1]:.0f} + {many[2]:.0f}")


def run(path: Path, workers: int, count: float = 1.0) -> tuple[float, float, float, float]:
    """Return wall seconds, the peaks of a process and its worker in MiB, and CPU seconds of an audit there."""
    if count < 1:
        part = path.with_name("part.jsonl")
        data = path.read_bytes()
        part.write_bytes(data[: data.rfind(b"\n", 0, int(len(data) * count)) + 1])
        path = part
    code = (
        "import json, pathlib, resource, sys, time\n"
        "from pageschema.audit import audit_extractions\n"
        "started = time.perf_counter()\n"
        f"audit_extractions([{str(path)!r}], json.loads(sys.stdin.read()), workers={workers})\n"
        "wall = time.perf_counter() - started\n"
        "status = dict(line.split(':', 1) for line in pathlib.Path('/proc/self/status').read_text().splitlines())\n"
        "child = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "cpu = time.process_time() + child.ru_utime + child.ru_stime\n"
        "print(json.dumps([wall, int(status['VmHWM'].split()[0]) / 1024, child.ru_maxrss / 1024, cpu]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(SCHEMA),
        capture_output=True,
        text=True,
        check=True,
        env=os.environ,
    )
    wall, own, worker, cpu = json.loads(done.stdout)
    return wall, own, worker, cpu


def write(path: Path, records: int, broken: float) -> None:
    rng = random.Random(0)
    with path.open("w", encoding="utf-8") as file:
        for _ in range(records):
            each = record(rng)
            if rng.random() < broken:
                rng.choice(FAULTS)(each)
            file.write(json.dumps(each) + "\n")


def record(rng: random.Random) -> dict[str, Any]:
    items = [
        {
            "description": rng.choice(["Bolts M6", "Nuts", "Washers, 100 pcs"]),
            "quantity": rng.randrange(1, 50),
            "unit_price": round(rng.random() * 20, 2),
            "amount": round(rng.random() * 500, 2),
            "amount_citations": [f"/page/0/Table/{rng.randrange(9)}"],
        }
        for _ in range(rng.randrange(1, 3))
    ]
    total = round(rng.random() * 2000, 2)
    return {
        "number": f"R-{rng.randrange(10**6)}",
        "number_citations": ["/page/0/Text/3"],
        "number_score": {"score": rng.randrange(1, 6), "reasoning": "as printed"},
        "issued": f"2026-0{rng.randrange(1, 10)}-1{rng.randrange(10)}",
        "due": "2026-11-24",
        "scanned": "2026-11-24T10:11:12Z",
        "currency": "EUR",
        "seller": party(rng),
        "buyer": party(rng),
        "items": items,
        "subtotal": total,
        "tax": round(total * 0.19, 2),
        "total": total,
        "total_citations": ["/page/0/Text/9", "/page/0/Table/1"],
        "total_score": {"score": 5, "reasoning": "clear"},
        "payment": {
            "iban": f"DE{rng.randrange(10, 99)}{rng.randrange(10**17, 10**18)}",
            "terms": "30 days",
            "days": 30,
        },
        "note": None,
    }


def party(rng: random.Random) -> dict[str, Any]:
    return {
        "name": f"{rng.choice(['Müller & Söhne', 'Acme Ltd', 'Bolt BV', 'Vis'])} {rng.randrange(1000)}",
        "street": f"Road {rng.randrange(200)}",
        "city": rng.choice(["Berlin", "Paris", "Delft"]),
        "postcode": str(rng.randrange(10_000, 99_999)),
        "country": rng.choice(["DE", "FR", "NL"]),
        "vat_id": f"DE{rng.randrange(10**8, 10**9)}",
    }


if __name__ == "__main__":
    main()
